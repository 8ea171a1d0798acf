"""The regions of the corpus, and which of them each document is of."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.types import Document


@dataclass(frozen=True, slots=True)
class Regions:
    """Made once for all questions.

    :param names: in manifest order
    :param codes: (documents,) place in ``names`` of the region of each document, in manifest order
    """

    names: tuple[str, ...]
    codes: NDArray[np.int64]

    @classmethod
    def of(cls, documents: Iterable[Document]) -> "Regions":
        """Take them from documents, in manifest order."""
        own = [document.region for document in documents]
        places = {region: place for place, region in enumerate(dict.fromkeys(own))}
        return cls(tuple(places), np.array([places[region] for region in own], dtype=np.int64))

    def place_of(self, region: str) -> int:
        """The place of a region in ``names``; −1 where no document is of it."""
        return self.names.index(region) if region in self.names else -1
