"""Insert a row, or change the one with its key: SQLite and PostgreSQL say it alike, and SQLAlchemy in two places."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Column, ColumnElement, Connection, Table
from sqlalchemy.dialects import postgresql, sqlite


def _insert(connection: Connection, table: Table) -> "postgresql.Insert | sqlite.Insert":
    return postgresql.insert(table) if connection.dialect.name == "postgresql" else sqlite.insert(table)


def _keys(table: Table) -> list[str]:
    return [column.name for column in table.primary_key]


def upsert(connection: Connection, table: Table, row: Mapping[str, Any]) -> None:
    """Write a row over the one with the same primary key, where there is one."""
    keys = _keys(table)
    changes = {name: value for name, value in row.items() if name not in keys}
    statement = _insert(connection, table).values(row)
    connection.execute(statement.on_conflict_do_update(index_elements=keys, set_=changes))


def insert_new(connection: Connection, table: Table, row: Mapping[str, Any]) -> bool:
    """Write a row unless there is one with the same primary key; whether it was written."""
    statement = _insert(connection, table).values(row).on_conflict_do_nothing(index_elements=_keys(table))
    # not by rowcount: of an INSERT PostgreSQL's driver is not asked for it
    return connection.execute(statement.returning(*table.primary_key)).first() is not None


def put_in(
    connection: Connection,
    table: Table,
    row: Mapping[str, Any],
    column: "Column[Any]",
    change: "ColumnElement[Any]",
) -> Any:
    """Write a row, or change one column of the row with its primary key; return what the column has then.

    The row is locked until the transaction ends.
    """
    statement = _insert(connection, table).values(row)
    changed = statement.on_conflict_do_update(index_elements=_keys(table), set_={column.name: change})
    return connection.execute(changed.returning(column)).scalar_one()
