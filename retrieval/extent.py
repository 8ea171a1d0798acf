"""The passages a search is made over: all of the corpus, or those of some documents."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float32]
Rows = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Extent:
    """Some passages of a corpus. What a search makes of them are arrays of their number, in their order.

    Of a million passages those of one city are some hundreds: arrays of the million would take longer than the search.

    :param rows: of the passages, ascending, each once
    :param places: (passages of the corpus,) place of the document of each, ascending
    :param lengths: (documents,) how many passages each has
    """

    rows: Rows
    places: Rows
    lengths: Rows

    @property
    def is_whole(self) -> bool:
        """Whether it is all of the corpus."""
        return len(self.rows) == len(self.places)

    @property
    def asked(self) -> Rows | None:
        """What a ranker is told to look at: nothing in particular where it is all of the corpus."""
        return None if self.is_whole else self.rows

    def take(self, scores: Scores) -> Scores:
        """Of (passages of the corpus,) those in here."""
        return scores if self.is_whole else scores[self.rows]

    def spread(self, scores: Scores) -> Scores:
        """Give every passage in here the score of its document, (documents,)."""
        return np.repeat(scores, self.lengths) if self.is_whole else scores[self.places[self.rows]]

    def documents(self) -> Rows:
        """Places of the documents that have a passage in here, ascending."""
        return np.flatnonzero(self.lengths) if self.is_whole else np.unique(self.places[self.rows])

    def positions(self, rows: Rows) -> Rows:
        """Where those of some passages stand that are in here, in the order given."""
        if self.is_whole:
            return rows
        found = np.minimum(np.searchsorted(self.rows, rows), len(self.rows) - 1)
        here: Rows = found[self.rows[found] == rows]
        return here

    def beside(self, scores: Scores) -> Scores:
        """Of (passages of the corpus,): what the passages before and after each one of its document have, added up."""
        return _beside(scores, self.places) if self.is_whole else self._beside_each(scores)

    def _beside_each(self, scores: Scores) -> Scores:
        found = np.zeros(len(self.rows), np.float32)
        for step in (-1, 1):
            near = np.clip(self.rows + step, 0, len(scores) - 1)
            same = (near != self.rows) & (self.places[near] == self.places[self.rows])
            found += np.where(same, scores[near], np.float32(0.0))
        return found


def _beside(scores: Scores, places: Rows) -> Scores:
    firsts = np.flatnonzero(places[1:] != places[:-1]) + 1  # of the documents, but the very first
    found = np.zeros_like(scores)
    found[1:] = scores[:-1]
    found[firsts] = 0.0
    lasts = found[firsts - 1]
    found[:-1] += scores[1:]
    found[firsts - 1] = lasts
    return found
