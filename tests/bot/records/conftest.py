"""Records over a real SQLite file, with a clock that stands still until it is moved."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot.records.records import Records, open_records
from bot.settings import RecordsSettings
from tests.bot.records.postgresql import server, url

__all__ = ["server", "url"]  # fixtures

NOON = datetime(2026, 11, 23, 12)


@dataclass
class Clock:
    """A clock a test moves."""

    now: datetime = field(default=NOON)

    def __call__(self) -> datetime:
        return self.now

    def move(self, **by: float) -> None:
        self.now += timedelta(**by)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def records(tmp_path: Path, clock: Clock) -> Iterator[Records]:
    """Records in ``tmp_path``, remembering three turns."""
    opened = open_records(RecordsSettings(hot_min_askers=3), tmp_path, 3, clock)
    yield opened
    opened.close()
