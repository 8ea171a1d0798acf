"""The same contract over a real PostgreSQL: every test of ``test_records`` that needs nothing but records and a clock."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from inspect import signature
from pathlib import Path

import pytest
from alembic import command
from sqlalchemy import inspect, text

from bot.records.audit import verify_chain
from bot.records.database import REVISION, alembic_config, open_database, writing
from bot.records.records import Records, open_records
from bot.settings import RecordsSettings
from tests.bot.records import test_records as contract
from tests.bot.records.conftest import Clock


@pytest.fixture
def records(url: str, tmp_path: Path, clock: Clock) -> Iterator[Records]:
    """Records in PostgreSQL, remembering three turns."""
    opened = open_records(RecordsSettings(url=url, hot_min_askers=3), tmp_path, 3, clock)
    yield opened
    opened.close()


def _portable(test: Callable[..., None]) -> bool:
    return set(signature(test).parameters) <= {"records", "clock"}


SHARED = {name: test for name, test in vars(contract).items() if name.startswith("test_") and _portable(test)}
globals().update(SHARED)


def test_the_contract_is_shared() -> None:
    """Most of what SQLite is held to, PostgreSQL is held to."""
    assert len(SHARED) >= 5


def test_tables_up_and_down(url: str) -> None:
    """Every migration there and back."""
    engine = open_database(url)
    with engine.connect() as connection:
        assert connection.execute(text("SELECT version_num FROM alembic_version")).scalar() == REVISION
    with writing(engine) as connection:
        command.downgrade(alembic_config(connection), "base")
    with engine.connect() as connection:
        assert set(inspect(connection).get_table_names()) <= {"alembic_version"}
    engine.dispose()
    open_database(url).dispose()


def test_two_processes_share_it(records: Records, url: str, tmp_path: Path, clock: Clock) -> None:
    """Of two workers one handles an update; what one remembers the other goes on with."""
    other = open_records(RecordsSettings(url=url), tmp_path, 3, clock)
    try:
        with ThreadPoolExecutor(8) as threads:
            taken = list(
                threads.map(lambda n: (records, other)[n % 2].is_new("telegram", str(n // 2)), range(40))
            )
        assert sum(taken) == 20
        records.keep_turn("telegram:1:42", "灵活就业有补贴吗")
        assert records.flush()
        assert other.recall("telegram:1:42").questions == ("灵活就业有补贴吗",)
    finally:
        other.close()


def test_the_audit_chain_of_two_writers(records: Records, url: str, tmp_path: Path, clock: Clock) -> None:
    """Entries written at once by two processes make one chain."""
    other = open_records(RecordsSettings(url=url), tmp_path, 3, clock)
    try:
        with ThreadPoolExecutor(8) as threads:
            list(
                threads.map(
                    lambda n: (records, other)[n % 2].audit("甲", "document.add", str(n), {}), range(24)
                )
            )
        assert records.read(verify_chain) is None
        with records.engine.connect() as connection:
            assert connection.execute(text("SELECT count(*) FROM audit")).scalar() == 24
    finally:
        other.close()
