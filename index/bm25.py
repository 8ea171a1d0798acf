"""Words. The only file that imports bm25s."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import bm25s
import numpy as np
from numpy.typing import NDArray

from index.errors import StoreError
from index.vocabulary import Vocabulary

Postings = tuple[
    NDArray[np.int32], NDArray[np.float32]
]  # the rows a token stands in, and what each gets for it

METHOD = "lucene"  # its idf is never negative: a word of every passage still cannot count against one
K1 = 1.5  # how fast a repeated word stops counting: bm25s's own default; passages rarely repeat a word
B = 0.75  # how far a long passage is discounted: the usual value
# Smaller indexes are read into memory: what happens to a file under a running bot cannot harm its answers then, while a
# mapped file that is cut short kills the process. From here on the memory several processes share counts for more.
_MAPPED_FROM = 64 * 2**20  # bytes
_FEW = (
    16  # a list with fewer tokens in it than one for so many rows is gone through by those, not by all rows
)
_ABSENT = ""  # a vocabulary entry no token equals: bm25s cannot index passages that are all without tokens


class WordIndex:
    """BM25 over token lists, row ``i`` that of passage ``i``. Read-only once built; threads may share it.

    The score of a passage is the sum over the query's tokens of idf · tf / (tf + k1 · (1 − b + b · length / mean
    length)), with idf = ln(1 + (N − df + 0.5) / (df + 0.5)): variant "Lucene (accurate)" of Kamphuis et al. 2020,
    https://cs.uwaterloo.ca/~jimmylin/publications/Kamphuis_etal_ECIR2020_preprint.pdf
    """

    __slots__ = ("_bm25", "rows", "vocabulary")

    def __init__(self, bm25: bm25s.BM25) -> None:
        self._bm25 = bm25
        self.rows = int(bm25.scores["num_docs"])
        counts = np.diff(bm25.scores["indptr"]).astype(np.int64)
        self.vocabulary = Vocabulary(bm25.vocab_dict, counts, self.rows)

    @classmethod
    def build(cls, token_lists: Sequence[Sequence[str]]) -> "WordIndex":
        """Index one list of tokens a passage; empty lists, and no lists, are fine."""
        bm25 = bm25s.BM25(method=METHOD, k1=K1, b=B, backend="numpy")
        lists = [list(tokens) for tokens in token_lists]
        if any(lists):
            bm25.index(lists, show_progress=False)
        else:
            _fill_empty(bm25, len(lists))
        return cls(bm25)

    @classmethod
    def open(cls, folder: Path) -> "WordIndex":
        """Open what :meth:`write` wrote, memory-mapped where it is large.

        :raises StoreError: a file is missing or damaged
        """
        try:
            large = sum(path.stat().st_size for path in folder.glob("*.npy")) >= _MAPPED_FROM
            return cls(bm25s.BM25.load(folder, mmap=large, show_progress=False))
        except (OSError, ValueError, KeyError, TypeError, EOFError):
            raise StoreError(f"读不了词索引 {folder}:缺失或已损坏;请运行 policybot index --rebuild") from None

    def write(self, folder: Path) -> None:
        """Write the index into ``folder``, made where missing.

        :raises StoreError: it cannot be written
        """
        try:
            self._bm25.save(folder, show_progress=False)
        except OSError as error:
            raise StoreError(f"写不了词索引 {folder}:{error.strerror};请检查权限和磁盘空间") from None

    def scores(
        self, lists: Sequence[Sequence[str]], rows: NDArray[np.int64] | None = None
    ) -> NDArray[np.float32]:
        """Score every row for each list of tokens: float32 of shape (lists, rows), 0 where no token of the list stands.

        A token given twice counts twice; one the index does not know counts nothing.

        :param rows: only these, ascending, and those beside them matter
        """
        scored, within = np.zeros((len(lists), self.rows), np.float32), _between(rows)
        for into, tokens in zip(scored, lists, strict=True):
            self._add(tokens, into, within)
        return scored

    def reach(
        self, groups: Sequence[Sequence[tuple[Sequence[str], float]]], rows: NDArray[np.int64] | None = None
    ) -> NDArray[np.float32]:
        """Score every row by the best of each group's lists, each over its ceiling: float32 of shape (groups, rows).

        Only the rows a list has a token in are gone through for it.

        :param groups: lists of tokens with what reaching all of them would score, above 0
        :param rows: only these, ascending, and those beside them matter
        """
        reached = np.zeros((len(groups), self.rows), np.float32)
        own, within = np.zeros(self.rows, np.float32), _between(rows)
        for best, group in zip(reached, groups, strict=True):
            if len(group) == 1:
                self._add(group[0][0], best, within)
                np.divide(best, np.float32(group[0][1]), out=best)
            else:
                for tokens, ceiling in group:
                    _lift(best, own, self._add(tokens, own, within), np.float32(ceiling))
        return reached

    def holding(self, tokens: Sequence[str]) -> NDArray[np.int64]:
        """Return the rows that hold every one of ``tokens``, ascending; all rows where none is given.

        Only the rows of the rarest are looked up among those of the others.
        """
        wanted = set(tokens)
        if not wanted:
            return np.arange(self.rows)
        columns = self._columns(sorted(wanted))
        if len(columns) < len(wanted):
            return np.empty(0, np.int64)
        held, *others = sorted((self._postings(column)[0] for column in columns), key=len)
        for other in others:
            if len(held) * _FEW > len(other):
                held = held[np.isin(held, other, assume_unique=True, kind="table")]
            else:  # each is looked up by itself
                places = np.searchsorted(other, held)
                held = held[other[np.minimum(places, len(other) - 1)] == held]
        return held.astype(np.int64)

    def _add(
        self, tokens: Sequence[str], into: NDArray[np.float32], within: NDArray[np.int32] | None
    ) -> list[Postings]:
        """Add the scores of a list to those of the rows, as bm25s does in an array of its own; return its postings.

        :param within: the rows that matter, half-open; all of them when None
        """
        postings = [self._postings(column) for column in self._columns(tokens)]
        if within is not None:
            ends = [np.searchsorted(holders, within) for holders, _ in postings]
            postings = [(r[a:b], w[a:b]) for (r, w), (a, b) in zip(postings, ends, strict=True)]
        for holders, weights in postings:
            np.add.at(into, holders, weights)
        return postings

    def _columns(self, tokens: Sequence[str]) -> list[int]:
        return self.vocabulary.columns_of([token for token in tokens if token != _ABSENT])

    def _postings(self, column: int) -> Postings:
        """The rows a token stands in, ascending, and what it adds to the score of each."""
        stored = self._bm25.scores
        begin, end = stored["indptr"][column : column + 2]
        return stored["indices"][begin:end], stored["data"][begin:end]

    def weights(self) -> Iterator[tuple[NDArray[np.int64], NDArray[np.float32]]]:
        """Yield, for each row, the columns of its tokens and what each adds to the score of a question that holds it."""
        stored = self._bm25.scores
        columns = np.repeat(np.arange(len(self.vocabulary.counts)), self.vocabulary.counts)
        rows = np.asarray(stored["indices"][: len(columns)])
        order = np.argsort(rows, kind="stable")
        ends = np.searchsorted(rows[order], np.arange(self.rows), side="right")
        weights = np.asarray(stored["data"][: len(columns)])[order]
        yield from zip(np.split(columns[order], ends)[:-1], np.split(weights, ends)[:-1], strict=True)


def _between(rows: NDArray[np.int64] | None) -> NDArray[np.int32] | None:
    """From the row before the first to behind the one after the last: (2,), of the postings' own type, or they are copied."""
    return None if rows is None or not len(rows) else np.array([rows[0] - 1, rows[-1] + 2], np.int32)


def _lift(
    best: NDArray[np.float32], own: NDArray[np.float32], postings: Sequence[Postings], ceiling: np.float32
) -> None:
    """Raise ``best`` to what a list of tokens reaches; its scores are in ``own``, which is 0 everywhere afterwards."""
    if sum(len(holders) for holders, _ in postings) > len(own) // _FEW:
        np.maximum(best, own / ceiling, out=best)
        own[:] = 0.0
        return
    for holders, _ in postings:
        best[holders] = np.maximum(best[holders], own[holders] / ceiling)
    for holders, _ in postings:
        own[holders] = 0.0


def _fill_empty(bm25: bm25s.BM25, rows: int) -> None:
    """Make ``bm25`` an index of ``rows`` passages without a token."""
    bm25.scores = {
        "data": np.zeros(1, np.float32),  # an empty array cannot be memory-mapped
        "indices": np.zeros(1, np.int32),
        "indptr": np.array([0, 0]),
        "num_docs": rows,
    }
    bm25.vocab_dict = {_ABSENT: 0}
    bm25.unique_token_ids_set = {0}
    bm25.nonoccurrence_array = None
