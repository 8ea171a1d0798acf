"""The rows of a large generation, paged from the database by document."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import ColumnElement, Connection, Engine, Row, Select, Table, bindparam, create_engine, select
from sqlalchemy.exc import DatabaseError

from index.database import DATABASE
from index.errors import StoreError
from index.paged import PagedMapping, PagedRows
from index.schema import clauses, documents, indicators, passages, texts
from index.shapes import (
    CLAUSE_COLUMNS,
    INDICATOR_COLUMNS,
    PASSAGE_COLUMNS,
    clause_of,
    indicator_of,
    passage_of,
)
from index.types import Clause, Indicator, Passage

T = TypeVar("T")
_GONE = "这一代索引的内容已经被清理(又发布过许多次)\uff1b请重新提问\uff0c或重启服务"


def read_text(connection: Connection, version: int) -> str:
    """Return the stored text of a version.

    :raises StoreError: there is no such version any more
    """
    query = (
        select(texts.c.text)
        .join(documents, documents.c.text == texts.c.digest)
        .where(documents.c.id == version)
    )
    found: str | None = connection.execute(query).scalar()
    if found is None:
        raise StoreError(_GONE)
    return found


def _between(table: Table, columns: Sequence[str]) -> Select[Any]:
    """The statement for rows ``first`` to ``last`` of a version; made once, since making it takes longer than running it."""
    chosen: list[ColumnElement[Any]] = [table.c[name] for name in columns]
    return (
        select(table.c.position, *chosen)
        .where(
            table.c.version == bindparam("version"),
            table.c.position >= bindparam("first"),
            table.c.position < bindparam("last"),
        )
        .order_by(table.c.position)
    )


_PASSAGES = _between(passages, PASSAGE_COLUMNS)
_INDICATORS = _between(indicators, INDICATOR_COLUMNS)


def _some(
    connection: Connection, statement: Select[Any], version: int, first: int, last: int
) -> Sequence[Row[Any]]:
    """Return the rows ``first`` to ``last`` of a version, half-open.

    :raises StoreError: one of them is not there any more
    """
    found = connection.execute(statement, {"version": version, "first": first, "last": last}).all()
    if len(found) != last - first:
        raise StoreError(_GONE)
    return found


def clauses_of(connection: Connection, version: int, document: str) -> tuple[Clause, ...]:
    """Return the clauses of a version, in the order of the text."""
    chosen: list[ColumnElement[Any]] = [clauses.c[name] for name in CLAUSE_COLUMNS]
    query = (
        select(clauses.c.position, *chosen).where(clauses.c.version == version).order_by(clauses.c.position)
    )
    return tuple(clause_of(document, *row) for row in connection.execute(query))


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
        self, starts: NDArray[np.int64], statement: Select[Any], make: Callable[..., T]
    ) -> PagedRows[T]:
        def read(place: int, first: int, last: int) -> tuple[T, ...]:
            with self._connected() as connection:
                found = _some(connection, statement, self.versions[place], first, last)
            return tuple(make(self.ids[place], *row) for row in found)

        return PagedRows(starts, read)

    def passages(self, starts: NDArray[np.int64]) -> PagedRows[Passage]:
        """The passages; ``starts`` is the row at which each document begins, and their number."""
        return self._rows(starts, _PASSAGES, passage_of)

    def indicators(self, starts: NDArray[np.int64]) -> PagedRows[Indicator]:
        """The indicators; ``starts`` is the row at which each document begins, and their number."""
        return self._rows(starts, _INDICATORS, indicator_of)

    def texts(self) -> PagedMapping[str]:
        """The stored texts."""

        def read(place: int) -> str:
            with self._connected() as connection:
                return read_text(connection, self.versions[place])

        return PagedMapping(self.ids, read)

    def clauses(self) -> PagedMapping[tuple[Clause, ...]]:
        """The clauses."""

        def read(place: int) -> tuple[Clause, ...]:
            with self._connected() as connection:
                return clauses_of(connection, self.versions[place], self.ids[place])

        return PagedMapping(self.ids, read)
