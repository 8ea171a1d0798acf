"""Rows of a large generation, read from the database as they are wanted; what was read last stays in memory.

A generation never changes, so neither does a row. Of a million passages some thousand are in memory at a time.
What is known to be wanted is read together (:func:`read_ahead`): a question to the database costs more than its rows.
"""

from bisect import bisect_right
from collections import OrderedDict
from collections.abc import (
    Callable,
    Collection,
    Hashable,
    Iterable,
    Iterator,
    Mapping,
    Sequence,
    ValuesView,
)
from threading import Lock
from typing import Any, Generic, TypeVar, overload

import numpy as np
from numpy.typing import NDArray

T = TypeVar("T")
K = TypeVar("K", bound=Hashable)
Run = tuple[int, int, int]  # place of a document, its rows from the first to the last, half-open

# Rows of one document read at a time: a sentence is looked at with its neighbours, a value by itself
BLOCK, ALONE = 4, 1
BLOCKS = 8_192  # kept of each kind: some 30,000 passages
DOCUMENTS = 256  # whose texts and clauses are kept
AT_ONCE = 64  # documents read at a time by whoever goes through all of them


class _Kept(Generic[K, T]):
    """What was read last, by its key; threads may share it."""

    def __init__(self, most: int, read: Callable[[Sequence[K]], Sequence[T]]) -> None:
        self._most, self._read = most, read
        self._held: OrderedDict[K, T] = OrderedDict()
        self._lock = Lock()

    def one(self, key: K) -> T:
        """Return what belongs to ``key``."""
        with self._lock:
            if key in self._held:
                self._held.move_to_end(key)
                return self._held[key]
        return self.get([key])[0]

    def get(self, keys: Sequence[K]) -> list[T]:
        """Return what belongs to ``keys``; all that is not in memory is read together."""
        with self._lock:
            found = {key: self._held[key] for key in keys if key in self._held}
            for key in found:
                self._held.move_to_end(key)
        missing = [key for key in dict.fromkeys(keys) if key not in found]
        if missing:
            new = dict(zip(missing, self._read(missing), strict=True))
            found |= new
            with self._lock:
                self._held |= new
                while len(self._held) > self._most:
                    self._held.popitem(last=False)
        return [found[key] for key in keys]


class PagedRows(Sequence[T]):
    """Rows of all documents, one document after the other. Threads may share it.

    :param starts: the row at which each document begins, and the number of rows: (documents + 1,), ascending
    :param read: reads the rows of some runs
    :param block: rows of one document read at a time
    """

    def __init__(
        self,
        starts: NDArray[np.int64],
        read: Callable[[Sequence[Run]], Sequence[Sequence[T]]],
        block: int = BLOCK,
    ) -> None:
        # a list: looked up one by one it takes a tenth of the time of an array
        self._starts: list[int] = starts.tolist()
        self._read, self._block = read, block
        self._blocks = _Kept(BLOCKS, self._read_blocks)

    def _read_blocks(self, blocks: Sequence[tuple[int, int]]) -> Sequence[Sequence[T]]:
        return self._read(
            [
                (place, at * self._block, min((at + 1) * self._block, self._count(place)))
                for place, at in blocks
            ]
        )

    def _count(self, place: int) -> int:
        return self._starts[place + 1] - self._starts[place]

    def _at(self, row: int) -> tuple[tuple[int, int], int]:
        """The block a row stands in, and its place there."""
        place = bisect_right(self._starts, row) - 1  # the last of several that begin here
        block, within = divmod(row - self._starts[place], self._block)
        return (place, block), within

    def read_ahead(self, rows: Iterable[int]) -> None:
        """Read rows together, before each is asked for.

        :raises StoreError: the database cannot be read
        """
        self._blocks.get(list(dict.fromkeys(self._at(row)[0] for row in rows)))

    def __len__(self) -> int:
        """How many rows there are."""
        return self._starts[-1]

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
        block, within = self._at(row)
        return self._blocks.one(block)[within]

    def __iter__(self) -> Iterator[T]:
        """Yield every row, a document at a time, and keep none."""
        for place in range(len(self._starts) - 1):
            yield from self._read([(place, 0, self._count(place))])[0]


class PagedNames(Iterable[str]):
    """Names read anew each time they are gone through. Threads may share it.

    :param read: reads all of them
    """

    def __init__(self, read: Callable[[], Collection[str]]) -> None:
        self._read = read

    def __iter__(self) -> Iterator[str]:
        """Yield every name.

        :raises StoreError: the database cannot be read
        """
        return iter(self._read())


class _Passing(ValuesView[T]):
    """The values of a mapping in its order, read as their turn comes, and none kept."""

    def __init__(self, mapping: Mapping[str, T], read: Callable[[Sequence[int]], Sequence[T]]) -> None:
        super().__init__(mapping)
        self._read = read

    def __iter__(self) -> Iterator[T]:
        for at in range(0, len(self), AT_ONCE):
            yield from self._read(range(at, min(at + AT_ONCE, len(self))))


class PagedMapping(Mapping[str, T]):
    """Something of each document by its id, in manifest order. Threads may share it.

    :param ids: of the documents
    :param read: reads what belongs to the documents at some places
    """

    def __init__(self, ids: Sequence[str], read: Callable[[Sequence[int]], Sequence[T]]) -> None:
        self._places = {document: place for place, document in enumerate(ids)}
        self._read, self._held = read, _Kept(DOCUMENTS, read)

    def read_ahead(self, documents: Iterable[str]) -> None:
        """Read what belongs to some documents together, before each is asked for.

        :raises StoreError: the database cannot be read
        """
        self._held.get([self._places[document] for document in documents])

    def __len__(self) -> int:
        """How many documents there are."""
        return len(self._places)

    def __iter__(self) -> Iterator[str]:
        """Yield the ids."""
        return iter(self._places)

    def __contains__(self, document: object) -> bool:
        """Whether there is a document of that id; nothing is read."""
        return document in self._places

    def values(self) -> ValuesView[T]:
        """What belongs to each document, in order; what was read last stays in memory, these do not."""
        return _Passing(self, self._read)

    def __getitem__(self, document: str) -> T:
        """Return what belongs to a document.

        :raises StoreError: the database cannot be read
        """
        return self._held.one(self._places[document])


@overload
def read_ahead(held: Sequence[T], wanted: Iterable[int]) -> None: ...
@overload
def read_ahead(held: Mapping[str, T], wanted: Iterable[str]) -> None: ...
def read_ahead(held: object, wanted: Iterable[Any]) -> None:
    """Read rows, or what belongs to documents, together, where they are paged; what is in memory anyway needs nothing.

    :raises StoreError: the database cannot be read
    """
    if isinstance(held, PagedRows | PagedMapping):
        held.read_ahead(wanted)
