"""The nouns of proposals."""

from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

from index.types import Period, Span

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Proposed(Generic[T]):
    """A value and what it was read from.

    ``span`` covers the words in the stored text, ``None`` where they stand outside it; ``source`` are the words
    themselves, or what names them in the file (发文字号: …, 文件名: …).
    """

    value: T
    span: Span | None
    source: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a document says of itself; ``None`` where it does not say.

    ``effective`` is the printed day, or the day of issue where the text says 自印发之日起施行. ``valid_years`` is
    the printed term, ``valid_until`` the printed last day, or that of the term where it is printed from when it runs.
    """

    title: Proposed[str] | None
    number: Proposed[str] | None
    issuer: Proposed[str] | None
    published: Proposed[date] | None
    effective: Proposed[date] | None
    valid_years: Proposed[int] | None
    valid_until: Proposed[date] | None
    period: Proposed[Period] | None
    region: Proposed[str] | None
