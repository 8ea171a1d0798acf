"""The nouns of retrieval: frozen, slotted, no I/O."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from index.types import Indicator, Role, Span


@dataclass(frozen=True, slots=True)
class Turn:
    """An earlier question of the same conversation, oldest first where several stand together."""

    question: str


class FactKind(StrEnum):
    """What kind of fact a question asks for."""

    AMOUNT = "amount"  # 多少钱
    COUNT = "count"  # 多少, 几个
    SHARE = "share"  # 比例, 率
    DATE = "date"  # 什么时候, 多久
    CONDITION = "condition"  # 什么条件, 谁能
    PROCEDURE = "procedure"  # 怎么办, 怎么申请
    MATERIAL = "material"  # 带什么材料
    PLACE = "place"  # 去哪里
    SITE = "site"  # 地址, 在哪个馆: where a thing stands or takes place
    TELEPHONE = "telephone"  # 电话多少
    RESPONSIBLE = "responsible"  # 谁负责
    LIST = "list"  # 有哪些
    YES_NO = "yes_no"  # 有没有, 能不能
    COMPARISON = "comparison"  # 哪个高
    REASON = "reason"  # 为什么
    CLAUSE = "clause"  # 第几条, 讲什么
    OPEN = "open"  # anything else


@dataclass(frozen=True, slots=True)
class Question:
    """A self-contained question, prepared once.

    ``text`` is what was asked; ``core`` the same without region names, periods, courtesies and ways of asking,
    ``unplaced`` only without the region names, ``period`` the periods in the documents' own words (``十三五 2025年``): what the rankers see. ``documents`` are the ids of documents named by their title, ``regions`` the manifest's region names asked for (empty: none was named), ``elsewhere`` the
    places named that no document covers. ``years`` are the calendar years asked about, ``eras`` the ordinal
    numbers of the five-year plans asked about (13 for 十三五), ``attribute`` the kind of indicator (约束性, 预期性) whose
    whole list is asked for. ``phrases`` stood in quotation marks and are meant
    literally. ``terms`` are the content words of ``core``, ``synonyms`` the documents' own words for them.
    """

    text: str
    core: str
    unplaced: str = ""
    period: str = ""
    documents: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    elsewhere: tuple[str, ...] = ()
    years: tuple[int, ...] = ()
    eras: tuple[int, ...] = ()
    roles: frozenset[Role] = frozenset()
    attribute: str = ""
    kinds: frozenset[FactKind] = frozenset()
    addresses: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()
    terms: tuple[str, ...] = ()
    synonyms: tuple[tuple[str, tuple[str, ...]], ...] = ()
    earlier: bool = False  # asks for what held before: 旧版, 原来的规定


class AnswerStatus(StrEnum):
    """How far the documents answer the question."""

    ANSWERED = "answered"
    PARTIAL = "partial"
    CLARIFY = "clarify"
    NOT_FOUND = "not_found"


@dataclass(frozen=True, slots=True)
class Evidence:
    """A run of whole sentences, or a table row, of one clause that carries a point."""

    document: str
    clause: str  # the clause's path
    span: Span
    left: int = 0  # items of its list, or sentences of its answer, that a quotation has no room for


@dataclass(frozen=True, slots=True)
class Citation:
    """Verbatim words of a document with their address; ``quote`` is ``text[span]`` of the stored text."""

    document: str
    title: str
    region: str
    version: str
    clause: str  # path: 第三章/第三节/(四)/具体路径/3
    address: str  # the path as a person writes it: 第三章第三节(四)具体路径3
    quote: str
    span: Span
    number: str | None  # document number, None where the document has none
    validity: str  # 规划期2021—2025年,已结束
    page: int | None = None  # of the file, from 1; None where it has no pages


@dataclass(frozen=True, slots=True)
class IndicatorValue:
    """An indicator row as an answer shows it: the row, its region and the words it was read from."""

    row: Indicator
    title: str
    region: str
    quote: str
    validity: str


@dataclass(frozen=True, slots=True)
class Difference:
    """What two values differ by, worked out exactly.

    ``change`` holds the digits of the absolute difference in ``unit``; ``sign`` is 1 where ``after`` is more, −1 where
    it is less, 0 where both are the same; ``percent`` is the change in % of ``before`` with one decimal, empty where
    ``before`` is zero or both are shares.
    """

    before: Indicator
    after: Indicator
    change: str
    unit: str  # 个, 万人, 个百分点
    sign: int
    percent: str


@dataclass(frozen=True, slots=True)
class Statement:
    """One line of the answer's point.

    ``source`` numbers the citation (from 1) it rests on, None for our own words. ``region`` is set when the
    answer speaks of several regions, so that a channel can group by it. ``worked`` is the arithmetic behind a line
    whose numbers stand in no document, ``denied`` the number of the question that the line says to be wrong.
    """

    text: str
    source: int | None = None
    region: str | None = None
    worked: Difference | None = None
    denied: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer: citations and indicators stand best first.

    ``statements`` are the point, at most a few lines; ``notes`` say what the documents leave out and
    where to ask. Channels render these parts and add no words of their own. ``timing_ms`` maps a stage
    of the pipeline to the milliseconds it took; ``total`` is always there.
    """

    question: str
    status: AnswerStatus
    statements: tuple[Statement, ...]
    notes: tuple[str, ...] = ()
    citations: tuple[Citation, ...] = ()
    indicators: tuple[IndicatorValue, ...] = ()
    missing: tuple[str, ...] = ()
    suggestions: tuple[str, ...] = ()
    timing_ms: Mapping[str, float] = field(default_factory=dict)
