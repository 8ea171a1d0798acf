"""Turns counted for several processes: the same contract over memory, SQLite and a real PostgreSQL."""

import logging
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from time import monotonic

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from bot.limits import TokenBuckets, next_turn
from bot.records.database import open_database, reading, writing
from bot.records.records import open_records
from bot.records.schema import limits
from bot.records.shared_limits import SharedLimits, open_shared_limits
from bot.settings import RecordsSettings
from tests.bot.records.conftest import NOON, Clock

ROOT = Path(__file__).resolve().parents[3]
BACKENDS = ("memory", "sqlite", "postgresql")


def _url(kind: str, request: pytest.FixtureRequest, folder: Path) -> str:
    return request.getfixturevalue("url") if kind == "postgresql" else f"sqlite:///{folder / 'service.db'}"


def _plain(name: str) -> str:
    return name.replace(" ", "-")[:32]


@pytest.fixture(params=BACKENDS)
def limiter(request, tmp_path, clock):
    """A limiter of each kind, on the clock of the test."""
    if request.param == "memory":
        yield TokenBuckets(lambda: (clock() - NOON) / timedelta(seconds=1))
        return
    engine = open_database(_url(request.param, request, tmp_path))
    yield SharedLimits(engine, _plain, clock)
    engine.dispose()


@pytest.fixture(params=BACKENDS[1:])
def shared(request, tmp_path, clock):
    """A limiter over a database."""
    engine = open_database(_url(request.param, request, tmp_path))
    yield SharedLimits(engine, _plain, clock), engine
    engine.dispose()


def taken(limiter, times: int, per_minute: int, caller: str = "甲") -> int:
    return sum(limiter.wait_s(caller, per_minute) == 0 for _ in range(times))


@pytest.mark.parametrize("per_minute", [1, 2, 7, 60, 61])
def test_a_minute_of_turns_at_once(limiter, per_minute):
    """Exactly a minute's turns, each caller for itself; the wait is one turn's part of a minute."""
    assert taken(limiter, per_minute + 3, per_minute) == per_minute
    assert limiter.wait_s("甲", per_minute) == -(-60 // per_minute)
    assert taken(limiter, 2, per_minute, "乙") == min(per_minute, 2)


def test_turns_come_back_evenly(limiter, clock):
    """Two a minute: one after half a minute, both after a whole one, never more."""
    assert taken(limiter, 3, 2) == 2
    clock.move(seconds=29)
    assert limiter.wait_s("甲", 2) == 1
    clock.move(seconds=1)
    assert taken(limiter, 2, 2) == 1
    clock.move(hours=5)
    assert taken(limiter, 3, 2) == 2


@pytest.mark.parametrize("per_minute", [3, 7, 30])
def test_the_wait_named_is_enough(limiter, clock, per_minute):
    """Who waits as long as told gets a turn."""
    while not (wait := limiter.wait_s("甲", per_minute)):
        pass
    clock.move(seconds=wait)
    assert limiter.wait_s("甲", per_minute) == 0


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    pauses=st.lists(st.floats(0, 40), max_size=25),
    per_minute=st.integers(1, 12),
    number=st.uuids(),
)
def test_never_more_than_a_bucket_and_its_refill(tmp_path, pauses, per_minute, number):
    """However calls are spread, no more pass than a minute's turns and what flowed in since."""
    clock = Clock()
    engine = open_database(f"sqlite:///{tmp_path / 'service.db'}")
    limiter, passed = SharedLimits(engine, _plain, clock), 0
    for pause in pauses:
        clock.move(seconds=pause)
        passed += limiter.wait_s(number.hex, per_minute) == 0
    engine.dispose()
    assert passed <= per_minute + (clock() - NOON) / timedelta(minutes=1) * per_minute


def test_threads_of_two_processes_engines(shared, clock):
    """Forty takes at once over two engines get the ten there are."""
    one, engine = shared
    other = open_database(engine.url)
    pair = (one, SharedLimits(other, _plain, clock))
    with ThreadPoolExecutor(8) as threads:
        waits = list(threads.map(lambda number: pair[number % 2].wait_s("甲", 10), range(40)))
    other.dispose()
    assert sum(wait == 0 for wait in waits) == 10


_CHILD = """
import sys
from bot.records.database import open_database
from datetime import datetime
from bot.records.shared_limits import SharedLimits
limiter = SharedLimits(open_database(sys.argv[1]), str, lambda: datetime(2026, 11, 23, 12))
print(sum(limiter.wait_s("a", 20) == 0 for _ in range(20)))
"""


