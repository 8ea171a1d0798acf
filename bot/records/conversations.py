"""Turns and preferences of conversations, so that a restart interrupts nobody."""

from datetime import datetime

from sqlalchemy import Connection, delete, insert, select

from bot.records.schema import preferences, turns
from bot.records.types import Remembered
from bot.records.upsert import upsert


def recall(connection: Connection, conversation: str, limit: int, since: datetime) -> Remembered:
    """Return what a conversation goes on with.

    :param limit: how many questions at most
    :param since: older ones belong to a talk that is over
    """
    recent = (
        select(turns.c.question)
        .where(turns.c.conversation == conversation, turns.c.at >= since)
        .order_by(turns.c.id.desc())
        .limit(limit)
    )
    region = select(preferences.c.region).where(preferences.c.conversation == conversation)
    questions = connection.scalars(recent).all()
    return Remembered(tuple(reversed(questions)), connection.execute(region).scalar())


def keep_turn(
    connection: Connection, conversation: str, asker: str, question: str, at: datetime, limit: int
) -> None:
    """Add a question to a conversation; of the others the last ``limit - 1`` stay."""
    row = {"conversation": conversation, "asker": asker, "question": question, "at": at}
    connection.execute(insert(turns), row)
    own = turns.c.conversation == conversation
    kept = select(turns.c.id).where(own).order_by(turns.c.id.desc()).limit(limit)
    connection.execute(delete(turns).where(own, turns.c.id.not_in(kept)))


def keep_region(
    connection: Connection, conversation: str, asker: str, region: str | None, at: datetime
) -> None:
    """Remember the region a conversation chose, or forget it with None."""
    if region is None:
        connection.execute(delete(preferences).where(preferences.c.conversation == conversation))
        return
    row = {"conversation": conversation, "asker": asker, "region": region, "at": at}
    upsert(connection, preferences, row)


def drop(connection: Connection, conversation: str) -> None:
    """Forget a conversation's questions and its region."""
    for table in (turns, preferences):
        connection.execute(delete(table).where(table.c.conversation == conversation))
