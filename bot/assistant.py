"""The one core that every channel calls: conversations, the question log and feedback around the answerer."""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Protocol
from uuid import uuid4

from bot.conversations import Conversations
from bot.limits import Limiter
from bot.privacy.pseudonyms import asker_of
from bot.records.types import Reason, Verdict
from bot.settings import BotSettings
from index.errors import StoreError
from index.generation import Generation
from retrieval.types import Answer, Turn

if TYPE_CHECKING:
    from bot.records.records import Records
    from bot.telemetry.metrics import Metrics


LOG = logging.getLogger(__name__)


class Answerer(Protocol):
    """What answers a question; ``retrieval.pipeline.Answerer`` in production."""

    @property
    def store(self) -> Generation:
        """The generation it answers from."""
        ...

    @property
    def texts(self) -> Mapping[str, str]:
        """The stored text of each document."""
        ...

    @property
    def regions(self) -> tuple[str, ...]:
        """The regions the documents cover."""
        ...

    @property
    def generation(self) -> int:
        """The number of the index it answers from."""
        ...

    def examples(self, curated: Sequence[str]) -> tuple[str, ...]:
        """Questions to begin with."""
        ...

    def ask(self, question: str, history: Sequence[Turn] = (), region: str | None = None) -> Answer:
        """Answer one question."""
        ...


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer and the id under which it is logged: feedback names it."""

    id: str
    answer: Answer


class Assistant:
    """Answers for all channels; safe to call from several threads."""

    def __init__(
        self,
        answerer: Answerer,
        settings: BotSettings,
        records: "Records | None" = None,
        metrics: "Metrics | None" = None,
        limiter: Limiter | None = None,
    ) -> None:
        self._answerer = answerer
        self.metrics = metrics  # what counts answers; None where nobody reads the figures
        self.limiter = limiter  # one for all channels and processes; None where each counts for itself
        self._settings = settings
        self._records = records
        self.conversations = Conversations(
            settings.remembered_turns, settings.remembered_conversations, records
        )

    @property
    def store(self) -> Generation:
        """The generation that is live now; hold on to it for as long as what is shown must agree."""
        return self._answerer.store

    @property
    def texts(self) -> Mapping[str, str]:
        """The stored text of each document, which citations' offsets count in."""
        return self._answerer.texts

    @property
    def regions(self) -> tuple[str, ...]:
        """The regions the documents cover."""
        return self._answerer.regions

    @property
    def records(self) -> "Records | None":
        """What is remembered; None where nothing is."""
        return self._records

    @property
    def generation(self) -> int:
        """The number of the index that is live now."""
        return self._answerer.generation

    @property
    def examples(self) -> tuple[str, ...]:
        """Questions to begin with."""
        return self._answerer.examples(self._settings.examples)

    def ask(self, question: str, history: Sequence[str] = (), region: str | None = None) -> Answer:
        """Answer one question; ``history`` holds the earlier questions of the conversation, oldest first."""
        kept = max(len(history) - self._settings.remembered_turns, 0)
        turns = [Turn(text) for text in history[kept:]]
        return self._answerer.ask(question, turns, region)

    def consult(
        self, asker: str, question: str, history: Sequence[str] = (), region: str | None = None
    ) -> Reply:
        """Answer as :meth:`ask` does, and log it.

        :param asker: who asks, after the name of the channel: ``web:192.0.2.7``
        """
        return self._logged(asker, self.ask(question, history, region), region)

    def reply(self, conversation: str, question: str) -> Reply:
        """Answer within a remembered conversation, named by channel, chat and asker (``telegram:42:7``), and log it."""
        memory = self.conversations
        region = memory.region(conversation)
        answer = self._answerer.ask(question, memory.turns(conversation), region)
        memory.remember(conversation, question)
        return self._logged(asker_of(conversation), answer, region)

    def converse(self, conversation: str, question: str) -> Answer:
        """Answer as :meth:`reply` does, for a channel that takes no feedback."""
        return self.reply(conversation, question).answer

    def _note(self, channel: str, answer: Answer) -> None:
        """Count an answer, and say in the log what it came to; nobody's words are in the line."""
        if self.metrics:
            self.metrics.answered(channel, answer)
        stages = {f"{stage}_ms": round(took, 1) for stage, took in answer.timing_ms.items()}
        known = {"status": answer.status.value, "citations": len(answer.citations), **stages}
        LOG.info("answered", extra={**known, "generation": self._answerer.generation})

    def _logged(self, asker: str, answer: Answer, region: str | None) -> Reply:
        """Log an answer; where the question held personal data, the answer says so."""
        self._note(asker.partition(":")[0], answer)
        identifier = uuid4().hex
        if self._records is None:
            return Reply(identifier, answer)
        from bot.privacy.wording import notice

        kinds = self._records.log(
            identifier, asker, answer, region=region, generation=self._answerer.generation
        )
        return Reply(identifier, replace(answer, notes=(*answer.notes, notice(kinds))) if kinds else answer)

    def feedback(
        self, answer: str, asker: str, verdict: Verdict, reason: Reason | None = None, comment: str = ""
    ) -> None:
        """Record what an asker thinks of an answer; a second thought replaces the first.

        :param answer: the id of the :class:`Reply`
        :param asker: as in :meth:`consult`
        """
        if self._records:
            self._records.judge(answer, asker, verdict, reason, comment)

    def keep_card(self, identifier: str, asker: str, content: Mapping[str, Any]) -> None:
        """Remember what the buttons under a message stand for, where anything is remembered.

        :param content: strings, whole numbers, lists and mappings of such only
        """
        if self._records:
            self._records.keep_card(identifier, asker, content)

    def card(self, identifier: str) -> Mapping[str, Any] | None:
        """Return what the buttons of a message stand for; None where it is not known any more or cannot be read."""
        try:
            return self._records.card(identifier) if self._records else None
        except StoreError as error:
            LOG.error("读不出按钮对应的内容:%s", error)
            return None

    def is_new(self, channel: str, update: str) -> bool:
        """Note that an update of a channel is being handled; False when it was before, by any process.

        Where that cannot be noted it counts as new: better an answer twice than none.
        """
        try:
            return self._records is None or self._records.is_new(channel, update)
        except StoreError as error:
            LOG.error("记不下处理过的消息编号,照常回答:%s", error)
            return True

    def choose_region(self, conversation: str, region: str | None) -> None:
        """Remember the region a conversation speaks of, or forget it with None."""
        self.conversations.choose_region(conversation, region)

    def forget(self, asker: str) -> int:
        """Delete everything of an asker in every conversation of the channel; return how many rows were stored.

        :raises StoreError: it cannot be deleted just now
        """
        count = self._records.forget(asker) if self._records else 0
        self.conversations.forget_asker(asker)
        return count

    def close(self) -> None:
        """Write what is still to be remembered."""
        if self._records:
            self._records.close()
