"""Rows of a large generation, read from the database as they are wanted; what was read last stays in memory.

A generation never changes, so neither does a row. Of a million passages some thousand are in memory at a time.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import TypeVar, overload

import numpy as np
from numpy.typing import NDArray

T = TypeVar("T")

BLOCK = (
    8  # rows of one document read at a time: a sentence is looked at with its neighbours, values stand alone
)
BLOCKS = 4_096  # kept of each kind: some 30,000 rows
DOCUMENTS = 256  # whose texts and clauses are kept


class PagedRows(Sequence[T]):
    """Rows of all documents, one document after the other. Threads may share it.

    :param starts: the row at which each document begins, and the number of rows: (documents + 1,), ascending
    :param read: reads rows ``first`` to ``last`` (half-open, counted in the document) of the document at a place
    """

    def __init__(self, starts: NDArray[np.int64], read: Callable[[int, int, int], Sequence[T]]) -> None:
        self._starts, self._read = starts, read
        self._block = lru_cache(BLOCKS)(self._read_block)

    def _read_block(self, place: int, block: int) -> Sequence[T]:
        return self._read(place, block * BLOCK, min((block + 1) * BLOCK, self._count(place)))

    def _count(self, place: int) -> int:
        return int(self._starts[place + 1] - self._starts[place])

    def __len__(self) -> int:
        """How many rows there are."""
        return int(self._starts[-1])

    @overload
    def __getitem__(self, at: int) -> T: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[T]: ...
    def __getitem__(self, at: int | slice) -> T | Sequence[T]:
        """Return a row, or several.

        :raises StoreError: the database cannot be read
        """
        if isinstance(at, slice):
            return [self[row] for row in range(*at.indices(len(self)))]
        row = at + len(self) if at < 0 else at
        if not 0 <= row < len(self):
            raise IndexError(f"row {at} of {len(self)}")
        place = (
            int(np.searchsorted(self._starts, row, side="right")) - 1
        )  # the last of several that begin here
        within = row - int(self._starts[place])
        return self._block(place, within // BLOCK)[within % BLOCK]

    def __iter__(self) -> Iterator[T]:
        """Yield every row, a document at a time, and keep none."""
        for place in range(len(self._starts) - 1):
            yield from self._read(place, 0, self._count(place))


class PagedMapping(Mapping[str, T]):
    """Something of each document by its id, in manifest order. Threads may share it.

    :param ids: of the documents
    :param read: reads what belongs to the document at a place
    """

    def __init__(self, ids: Sequence[str], read: Callable[[int], T]) -> None:
        self._places = {document: place for place, document in enumerate(ids)}
        self._read = lru_cache(DOCUMENTS)(read)

    def __len__(self) -> int:
        """How many documents there are."""
        return len(self._places)

    def __iter__(self) -> Iterator[str]:
        """Yield the ids."""
        return iter(self._places)

    def __contains__(self, document: object) -> bool:
        """Whether there is a document of that id; nothing is read."""
        return document in self._places

    def __getitem__(self, document: str) -> T:
        """Return what belongs to a document.

        :raises StoreError: the database cannot be read
        """
        return self._read(self._places[document])
