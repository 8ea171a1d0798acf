"""The nouns of spelling: frozen, slotted, no I/O."""

from dataclasses import dataclass

from index.types import Span


@dataclass(frozen=True, slots=True)
class Correction:
    """Characters of a question and what was meant by them."""

    span: Span
    typed: str
    meant: str


@dataclass(frozen=True, slots=True)
class Reading:
    """A question as it is understood.

    ``text`` is what the rest of retrieval reads. ``meant`` are the terms that were typed otherwise, in order: what
    the reader is told. ``foreign`` says that the question was asked in another language.
    """

    text: str
    meant: tuple[str, ...] = ()
    foreign: bool = False
