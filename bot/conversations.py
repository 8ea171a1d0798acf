"""The last questions of each conversation and the region it chose; behind them the records, where there are any."""

from collections import OrderedDict
from threading import Lock
from typing import Protocol

from bot.privacy.pseudonyms import asker_of
from bot.records.types import Remembered
from retrieval.types import Turn


class Memory(Protocol):
    """What outlives a restart; ``bot.records.records.Records`` in production."""

    def recall(self, conversation: str) -> Remembered:
        """Return what a conversation goes on with."""
        ...

    def keep_turn(self, conversation: str, question: str) -> None:
        """Remember a question."""
        ...

    def keep_region(self, conversation: str, region: str | None) -> None:
        """Remember the region chosen, or forget it."""
        ...

    def drop(self, conversation: str) -> None:
        """Forget questions and region."""
        ...


class Conversations:
    """What conversations go on with, the most recently used in memory; threads may share it.

    :param turns: how many questions of one are remembered
    :param capacity: how many conversations memory holds; the least recently used is forgotten first
    :param memory: where they are kept for longer, None for nowhere
    """

    def __init__(self, turns: int, capacity: int, memory: Memory | None = None) -> None:
        self._turns, self._capacity, self._memory = turns, capacity, memory
        self._held: OrderedDict[str, Remembered] = OrderedDict()
        self._lock = Lock()

    def _hold(self, conversation: str, remembered: Remembered) -> None:
        self._held[conversation] = remembered
        self._held.move_to_end(conversation)
        while len(self._held) > self._capacity:
            self._held.popitem(last=False)

    def _recall(self, conversation: str) -> Remembered:
        with self._lock:
            held = self._held.get(conversation)
        if held is not None or self._memory is None:
            return held or Remembered()
        recalled = self._memory.recall(conversation)  # outside the lock: others need not wait for a disk
        with self._lock:
            held = self._held.setdefault(conversation, recalled)
            self._hold(conversation, held)
            return held

    def turns(self, conversation: str) -> tuple[Turn, ...]:
        """Return the remembered questions, oldest first."""
        return tuple(map(Turn, self._recall(conversation).questions)) if self._turns else ()

    def region(self, conversation: str) -> str | None:
        """Return the region this conversation chose, if it did."""
        return self._recall(conversation).region

    def remember(self, conversation: str, question: str) -> None:
        """Add a question to a conversation."""
        if not self._turns:
            return
        before = self._recall(conversation)
        with self._lock:
            before = self._held.get(conversation, before)
            questions = (*before.questions, question)[-self._turns :]
            self._hold(conversation, Remembered(questions, before.region))
        if self._memory:
            self._memory.keep_turn(conversation, question)

    def choose_region(self, conversation: str, region: str | None) -> None:
        """Remember the region a conversation speaks of, or forget it with None."""
        before = self._recall(conversation)
        with self._lock:
            before = self._held.get(conversation, before)
            self._hold(conversation, Remembered(before.questions, region or None))
        if self._memory:
            self._memory.keep_region(conversation, region or None)

    def forget(self, conversation: str) -> None:
        """Drop everything remembered about a conversation."""
        with self._lock:
            self._hold(
                conversation, Remembered()
            )  # not absent: it would be read again before the drop is written
        if self._memory:
            self._memory.drop(conversation)

    def forget_asker(self, asker: str) -> None:
        """Drop every conversation of an asker from memory; what is kept for longer goes another way."""
        with self._lock:
            for name in [name for name in self._held if asker_of(name) == asker]:
                del self._held[name]
