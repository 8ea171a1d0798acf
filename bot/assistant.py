"""The one core that every channel calls: conversation memory and limits around the answerer."""

from collections import OrderedDict
from collections.abc import Mapping, Sequence
from threading import Lock
from typing import Protocol

from bot.settings import BotSettings
from index.store import Generation
from retrieval.types import Answer, Turn


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

    def examples(self, curated: Sequence[str]) -> tuple[str, ...]:
        """Questions to begin with."""
        ...

    def ask(self, question: str, history: Sequence[Turn] = (), region: str | None = None) -> Answer:
        """Answer one question."""
        ...


class Conversations:
    """The last questions of each conversation, in memory only; the least recently used is forgotten first."""

    def __init__(self, turns: int, capacity: int) -> None:
        self._turns, self._capacity = turns, capacity
        self._questions: OrderedDict[str, tuple[Turn, ...]] = OrderedDict()
        self._regions: OrderedDict[str, str] = OrderedDict()
        self._lock = Lock()

    def turns(self, conversation: str) -> tuple[Turn, ...]:
        """Return the remembered questions, oldest first."""
        with self._lock:
            return self._questions.get(conversation, ())

    def region(self, conversation: str) -> str | None:
        """Return the region this conversation chose, if it did."""
        with self._lock:
            return self._regions.get(conversation)

    def remember(self, conversation: str, question: str) -> None:
        """Add a question to a conversation."""
        if not self._turns:
            return
        with self._lock:
            turns = (*self._questions.pop(conversation, ()), Turn(question))
            self._questions[conversation] = turns[-self._turns :]
            while len(self._questions) > self._capacity:
                self._questions.popitem(last=False)

    def choose_region(self, conversation: str, region: str | None) -> None:
        """Remember the region a conversation speaks of, or forget it with None."""
        with self._lock:
            self._regions.pop(conversation, None)
            if region:
                self._regions[conversation] = region
            while len(self._regions) > self._capacity:
                self._regions.popitem(last=False)

    def forget(self, conversation: str) -> None:
        """Drop everything remembered about a conversation."""
        with self._lock:
            self._questions.pop(conversation, None)
            self._regions.pop(conversation, None)


class Assistant:
    """Answers for all channels; safe to call from several threads."""

    def __init__(self, answerer: Answerer, settings: BotSettings) -> None:
        self._answerer = answerer
        self._settings = settings
        self.conversations = Conversations(settings.remembered_turns, settings.remembered_conversations)

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
    def examples(self) -> tuple[str, ...]:
        """Questions to begin with."""
        return self._answerer.examples(self._settings.examples)

    def ask(self, question: str, history: Sequence[str] = (), region: str | None = None) -> Answer:
        """Answer one question; ``history`` holds the earlier questions of the conversation, oldest first."""
        kept = max(len(history) - self._settings.remembered_turns, 0)
        turns = [Turn(text) for text in history[kept:]]
        return self._answerer.ask(question, turns, region)

    def converse(self, conversation: str, question: str) -> Answer:
        """Answer within a remembered conversation, named by channel, chat and asker (``telegram:42:7``)."""
        memory = self.conversations
        answer = self._answerer.ask(question, memory.turns(conversation), memory.region(conversation))
        memory.remember(conversation, question)
        return answer
