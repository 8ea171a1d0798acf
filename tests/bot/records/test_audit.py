"""The audit log: each row bound to the one before it, none to be changed."""

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from bot.records.audit import FIRST, append, entries, verify_chain
from bot.records.database import open_database, reading, url_of, writing
from bot.records.records import open_records
from bot.settings import RecordsSettings
from index.errors import StoreError

AT = datetime(2026, 11, 23, 12, 0, 0, 1)
ROWS = 5


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory):
    """Five rows, untouched by every test: what one does to them is rolled back."""
    opened = open_database(url_of("", tmp_path_factory.mktemp("audit")))
    with writing(opened) as connection:
        for number in range(ROWS):
            append(connection, AT, "管理员", "document.added", f"文件{number}", {"clauses": number})
    yield opened
    opened.dispose()


def test_a_whole_chain(engine):
    """Every row holds the hash of the one before it."""
    with reading(engine) as connection:
        newest, *_, first = found = entries(connection, 100)
        assert verify_chain(connection) is None
    assert (first.previous, first.subject, first.detail) == (FIRST, "文件0", {"clauses": 0})
    assert [entry.previous for entry in found[:-1]] == [entry.hash for entry in found[1:]]
    assert (newest.id, newest.at) == (ROWS, AT)


@pytest.mark.parametrize(
    "verb", ["UPDATE audit SET actor = '别人' WHERE id = 3", "DELETE FROM audit WHERE id = 3"]
)
def test_the_database_refuses_changes(engine, verb: str):
    """Append-only is the database's own rule."""
    with pytest.raises(StoreError, match="append-only"), writing(engine) as connection:
        connection.execute(text(verb))


TAMPER = st.sampled_from(
    [
        ("UPDATE audit SET actor = '别人' WHERE id = {}", 0),
        ("UPDATE audit SET detail = '{{}}' WHERE id = {}", 0),
        ("UPDATE audit SET at = '2020-01-01 00:00:00.000000' WHERE id = {}", 0),
        ("UPDATE audit SET subject = subject || ' ' WHERE id = {}", 0),
        ("UPDATE audit SET hash = previous WHERE id = {}", 0),
        ("DELETE FROM audit WHERE id = {}", 1),
    ]
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(TAMPER, st.integers(1, ROWS - 1))
def test_the_chain_breaks_where_it_was_touched(engine, tamper: tuple[str, int], row: int):
    """With the triggers taken away, as someone with the file could: the row is named, or the one after a gap."""
    statement, later = tamper
    with engine.connect() as connection:
        for verb in ("update", "delete"):
            connection.execute(text(f"DROP TRIGGER audit_no_{verb}"))
        connection.execute(text(statement.format(row)))
        broken = verify_chain(connection)
        connection.rollback()
    assert broken is not None
    assert broken.id == row + later


def test_writers_at_once_make_one_chain(tmp_path: Path):
    """Two engines, as two processes have, and several threads."""
    engines = [open_database(url_of("", tmp_path)) for _ in range(2)]

    def add(number: int) -> None:
        with writing(engines[number % 2]) as connection:
            append(connection, AT, "管理员", "test", str(number), {})

    with ThreadPoolExecutor(8) as threads:
        list(threads.map(add, range(40)))
    with reading(engines[0]) as connection:
        assert verify_chain(connection) is None
        assert sorted(int(entry.subject) for entry in entries(connection, 100)) == list(range(40))
    for engine in engines:
        engine.dispose()


def test_personal_data_does_not_reach_the_log(tmp_path):
    """File names and reasons are masked; ids of our own stay."""
    records = open_records(RecordsSettings(), tmp_path, 5)
    detail = {"reason": "张三 13912345678 投诉", "said": ["zhang@qq.com"], "token": "0123456789abcdef"}
    records.audit("管理员", "document.add", "通知13912345678.docx", detail)
    (row,) = records.read(lambda c: list(c.exec_driver_sql("SELECT subject, detail FROM audit")))
    records.close()
    assert row.subject == "通知[手机号].docx"
    assert json.loads(row.detail) == {
        "reason": "张三 [手机号] 投诉",
        "said": ["[邮箱]"],
        "token": "0123456789abcdef",
    }