def test_two_processes(shared):
    """Two real processes that take twenty each get twenty between them."""
    _, engine = shared
    url = engine.url.render_as_string(hide_password=False)
    words = [sys.executable, "-c", _CHILD, url]
    running = [subprocess.Popen(words, stdout=subprocess.PIPE, text=True, cwd=ROOT) for _ in range(2)]
    assert sum(int(process.communicate(timeout=60)[0]) for process in running) == 20


@pytest.mark.parametrize("back", [{"seconds": 30}, {"minutes": 90}, {"days": 4000}])
def test_a_clock_set_back(shared, clock, back):
    """It costs a caller two minutes at most, and gives nobody a turn more."""
    limiter, _ = shared
    assert taken(limiter, 3, 2) == 2
    clock.now -= timedelta(**back)
    assert limiter.wait_s("甲", 2) > 0
    clock.move(minutes=2)
    assert 1 <= taken(limiter, 5, 2) <= 2


def test_a_clock_set_forward_and_mended(shared, clock):
    """A jump gives a minute's turns once; when it is mended the caller goes on within a turn's part."""
    limiter, _ = shared
    assert taken(limiter, 9, 4) == 4
    clock.move(days=400)
    assert taken(limiter, 9, 4) == 4
    clock.move(days=-400)
    assert limiter.wait_s("甲", 4) == 15
    clock.move(seconds=15)
    assert taken(limiter, 9, 4) == 1


def test_full_buckets_are_purged(tmp_path, clock):
    """The daily job deletes callers whose turns are all there, and keeps those that wait."""
    records = open_records(RecordsSettings(), tmp_path, 3, clock)
    limiter = SharedLimits(records.engine, records.alias, clock)
    taken(limiter, 1, 2, "telegram ask 42")
    clock.move(seconds=40)
    taken(limiter, 2, 2, "ask address 192.0.2.7")
    assert records.purge(clock())["limits"] == 1
    with reading(records.engine) as connection:
        assert connection.scalars(select(limits.c.caller)).all() == [records.alias("ask address 192.0.2.7")]
    clock.now -= timedelta(days=3)
    assert records.purge(clock())["limits"] == 1
    records.close()


def test_no_address_is_stored(tmp_path, clock):
    """The file holds a keyed hash of the caller, not the address."""
    records = open_records(RecordsSettings(), tmp_path, 3, clock)
    with open_shared_limits(records) as limiter:
        assert limiter is not None
        assert limiter.wait_s("ask address 192.0.2.77", 2) == 0
    records.close()
    stored = b"".join(path.read_bytes() for path in tmp_path.glob("service.db*"))
    assert (records.alias("ask address 192.0.2.77").encode() in stored, b"192.0.2" in stored) == (True, False)


async def test_a_locked_database_refuses_nobody(tmp_path, clock, caplog):
    """Counting goes on in memory, the log says so once, and again when it is over; nobody waits long for the lock."""
    records = open_records(RecordsSettings(), tmp_path, 3, clock)
    timer = [0.0]
    engine = open_database(records.engine.url, wait_s=0.05)
    limiter = SharedLimits(engine, records.alias, clock, lambda: timer[0])
    with caplog.at_level(logging.WARNING), writing(records.engine):
        began = monotonic()
        assert [await next_turn(limiter, "甲", 2) for _ in range(3)] == [0, 0, 30]
        timer[0] = 60.0
        assert limiter.wait_s("甲", 2) == 0
        assert monotonic() - began < 5
    timer[0] = 120.0
    assert limiter.wait_s("甲", 2) == 0
    said = [(record.levelname, record.getMessage()[:8]) for record in caplog.records]
    assert said == [("ERROR", "次数暂时不能和别"), ("WARNING", "次数又和别的进程")]
    engine.dispose()
    records.close()


def test_a_damaged_database_refuses_nobody(tmp_path, clock):
    """As with a locked one."""
    engine = open_database(f"sqlite:///{tmp_path / 'service.db'}")
    limiter = SharedLimits(engine, _plain, clock, lambda: 0.0)
    with writing(engine) as connection:
        limits.drop(connection)
    assert [limiter.wait_s("甲", 2) for _ in range(3)] == [0, 0, 30]
    engine.dispose()


def test_without_records_each_counts_for_itself(records):
    """No records, or a database that cannot be opened: channels count in memory."""
    with open_shared_limits(None) as limiter:
        assert limiter is None
