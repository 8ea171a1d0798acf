"""The rows of a large generation, paged from the database by document."""

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import (
    ColumnElement,
    Connection,
    Engine,
    Integer,
    Row,
    Select,
    Table,
    Text,
    bindparam,
    column,
    create_engine,
    func,
    select,
)
from sqlalchemy.exc import DatabaseError

from index.database import DATABASE
from index.errors import StoreError
from index.paged import ALONE, BLOCK, PagedMapping, PagedNames, PagedRows, Run
from index.schema import clauses, documents, generation_documents, indicators, passages, texts
from index.shapes import (
    CLAUSE_COLUMNS,
    INDICATOR_COLUMNS,
    PASSAGE_COLUMNS,
    clause_of,
    indicator_of,
    passage_of,
)
from index.types import Clause, Head, Indicator, Passage

T = TypeVar("T")
_GONE = "这一代索引的内容已经被清理(又发布过许多次)\uff1b请重新提问\uff0c或重启服务"

# What is wanted, however much: one JSON array, gone through by SQLite. The statements are made once, since making one
# takes longer than running it.
_WANTED = func.json_each(bindparam("wanted")).table_valued(column("key", Integer), column("value"))


def _runs(table: Table, columns: Sequence[str]) -> Select[Any]:
    """The statement for some rows of some versions: wanted are the version, the first row, the one behind the last."""
    version, first, last = (func.json_extract(_WANTED.c.value, f"$[{at}]") for at in range(3))
    chosen: list[ColumnElement[Any]] = [table.c[name] for name in columns]
    within = (table.c.version == version) & (table.c.position >= first) & (table.c.position < last)
    return (
        select(table.c.position, *chosen)
        .select_from(_WANTED.join(table, within))
        .order_by(_WANTED.c.key, table.c.position)
    )


_PASSAGES = _runs(passages, PASSAGE_COLUMNS)
_INDICATORS = _runs(indicators, INDICATOR_COLUMNS)
_CLAUSES = (
    select(_WANTED.c.key, clauses.c.position, *(clauses.c[name] for name in CLAUSE_COLUMNS))
    .select_from(_WANTED.join(clauses, clauses.c.version == _WANTED.c.value))
    .order_by(_WANTED.c.key, clauses.c.position)
)
# one row a document, since thousands of short ones take three times as long
_HEADS = (
    select(
        _WANTED.c.key,
        func.json_group_array(
            func.json_array(clauses.c.position, clauses.c.path, clauses.c.heading), type_=Text
        ).label("heads"),
    )
    .select_from(_WANTED.join(clauses, clauses.c.version == _WANTED.c.value))
    .group_by(_WANTED.c.key)
)
_TEXTS = (
    select(texts.c.text)
    .select_from(
        _WANTED.join(documents, documents.c.id == _WANTED.c.value).join(
            texts, texts.c.digest == documents.c.text
        )
    )
    .order_by(_WANTED.c.key)
)


def _read(connection: Connection, statement: Select[Any], wanted: Sequence[Any]) -> Sequence[Row[Any]]:
    return connection.execute(statement, {"wanted": json.dumps(wanted)}).all()


def texts_of(connection: Connection, versions: Sequence[int]) -> list[str]:
    """Return the stored texts of some versions.

    :raises StoreError: there is no such version any more
    """
    found = [row.text for row in _read(connection, _TEXTS, versions)]
    if len(found) != len(versions):
        raise StoreError(_GONE)
    return found


def _rows_of(
    connection: Connection, statement: Select[Any], runs: Sequence[Run]
) -> Iterator[Sequence[Row[Any]]]:
    """Yield the rows of each run: a version, and its rows from the first to the last, half-open.

    :raises StoreError: one of them is not there any more
    """
    found = _read(connection, statement, runs)
    if len(found) != sum(last - first for _, first, last in runs):
        raise StoreError(_GONE)
    rows = iter(found)
    for _, first, last in runs:
        yield list(islice(rows, last - first))


def clauses_of(
    connection: Connection, versions: Sequence[int], ids: Sequence[str]
) -> list[tuple[Clause, ...]]:
    """Return the clauses of some versions, in the order of the text; ``ids`` are their documents."""
    listed: list[list[Clause]] = [[] for _ in versions]
    for row in _read(connection, _CLAUSES, versions):
        facts: list[Any] = list(row)
        listed[facts[0]].append(clause_of(ids[facts[0]], *facts[1:]))
    return [tuple(found) for found in listed]


