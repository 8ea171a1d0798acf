"""Writing off the answer's path: in order, in spite of a locked file, past a row that cannot be written."""

import logging
import sqlite3
from pathlib import Path
from threading import Event

import pytest
from sqlalchemy import Connection, text

import bot.records.writer
from bot.records.database import DATABASE, open_database, reading, url_of
from bot.records.writer import Writer


@pytest.fixture
def engine(tmp_path: Path):
    opened = open_database(url_of("", tmp_path))
    yield opened
    opened.dispose()


def handled(engine) -> list[str]:
    with reading(engine) as connection:
        return list(connection.scalars(text("SELECT id FROM handled ORDER BY rowid")))


def noting(name: object):
    statement = text("INSERT INTO handled VALUES ('test', :id, '2026-11-23')")
    return lambda connection: connection.execute(statement, {"id": name})


def nothing() -> None:
    """No chore."""


def test_what_is_put_is_written_in_order(engine):
    """And closing waits for it."""
    writer = Writer(engine, 1000, nothing)
    for number in range(500):
        writer.put(noting(str(number)))
    writer.close()
    assert handled(engine) == [str(number) for number in range(500)]


def test_a_row_that_cannot_be_written_is_left_out_alone(engine, caplog):
    """Those around it are there, once each."""
    writer = Writer(engine, 100, nothing)
    for name in ("a", "a", "b", object(), "c"):
        writer.put(noting(name))
    assert writer.flush()
    writer.close()
    assert handled(engine) == ["a", "b", "c"]
    assert [record.getMessage() for record in caplog.records] == ["一条运行记录写不进去,已跳过"] * 2


def test_a_locked_database_is_waited_for(engine, tmp_path: Path, monkeypatch, caplog):
    """Said once, written when the lock is gone, said again."""
    monkeypatch.setattr(bot.records.writer, "_RETRY_S", 0.01)
    caplog.set_level(logging.WARNING)
    other = sqlite3.connect(tmp_path / DATABASE, isolation_level=None)
    tried = Event()

    def note_and_try(connection: Connection) -> None:
        tried.set()
        noting("a")(connection)

    with engine.connect() as connection:  # a lock is not worth waiting five seconds for here
        connection.exec_driver_sql("PRAGMA busy_timeout=1")
    other.execute("BEGIN IMMEDIATE")
    writer = Writer(engine, 100, nothing)
    writer.put(note_and_try)
    assert not writer.flush(0.3)
    assert not tried.is_set()
    other.execute("ROLLBACK")
    assert writer.flush()
    writer.close()
    assert handled(engine) == ["a"]
    said = [record.getMessage() for record in caplog.records]
    assert said == [
        "运行记录写不进去,稍后再试;回答不受影响:database is locked",
        "运行记录恢复了;有 0 条没有记下",
    ]


def test_a_full_queue_drops_what_is_new(engine, caplog):
    """Nobody waits, and the log says how many were lost."""
    caplog.set_level(logging.WARNING)
    held, go = Event(), Event()

    def hold(_: Connection) -> None:
        held.set()
        go.wait(10)

    writer = Writer(engine, 2, nothing)
    writer.put(hold)
    assert held.wait(10)
    for name in "abcd":
        writer.put(noting(name))
    go.set()
    assert writer.flush()
    writer.close()
    assert handled(engine) == ["a", "b"]
    assert [record.getMessage() for record in caplog.records] == [
        "运行记录来不及写,新的先不记;回答不受影响",
        "运行记录恢复了;有 2 条没有记下",
    ]


def test_the_chore_is_done_at_the_start(engine):
    """Once, then once a day."""
    done = []
    writer = Writer(engine, 10, lambda: done.append("purged"))
    writer.put(noting("a"))
    assert writer.flush()
    writer.close()
    assert done == ["purged"]
