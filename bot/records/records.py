"""What one process remembers: the database, its writer and the pseudonyms behind a few verbs."""

import logging
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, insert, select

from bot.privacy.masking import mask
from bot.privacy.pseudonyms import asker_of, open_salt, pseudonym
from bot.privacy.sealing import Seal
from bot.privacy.types import Kind
from bot.records import audit, conversations, questions, retention
from bot.records.database import open_database, reading, url_of, writing
from bot.records.schema import cards, handled
from bot.records.types import Logged, Reason, Remembered, Verdict
from bot.records.upsert import insert_new
from bot.records.writer import Writer
from bot.settings import RecordsSettings
from index.errors import StoreError
from retrieval.types import Answer

LOG = logging.getLogger(__name__)
PROGRAM = "policybot"  # who did what nobody asked for
Clock = Callable[[], datetime]


def utc_now() -> datetime:
    """Return the time as the tables have it: UTC, without a zone."""
    return datetime.now(UTC).replace(tzinfo=None)


def _storable(text: str) -> str:
    """What a database takes: no halves of surrogate pairs, no zero bytes."""
    return text.encode("utf-8", "replace").decode().replace("\0", "")


class Records:
    """What is remembered; threads may share it.

    Conversations and askers come in as channels name them (``telegram:42:7``, ``telegram:7``) and are stored as
    pseudonyms; words are masked. Writing never waits and never fails, unless a method says so.
    """

    def __init__(
        self, engine: Engine, salt: bytes, settings: RecordsSettings, turns: int, clock: Clock = utc_now
    ) -> None:
        self.engine, self.settings, self.clock = engine, settings, clock
        self._salt, self._turns = salt, turns
        self._unread = False
        self._writer = Writer(engine, settings.queue, self._purge)

    @property
    def readings(self) -> dict[str, float]:
        """Rows that wait, rows that were given up, and 1 while rows cannot be written."""
        writer = self._writer
        return {
            "records_waiting": writer.waiting,
            "records_lost": writer.lost,
            "records_failing": float(writer.failing),
        }

    @property
    def seal(self) -> Seal:
        """What seals rows that must be read back as they were."""
        return Seal(self._salt)

    def alias(self, name: str) -> str:
        """Return the pseudonym of a name."""
        return pseudonym(self._salt, name)

    def _purge(self) -> None:
        try:
            self.purge(self.clock())
        except StoreError as error:
            LOG.error("过期的运行记录没有删掉,明天再试:%s", error)

    def recall(self, conversation: str) -> Remembered:
        """Return what a conversation goes on with; nothing where it cannot be read."""
        since = self.clock() - timedelta(hours=self.settings.keep_turns_hours)
        try:
            with reading(self.engine) as connection:
                return conversations.recall(connection, self.alias(conversation), self._turns, since)
        except StoreError as error:
            if not self._unread:
                LOG.error("读不出以前的问题,追问可能听不懂:%s", error)
            self._unread = True
            return Remembered()

    def keep_turn(self, conversation: str, question: str) -> None:
        """Remember a question of a conversation."""
        names = self.alias(conversation), self.alias(asker_of(conversation))
        words, now = _storable(mask(question).text), self.clock()
        self._writer.put(lambda c: conversations.keep_turn(c, *names, words, now, self._turns))

    def keep_region(self, conversation: str, region: str | None) -> None:
        """Remember the region a conversation chose, or forget it with None."""
        names = self.alias(conversation), self.alias(asker_of(conversation))
        chosen, now = (_storable(mask(region).text) if region else None), self.clock()
        self._writer.put(lambda c: conversations.keep_region(c, *names, chosen, now))

    def drop(self, conversation: str) -> None:
        """Forget a conversation's questions and its region; the log stays."""
        name = self.alias(conversation)
        self._writer.put(lambda c: conversations.drop(c, name))

    def log(
        self, identifier: str, asker: str, answer: Answer, *, region: str | None, generation: int | None
    ) -> tuple[Kind, ...]:
        """Add a question and its outcome to the log; return the kinds of personal data that were in it.

        :param identifier: the answer's id, which feedback names
        :param asker: who asked, after the name of the channel: ``telegram:7``
        """
        masked = mask(answer.question)
        first = next(iter(answer.citations), None)
        row = Logged(
            id=identifier,
            at=self.clock(),
            channel=asker.partition(":")[0],
            asker=self.alias(asker),
            question=_storable(masked.text),
            kinds=tuple(kind.name.lower() for kind in masked.kinds),
            status=answer.status.value,
            region=_storable(mask(region).text) if region else None,
            generation=generation,
            document=first.document if first else None,
            clause=first.clause if first else None,
            latency_ms=round(answer.timing_ms.get("total", 0.0), 3),
        )
        self._writer.put(lambda c: questions.log_question(c, row))
        return masked.kinds

    def judge(self, answer: str, asker: str, verdict: Verdict, reason: Reason | None, comment: str) -> None:
        """Record what an asker thinks of an answer; a second thought replaces the first."""
        name, now, words = self.alias(asker), self.clock(), _storable(mask(comment).text)
        self._writer.put(lambda c: questions.judge(c, answer, name, now, verdict, reason, words))

    def keep_card(self, identifier: str, asker: str, content: Mapping[str, Any]) -> None:
        """Remember what the buttons under a message stand for.

        :param content: strings, whole numbers, lists and mappings of such; a ``question`` in it is masked
        """
        kept = {**content, "question": _storable(mask(content.get("question", "")).text)}
        row = {"id": identifier, "at": self.clock(), "asker": self.alias(asker), "content": kept}

        def write(connection: Connection) -> None:
            connection.execute(insert(cards), row)

        self._writer.put(write)

    def card(self, identifier: str) -> Mapping[str, Any] | None:
        """Return what buttons stand for; None where it is not known any more.

        :raises StoreError: the database cannot be read
        """
        with reading(self.engine) as connection:
            found: Mapping[str, Any] | None = connection.scalar(
                select(cards.c.content).where(cards.c.id == identifier)
            )
        return found

    def is_new(self, channel: str, update: str) -> bool:
        """Note that an update of a channel is being handled; False when it was before, by any process.

        :raises StoreError: it cannot be noted
        """
        row = {"channel": channel, "id": update, "at": self.clock()}
        with writing(self.engine) as connection:
            return insert_new(connection, handled, row)

    def audit(self, actor: str, action: str, subject: str, detail: Mapping[str, Any]) -> None:
        """Add to the audit log.

        :param detail: strings, whole numbers, lists and mappings of such only
        :raises StoreError: it cannot be written: what is not in the log must not be done
        """
        with writing(self.engine) as connection:
            audit.append(connection, self.clock(), actor, action, subject, detail)

    def alarm(self, action: str, words: str) -> None:
        """Add to the audit log what the program itself found; never fails: the log says it where the table cannot."""
        try:
            self.audit(PROGRAM, action, "", {"message": words})
        except StoreError as error:
            LOG.error("没能记入审计记录(%s):%s", error, words)

    def forget(self, asker: str) -> int:
        """Delete everything of one asker; return how many rows there were.

        :raises StoreError: the database cannot be written just now
        """
        name = self.alias(asker)
        if not self.flush():
            raise StoreError("运行记录现在写不进去,还没有删;请过一会儿再试")
        with writing(self.engine) as connection:
            count = retention.forget(connection, name)
        self._overwrite()
        return count

    def purge(self, now: datetime) -> dict[str, int]:
        """Delete what is older than its period; return the rows deleted by table. Runs once a day by itself.

        :raises StoreError: the database cannot be written
        """
        with writing(self.engine) as connection:
            deleted = retention.purge(connection, now, self.settings)
        if any(deleted.values()):
            self._overwrite()
        return deleted

    def _overwrite(self) -> None:
        """Carry deletions into the file itself: the write-ahead log still holds what was there before."""
        if self.engine.dialect.name == "sqlite":
            with self.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
                connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")

    def read(self, query: Callable[[Connection], Any]) -> Any:
        """Run a reading query once all that was put is written.

        :raises StoreError: the database cannot be read
        """
        self.flush()
        with reading(self.engine) as connection:
            return query(connection)

    def flush(self) -> bool:
        """Wait until all is written; False when it takes too long."""
        return self._writer.flush()

    def close(self) -> None:
        """Write what is waiting and let go of the database."""
        self._writer.close()
        self.engine.dispose()


def open_records(settings: RecordsSettings, data_dir: Path, turns: int, clock: Clock = utc_now) -> Records:
    """Open what the service remembers, made where missing.

    :param turns: how many earlier questions a conversation goes on with
    :raises StoreError: the database or the salt cannot be opened
    """
    engine = open_database(url_of(settings.url, data_dir))
    return Records(engine, open_salt(data_dir), settings, turns, clock)