def heads_of(connection: Connection, versions: Sequence[int]) -> list[tuple[Head, ...]]:
    """Return the paths and headings of the clauses of some versions, in the order of the text."""
    found = {row.key: sorted(json.loads(row.heads)) for row in _read(connection, _HEADS, versions)}
    return [
        tuple(Head(path, heading) for _, path, heading in found.get(key, ())) for key in range(len(versions))
    ]


def names_of(connection: Connection, generation: int, count: int) -> frozenset[str]:
    """Return the headings of the clauses and the names of the indicators of a generation.

    :param count: of its documents
    :raises StoreError: they are not all there any more
    """
    listed = select(generation_documents.c.version).where(generation_documents.c.generation == generation)
    if len(connection.execute(listed).all()) != count:
        raise StoreError(_GONE)
    columns = ((clauses, clauses.c.heading), (indicators, indicators.c.name))
    found = (select(name).distinct().where(table.c.version.in_(listed)) for table, name in columns)
    return frozenset(name for query in found for (name,) in connection.execute(query))


@dataclass(frozen=True, slots=True)
class Shelf:
    """Where the rows of the documents of a generation stand. Threads may share it.

    :param ids: of the documents, in manifest order
    :param versions: the version of each
    """

    engine: Engine
    ids: Sequence[str]
    versions: Sequence[int]

    @classmethod
    def open(cls, data_dir: Path, ids: Sequence[str], versions: Sequence[int]) -> "Shelf":
        """Open the database for reading; connections are kept, one a thread that reads at the same time."""
        return cls(create_engine(f"sqlite:///{data_dir / DATABASE}"), tuple(ids), tuple(versions))

    @contextmanager
    def _connected(self) -> Iterator[Connection]:
        try:
            with self.engine.connect() as connection:
                yield connection
        except DatabaseError as error:
            raise StoreError(f"数据库读不了\uff1a{error.orig}\uff1b请检查磁盘和权限") from None

    def _rows(
        self, starts: NDArray[np.int64], statement: Select[Any], make: Callable[..., T], block: int
    ) -> PagedRows[T]:
        def read(runs: Sequence[Run]) -> list[tuple[T, ...]]:
            stored = [(self.versions[place], first, last) for place, first, last in runs]
            with self._connected() as connection:
                found = list(_rows_of(connection, statement, stored))
            documents = (self.ids[place] for place, _, _ in runs)
            return [
                tuple(make(document, *row) for row in rows)
                for document, rows in zip(documents, found, strict=True)
            ]

        return PagedRows(starts, read, block)

    def passages(self, starts: NDArray[np.int64]) -> PagedRows[Passage]:
        """The passages; ``starts`` is the row at which each document begins, and their number."""
        return self._rows(starts, _PASSAGES, passage_of, BLOCK)

    def indicators(self, starts: NDArray[np.int64]) -> PagedRows[Indicator]:
        """The indicators; ``starts`` is the row at which each document begins, and their number."""
        return self._rows(starts, _INDICATORS, indicator_of, ALONE)

    def texts(self) -> PagedMapping[str]:
        """The stored texts."""

        def read(places: Sequence[int]) -> list[str]:
            with self._connected() as connection:
                return texts_of(connection, [self.versions[place] for place in places])

        return PagedMapping(self.ids, read)

    def clauses(self) -> PagedMapping[tuple[Clause, ...]]:
        """The clauses."""

        def read(places: Sequence[int]) -> list[tuple[Clause, ...]]:
            versions, ids = [self.versions[place] for place in places], [self.ids[place] for place in places]
            with self._connected() as connection:
                return clauses_of(connection, versions, ids)

        return PagedMapping(self.ids, read)

    def heads(self) -> PagedMapping[tuple[Head, ...]]:
        """The paths and headings of the clauses."""

        def read(places: Sequence[int]) -> list[tuple[Head, ...]]:
            with self._connected() as connection:
                return heads_of(connection, [self.versions[place] for place in places])

        return PagedMapping(self.ids, read)

    def names(self, generation: int) -> PagedNames:
        """The headings of the clauses and the names of the indicators; ``generation`` is its number."""

        def read() -> frozenset[str]:
            with self._connected() as connection:
                return names_of(connection, generation, len(self.ids))

        return PagedNames(read)
