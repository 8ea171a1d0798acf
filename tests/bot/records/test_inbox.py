"""Updates in hand, over a real database: taken once, left to nobody who lives, and gone when done."""

from pathlib import Path

import pytest
from sqlalchemy import select

from bot.records.inbox import TRIES, Inbox, Left, Taken
from bot.records.records import Records, open_records
from bot.records.schema import inbox
from bot.settings import RecordsSettings
from tests.bot.records.conftest import Clock


def taken(number: int, asker: str = "telegram:7") -> Taken:
    return Taken(number, asker, {"words": f"第{number}问"})


def left(number: int) -> Left:
    return Left(number, {"words": f"第{number}问"})


def numbers(records: Records) -> list[int]:
    with records.engine.connect() as connection:
        return list(connection.scalars(select(inbox.c.number).order_by(inbox.c.number)))


def test_taken_once_and_crossed_off(records: Records):
    """Also by another process; what is answered is known and not in hand any more."""
    one, other = Inbox(records, "telegram"), Inbox(records, "telegram")
    assert one.write([taken(1), taken(2)], []) == frozenset()
    assert other.write([taken(2), taken(3)], [1]) == {2}
    assert one.write([taken(1)], []) == {1}
    assert numbers(records) == [2, 3]


def test_the_others_are_left_alone_while_they_live(records: Records, clock: Clock):
    """As long as they say so; then whoever asks first has what they left, in order."""
    one, other, third = (Inbox(records, "telegram") for _ in range(3))
    one.write([taken(10), taken(9)], [])
    assert other.claim() == ((), True)
    clock.move(seconds=8)
    assert one.claim() == ((), False)
    clock.move(seconds=8)
    assert other.claim() == ((), True)
    clock.move(seconds=3)
    assert other.claim() == ((left(9), left(10)), False)
    assert third.claim() == ((), True)
    other.write([], [9, 10])
    assert third.claim() == ((), False)


def test_a_clock_set_back_keeps_nothing_for_ever(records: Records, clock: Clock):
    """Such a row was written by nobody who is there now."""
    Inbox(records, "telegram").write([taken(1)], [])
    clock.move(days=-365)
    assert Inbox(records, "telegram").claim() == ((left(1),), False)


def test_what_no_process_survives_is_given_up(records: Records, clock: Clock, caplog):
    """It would end each new one."""
    Inbox(records, "telegram").write([taken(1)], [])
    for _ in range(TRIES):
        clock.move(seconds=11)
        assert Inbox(records, "telegram").claim() == ((left(1),), False)
    clock.move(seconds=11)
    assert Inbox(records, "telegram").claim() == ((), False)
    assert numbers(records) == []
    assert "有 1 条消息试了 4 次" in caplog.text


def test_noted_without_content_is_taken_and_not_in_hand(records: Records):
    """What must not be done twice."""
    one = Inbox(records, "telegram")
    assert one.write([Taken(1, "telegram:7", None)], []) == frozenset()
    assert one.write([Taken(1, "telegram:7", None)], []) == {1}
    assert numbers(records) == []


def test_who_wants_to_be_forgotten_is(records: Records):
    """At once and uncounted: the wish itself is in hand."""
    Inbox(records, "telegram").write([taken(1), taken(2, "telegram:8")], [])
    assert records.forget("telegram:7") == 0
    assert numbers(records) == [2]


def test_nothing_stays_longer_than_telegram_keeps_it(records: Records, clock: Clock):
    """A day; the mark that it was taken stays longer."""
    one = Inbox(records, "telegram")
    one.write([taken(1)], [])
    clock.move(hours=23)
    one.write([taken(2)], [])
    clock.move(hours=2)
    deleted = records.purge(clock.now)
    assert (deleted["inbox"], deleted["handled"], numbers(records)) == (1, 0, [2])


@pytest.mark.parametrize("salt", ["", "ab" * 32])
def test_another_installation_reads_nothing(records: Records, tmp_path: Path, clock: Clock, salt: str):
    """Without the salt a row says nothing; the update is let go."""
    Inbox(records, "telegram").write([taken(1)], [])
    clock.move(seconds=11)
    if salt:
        (tmp_path / "salt").write_text(salt)
    again = open_records(RecordsSettings(url=str(records.engine.url)), tmp_path, 3, clock)
    assert Inbox(again, "telegram").claim()[0] == ((Left(1, None),) if salt else (left(1),))
    again.close()
