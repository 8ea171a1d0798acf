"""Updates in hand: taken from a channel and not answered yet, so that a killed process loses none of them.

A row is written in the same transaction as the mark that the update was taken (``handled``), before the channel is told
that it arrived, and deleted when it is answered. Mark and row: it is being answered, or will be; mark alone: it is done.
The process that took it says every few seconds that it is there; the rows of one that does not belong to whoever asks
first. Times are wall clocks', as no other is the same in all processes; a moment further ahead than any process writes
was written before a clock was set back.
"""

import json
import logging
import secrets
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, delete, exists, insert, or_, select, update

from bot.records.database import reading, writing
from bot.records.records import Records
from bot.records.schema import handled, inbox
from bot.records.upsert import insert_new

LOG = logging.getLogger(__name__)
# A process that was killed is back after a few seconds and waits this long at most; one that is only slow (a locked
# disk, a laden machine) must not be taken for gone, or two answer the same update.
LEASE = timedelta(seconds=10)
TRIES = 3  # an update that three processes did not survive is what ends them


@dataclass(frozen=True, slots=True)
class Taken:
    """An update to note; ``content`` is None for one that must not be tried again, as it would be done twice."""

    number: int
    asker: str  # as channels name them: telegram:7
    content: Mapping[str, Any] | None


@dataclass(frozen=True, slots=True)
class Left:
    """What a process that is gone had taken; ``content`` is None where it cannot be read."""

    number: int
    content: Mapping[str, Any] | None


class Inbox:
    """The updates in hand of one channel, as one process sees them; its methods wait for the database."""

    def __init__(self, records: Records, channel: str) -> None:
        self._engine, self._clock, self._alias = records.engine, records.clock, records.alias
        self._seal, self._channel, self.owner = records.seal, channel, secrets.token_hex(8)
        self.lease = LEASE

    def _noted(self, connection: Connection, taken: Taken, now: datetime) -> bool:
        """Note one update; False where it was taken before."""
        if not insert_new(
            connection, handled, {"channel": self._channel, "id": str(taken.number), "at": now}
        ):
            return False
        if taken.content is not None:
            row = {
                "channel": self._channel,
                "number": taken.number,
                "at": now,
                "asker": self._alias(taken.asker),
                "content": self._seal.close(json.dumps(taken.content)),
                "owner": self.owner,
                "until": now + self.lease,
                "tries": 0,
            }
            connection.execute(insert(inbox), row)
        return True

    def write(self, taken: Sequence[Taken], done: Collection[int]) -> frozenset[int]:
        """Note updates that were taken and others that are done with; return the numbers that were taken before.

        :raises StoreError: neither could be noted
        """
        now = self._clock()
        with writing(self._engine) as connection:
            known = frozenset(each.number for each in taken if not self._noted(connection, each, now))
            if done:
                mine = and_(inbox.c.channel == self._channel, inbox.c.number.in_(done))
                connection.execute(delete(inbox).where(mine))
        return known

    def _gone(self, now: datetime) -> ColumnElement[bool]:
        return or_(inbox.c.until < now, inbox.c.until > now + 2 * self.lease)

    def claim(self) -> tuple[tuple[Left, ...], bool]:
        """Say that this process is there, and take what processes that are gone have left, in order.

        The second value: whether others that are there have something in hand.

        :raises StoreError: the database cannot be written
        """
        here = inbox.c.channel == self._channel
        with reading(self._engine) as connection:
            if not connection.scalar(select(exists().where(here))):
                return (), False
        now = self._clock()
        others = and_(here, inbox.c.owner != self.owner)
        with writing(self._engine) as connection:
            connection.execute(
                update(inbox).where(here, inbox.c.owner == self.owner).values(until=now + self.lease)
            )
            given_up = delete(inbox).where(others, self._gone(now), inbox.c.tries >= TRIES)
            fatal = connection.execute(given_up).rowcount
            taking = update(inbox).where(others, self._gone(now))
            change = taking.values(owner=self.owner, until=now + self.lease, tries=inbox.c.tries + 1)
            rows = connection.execute(change.returning(inbox.c.number, inbox.c.content)).all()
            busy = connection.scalar(select(exists().where(others)))
        if fatal:
            LOG.error("有 %d 条消息试了 %d 次都没答完程序就没了,不再试", fatal, TRIES + 1)
        return tuple(Left(number, self._read(content)) for number, content in sorted(map(tuple, rows))), bool(
            busy
        )

    def _read(self, sealed: str) -> Mapping[str, Any] | None:
        words = self._seal.open(sealed)
        content: Mapping[str, Any] | None = json.loads(words) if words else None
        return content
