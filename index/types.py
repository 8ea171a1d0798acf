"""The nouns of the index: frozen, slotted, no I/O.

All offsets count characters (Unicode code points) of a document's *stored text*, which is never edited:
for a ``.txt`` file it is the file's own text minus a byte-order mark, with CR LF folded to LF.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple

VERSION_CHARS = 12  # of a file's digest: what names a version


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open run of characters ``[start, end)`` of a stored text."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """Return the characters of ``text`` this span covers."""
        return text[self.start : self.end]

    def __contains__(self, other: "Span") -> bool:
        """Whether ``other`` lies within this span."""
        return self.start <= other.start and other.end <= self.end


@dataclass(frozen=True, slots=True)
class Period:
    """The years a plan covers, both included, such as 2021–2025."""

    first: int
    last: int

    def __str__(self) -> str:
        """Return the period as the answers print it: ``2021—2025年``."""
        return f"{self.first}—{self.last}年"

    def ended(self, today: date) -> bool:
        """Whether the last year of the period lies before ``today``."""
        return today.year > self.last


@dataclass(frozen=True, slots=True)
class Document:
    """One policy document as the manifest describes it; ``None`` where the source does not say."""

    id: str
    title: str
    region: str
    aliases: tuple[str, ...]
    issuer: str | None
    number: str | None
    published: date | None
    period: Period | None
    file: str
    sha256: str
    contacts: tuple[str, ...] = ()
    effective: date | None = None  # in force from this day on
    valid_until: date | None = None  # in force up to and with this day
    superseded_by: str | None = None  # title of the document that took its place

    @property
    def version(self) -> str:
        """The version citations carry: the first 12 hex digits of the file's digest."""
        return self.sha256[:VERSION_CHARS]

    def expired(self, today: date) -> bool:
        """Whether its period or its validity lies before ``today``."""
        ended = self.period is not None and self.period.ended(today)
        return ended or (self.valid_until is not None and self.valid_until < today)


class ClauseKind(StrEnum):
    """What a node of the clause tree is."""

    HEADING = "heading"  # 第三章 打造有力度的就业创业
    CLAUSE = "clause"  # (四)支持多渠道灵活就业。…
    LABEL = "label"  # 具体路径:
    TABLE = "table"  # a run of table rows with its caption


@dataclass(frozen=True, slots=True)
class Clause:
    """One node of a document's clause tree. Its ``path`` is its identity inside the document.

    ``span`` covers the clause with everything below it, ``own`` only the lines before its first child;
    ``heading`` is the title run of its first line without the marker, and may be empty.
    """

    document: str
    path: str  # 第三章/第三节/(四)/具体路径/3; the root is ""
    parent: str | None  # path of the parent, None for the root
    marker: str  # as printed: (四), 3., 第三节, 具体路径
    heading: str
    kind: ClauseKind
    depth: int  # 0 for the root
    span: Span
    own: Span


class Head(NamedTuple):
    """What a clause is looked for by."""

    path: str
    heading: str


@dataclass(frozen=True, slots=True)
class Passage:
    """The unit of retrieval: one whole sentence or table row of a clause.

    ``indexed_text`` is what the rankers see (heading path, then the sentence); ``digest`` is its SHA-256,
    the key under which its vector is cached.
    """

    document: str
    clause: str  # the clause's path
    ordinal: int  # position in the document, from 0
    span: Span
    headings: tuple[str, ...]  # headings from the outermost clause to the passage's own
    indexed_text: str
    digest: str


@dataclass(frozen=True, slots=True)
class SimilarQuestion:
    """A question people ask (相似问) and the passages that answer it: ``first`` to ``last`` of the document, half-open.

    ``digest`` is the key under which its vector is cached.
    """

    document: str
    clause: str  # the path of the clause it was written for
    first: int
    last: int
    text: str
    digest: str


class Role(StrEnum):
    """What a value states."""

    TARGET = "target"
    BASELINE = "baseline"
    ACTUAL = "actual"


@dataclass(frozen=True, slots=True)
class Indicator:
    """A value read from the text: never computed, never converted.

    ``value`` holds the digits (or the words) as printed, ``unit`` the unit as printed, ``comparator`` one of
    ``= >= <= > < ~``; ``span`` covers the sentence or the table row it was read from.
    """

    document: str
    clause: str  # the clause's path
    name: str  # 年均新增就业岗位
    role: Role
    value: str
    unit: str
    comparator: str
    period: str  # 2025, 2020, 十三五期末, 十四五期间, 每年
    attribute: str  # 约束性, 预期性 or ""
    category: str  # the table's category column, or ""
    span: Span
    value_span: Span  # where the digits themselves stand
    corrected: str = ""  # what an admin did to it, who, when and why; "" for a row as it was read


@dataclass(frozen=True, slots=True)
class ReadingWarning:
    """A place of a document whose values were read with doubt, or left out; ``message`` says what and why."""

    document: str
    clause: str  # the clause's path
    span: Span
    quote: str  # how the place begins
    message: str


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table: where it stands in the grid, how far it is merged, and its words.

    ``span`` covers the words without the blanks around them; it is empty where the cell is.
    """

    row: int  # from 0
    column: int  # from 0
    span: Span
    rows: int = 1  # grid rows it is merged over
    columns: int = 1


@dataclass(frozen=True, slots=True)
class Table:
    """The grid of a table of a stored text, every cell once; ``span`` runs from its first row to its last."""

    span: Span
    rows: int
    columns: int
    cells: tuple[Cell, ...]  # by row, then column
    lines: tuple[Span, ...] = ()  # the run of text each row takes, where that is not one line


@dataclass(frozen=True, slots=True)
class HeadingLine:
    """A line that the file's own format marks as a heading; ``level`` counts from 1, the outermost."""

    span: Span
    level: int
