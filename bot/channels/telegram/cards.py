"""Cards: what the buttons under a message stand for.

Telegram gives a button 64 bytes. They hold the version, the id of a card, a verb and a number; the card holds the rest
and is kept with the service's records, so that buttons work after a restart for as long as cards are kept.
"""

import secrets
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from threading import Lock
from typing import Any

from bot.assistant import Assistant, Reply
from index.types import Indicator

VERSION = "1"  # of what a button's bytes mean; another one is a button of another program
CAPACITY = 5_000  # cards in memory, about 1 kB each; older ones are read from the records
_ID_BYTES = 9  # 72 bits: nobody guesses the card of somebody else
_PARTS = 4


@dataclass(frozen=True, slots=True)
class Card:
    """What the buttons of one message stand for.

    ``asker`` is who asked, by numeric id; ``places`` are (document, clause path) of the citations in order, ``values``
    (document, start) of the values told, ``region`` what the conversation had chosen.
    """

    asker: int
    question: str = ""
    reply: str = ""  # the answer's id in the question log
    region: str | None = None
    places: tuple[tuple[str, str], ...] = ()
    values: tuple[tuple[str, int], ...] = ()
    suggestions: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    generation: int = 0
    work: tuple[tuple[str, str], ...] = ()  # what an admin is asked to confirm


@dataclass(frozen=True, slots=True)
class Press:
    """What a pressed button says: a card's id, a verb, and the number it is about."""

    card: str
    verb: str
    number: int


def data_of(card: str, verb: str, number: int = 0) -> str:
    """Write a button's bytes."""
    return f"{VERSION}:{card}:{verb}:{number}"


def press_of(data: str | None) -> Press | None:
    """Read a button's bytes; None where this program did not write them."""
    parts = (data or "").split(":")
    if len(parts) != _PARTS or parts[0] != VERSION or not (parts[3].isascii() and parts[3].isdigit()):
        return None
    return Press(parts[1], parts[2], int(parts[3]))


def card_of(asker: int, reply: Reply, region: str | None, regions: tuple[str, ...], generation: int) -> Card:
    """Make the card of an answer."""
    answer = reply.answer
    rows: list[Indicator] = [value.row for value in answer.indicators]
    return Card(
        asker=asker,
        question=answer.question,
        reply=reply.id,
        region=region,
        places=tuple(dict.fromkeys((c.document, c.clause) for c in answer.citations)),
        values=tuple(dict.fromkeys((row.document, row.value_span.start) for row in rows)),
        suggestions=answer.suggestions,
        regions=regions,
        generation=generation,
    )


def _read(content: Mapping[str, Any]) -> Card:
    """Read a card back; JSON has lists where a card has tuples."""
    known = {field.name for field in fields(Card)}
    found = {name: value for name, value in content.items() if name in known}
    pairs = {name: tuple((d, p) for d, p in found.get(name, ())) for name in ("places", "values", "work")}
    texts = {name: tuple(found.get(name, ())) for name in ("suggestions", "regions")}
    return Card(**(found | pairs | texts))


class Cards:
    """The cards of one bot, the newest in memory, all of them with the records; threads may share it."""

    def __init__(self, assistant: Assistant) -> None:
        self._assistant = assistant
        self._held: OrderedDict[str, Card] = OrderedDict()
        self._spent: set[str] = set()
        self._lock = Lock()

    def spend(self, identifier: str) -> bool:
        """Use up a card whose button may work once; False where a press before this one did."""
        with self._lock:
            fresh = identifier not in self._spent
            self._spent.add(identifier)
            return fresh

    def _hold(self, identifier: str, card: Card) -> None:
        with self._lock:
            self._held[identifier] = card
            while len(self._held) > CAPACITY:
                self._held.popitem(last=False)

    def issue(self, card: Card) -> str:
        """Keep a card; return the id its buttons carry."""
        identifier = secrets.token_urlsafe(_ID_BYTES)
        self._hold(identifier, card)
        self._assistant.keep_card(identifier, f"telegram:{card.asker}", asdict(card))
        return identifier

    def find(self, identifier: str) -> Card | None:
        """Return a card; None where its buttons have expired."""
        with self._lock:
            held = self._held.get(identifier)
        if held is None:
            content = self._assistant.card(identifier)
            held = _read(content) if content else None
            if held:
                self._hold(identifier, held)
        return held

    def forget(self, asker: int) -> None:
        """Drop an asker's cards from memory; those with the records go another way."""
        with self._lock:
            for identifier in [name for name, card in self._held.items() if card.asker == asker]:
                del self._held[identifier]
