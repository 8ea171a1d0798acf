"""What is kept how long, and what goes when someone asks for it."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlalchemy import Connection, Table, delete

from bot.records.limits import purge as purge_limits
from bot.records.schema import (
    cards,
    failures,
    feedback,
    handled,
    inbox,
    limits,
    preferences,
    questions,
    sessions,
    tokens,
    turns,
)
from bot.settings import RecordsSettings

_SIGNED_IN = timedelta(days=8)  # longer than any session may be configured to last, or a lock-out
_ISSUED = timedelta(days=400)  # longer than any token lasts
_IN_HAND = timedelta(hours=24)  # as long as Telegram itself keeps what nobody has fetched
_OF_AN_ASKER = (cards, questions, feedback, turns, preferences)


def _periods(settings: RecordsSettings) -> Mapping[Table, timedelta]:
    return {
        questions: timedelta(days=settings.keep_questions_days),
        feedback: timedelta(days=settings.keep_questions_days),
        preferences: timedelta(days=settings.keep_questions_days),
        turns: timedelta(hours=settings.keep_turns_hours),
        cards: timedelta(days=settings.keep_cards_days),
        handled: timedelta(hours=settings.keep_updates_hours),
        inbox: _IN_HAND,
        sessions: _SIGNED_IN,
        failures: _SIGNED_IN,
        tokens: _ISSUED,
    }


def purge(connection: Connection, now: datetime, settings: RecordsSettings) -> dict[str, int]:
    """Delete what is older than its period; return the rows deleted by table. Audit log and decisions stay."""
    deleted = {
        table.name: connection.execute(delete(table).where(table.c.at < now - period)).rowcount
        for table, period in _periods(settings).items()
    }
    return {**deleted, limits.name: purge_limits(connection, now)}


def forget(connection: Connection, asker: str) -> int:
    """Delete everything of one asker, in every conversation; return how many rows there were.

    What is being answered is not counted: the wish to delete is among it.
    """
    connection.execute(delete(inbox).where(inbox.c.asker == asker))
    return sum(connection.execute(delete(t).where(t.c.asker == asker)).rowcount for t in _OF_AN_ASKER)
