"""Questions for a whole list of values: a table, one row of it, a category, an attribute, a unit, a chapter, what moves."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from index.generation import Generation
from index.measures import same_measure
from index.numerals import parse_chinese_numeral
from index.paged import read_ahead
from index.types import ClauseKind, Indicator, Role
from retrieval.arithmetic import difference
from retrieval.types import Difference, Question
from retrieval.units_asked import unit_named
from retrieval.values import Match

MAX_LISTED = 20  # values of one list: a plan's whole table
SHORTEST_TOPIC = 2  # characters; one character stands in every other heading

_WHICH = re.compile(
    r"哪些|哪几|有什么|有啥|几个|几项|多少[个项]|列|都有|清单|一览|全部|所有|完整|整张|分别|[类面]的?指标|指标\W*$"
)
_MEASURES = re.compile(r"指标|数字目标|量化目标|目标值|数字要求")
_TABLE = re.compile(
    r"指标体系|指标表|(?:附表|(?<![代发填报])表)\s*[一二三四五六七八九1-9]?(?![现达演彰态明示])"
)
_ROW = re.compile(r"(?:第|序号是?)\s*([一二三四五六七八九十]{1,3}|\d{1,3})\s*(?:个|项|行|条)?")
_FIRST_CELL = re.compile(r"\s*\|?\s*(\d{1,3})\s*\|")
_MOVING = re.compile(
    r"(?P<same>一样|相同|持平|不变|没变|没有变)|(?P<up>超额|超出|提高|增长|增加|上升|提升|上涨|涨|比[^,。]{0,6}高|调高)|(?P<down>下降|降低|减少|下调|降|比[^,。]{0,6}低|调低)|(?P<any>变化|变动|幅度)"
)
_MOST = re.compile(r"最")
_WHICH_MEASURE = re.compile(r"哪[个些项几]{0,2}(?:项|个)?指标|指标.{0,6}(?:哪|最)|哪[个些项].{0,8}最")
_REACHED = re.compile(
    r"指标.{0,8}(?:完成|达标|实现|达到|超额)|(?:完成|达标|实现|超额).{0,6}指标|哪[些个项几]{1,2}.{0,4}(?:超额|没完成|未完成|没达标|达标)"
)
# Where a plan states its aims in words, its table being a picture or missing
_GOALS = re.compile(r"主要目标|发展目标|总体目标|规划目标|主要指标|目标任务")
_FILLER = re.compile(
    r"(?:都|全部?|超额|没有?|未)?(?:完成|达标|实现)(?:了|得|情况)?|主要指标|指标|数字目标|量化目标|目标值?|数字要求|量化|数字|体系|附?表[一二三四1-9]?|列一?下|列出来?|列举|给我|看一?下|看看|情况|数据"
    r"|完整|整张|整个|全部|所有|一共|总共|分别|各项|各个|主要|规划|这块|板块|方面|领域|有关|相关|关于|约束性|预期性|[,、。“”\"\s]"
)

_COUNTED_IN = re.compile(r"指标|目标|任务|数字|数据")  # what a unit picks out
_EDGES = "类的都定了有项把里中几个和与及在年末底"  # meaningless at either end of what is left


class Asked(StrEnum):
    """Which list a question asks for."""

    ATTRIBUTE = "attribute"  # 约束性指标有哪些
    UNIT = "unit"  # 单位是万人的指标有哪些
    MOVING = "moving"  # 哪个指标提高最多
    REACHED = "reached"  # 十三五的指标都完成了吗
    ROW = "row"  # 指标表第6项
    GROUP = "group"  # 就业创业类有哪些指标, or the whole table
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Listed:
    """The rows of a list in the order they stand in, and what was worked out between them."""

    rows: tuple[Indicator, ...] = ()
    worked: tuple[Difference, ...] = ()


def asked(question: Question) -> Asked:
    """Tell which list of values a question asks for."""
    text = question.text
    if unit_named(text) and _COUNTED_IN.search(text):
        return Asked.UNIT
    if not (question.attribute or _MEASURES.search(text) or _TABLE.search(text)):
        return Asked.NONE
    if _WHICH_MEASURE.search(text) and _MOVING.search(text):
        return Asked.MOVING
    if question.attribute:
        return Asked.ATTRIBUTE
    if _REACHED.search(text) and not topic(question):
        return Asked.REACHED
    whole = Asked.GROUP if _WHICH.search(text) or _TABLE.search(text) else Asked.NONE
    return Asked.ROW if _ROW.search(text) else whole


def topic(question: Question) -> str:
    """What a list is about: the core of the question without the words for lists and measures."""
    return _FILLER.sub("", question.core).strip(_EDGES)


def _tabled(rows: Sequence[Indicator], store: Generation) -> list[Indicator]:
    """The rows that stand in a table."""
    documents = {row.document for row in rows}
    read_ahead(store.clauses, documents)
    clauses = (c for document in documents for c in store.clauses[document])
    tables = {(c.document, c.path) for c in clauses if c.kind is ClauseKind.TABLE}
    return [row for row in rows if (row.document, row.clause) in tables]


def _plan(match: Match, own: int | None) -> int | None:
    """The plan whose list a row stands in: a baseline of 2020 opens the plan from 2021."""
    return own if match.row.role is Role.BASELINE or match.era is None else match.era


def _of_era(matches: Sequence[Match], question: Question, own: int | None) -> list[Indicator]:
    """Rows of the plans asked about; of the document's own plan and those without one where none is."""
    eras: set[int | None] = set(question.eras) or {own}
    kept = [m.row for m in matches if _plan(m, own) in eras]
    return sorted(kept or [m.row for m in matches], key=lambda row: (row.document, row.value_span))


def _wanted_roles(question: Question) -> frozenset[Role]:
    return question.roles or frozenset({Role.TARGET})


def _in_roles(rows: Sequence[Indicator], question: Question) -> tuple[Indicator, ...]:
    """The rows of the roles asked for, else the targets, else whatever role they have."""
    roles = _wanted_roles(question)
    return tuple([row for row in rows if row.role in roles] or rows)[:MAX_LISTED]


def _under(
    fits: Callable[[str], object], rows: Sequence[Indicator], store: Generation, *, innermost: bool = False
) -> list[Indicator]:
    """The values below the first clause whose heading fits and that holds any; the first as the document runs."""
    documents = dict.fromkeys(row.document for row in rows)
    headed = [
        c for d in documents for c in store.clauses[d] if c.kind is not ClauseKind.TABLE and fits(c.heading)
    ]
    for clause in sorted(headed, key=lambda c: -c.depth) if innermost else headed:
        inside = [row for row in rows if row.document == clause.document and row.span in clause.span]
        if inside:
            return inside
    return []


def _attributed(question: Question, matches: Sequence[Match], own: int | None) -> tuple[Indicator, ...]:
    """The values of an attribute, of every plan where none is named; of a category where one is named too."""
    plans, words = set(question.eras), topic(question)
    of_plan = [m for m in matches if not plans or _plan(m, own) in plans]
    rows = [m.row for m in of_plan if m.row.attribute == question.attribute]
    named = [row for row in rows if len(words) >= SHORTEST_TOPIC and row.category and words in row.category]
    return _in_roles(sorted(named or rows, key=lambda row: (row.document, row.value_span)), question)


def _in_unit(question: Question, rows: Sequence[Indicator]) -> tuple[Indicator, ...]:
    """The values printed in a unit, each measure once though two chapters state it."""
    unit = unit_named(question.text)
    said: dict[tuple[str, str, Role, str], Indicator] = {}
    for row in rows:
        if row.unit == unit:
            said.setdefault((row.document, row.name, row.role, row.value), row)
    return _in_roles(list(said.values()), question)


def _group(question: Question, rows: Sequence[Indicator], store: Generation) -> tuple[Indicator, ...]:
    """The values of a category, else of a chapter, by its name; the whole table where none is named."""
    words, tabled = topic(question), _tabled(rows, store)
    if not words:
        return _in_roles(tabled or _under(_GOALS.search, rows, store), question)
    if len(words) < SHORTEST_TOPIC:
        return ()
    named = [row for row in tabled if row.category and (words in row.category or row.category in words)]
    if named:
        return _in_roles(named, question)
    return _in_roles(_under(lambda heading: words in heading, rows, store, innermost=True), question)


def _number_of(row: Indicator, quote: str) -> int | None:
    printed = _FIRST_CELL.match(quote)
    return int(printed[1]) if printed else None


def _row(question: Question, rows: Sequence[Indicator], store: Generation) -> tuple[Indicator, ...]:
    """All values of the N-th row of a table: by its printed number, else counted."""
    found = _ROW.search(question.text)
    tabled = _tabled(rows, store)
    if not found or not tabled:
        return ()
    wanted = parse_chinese_numeral(found[1])
    printed = [r for r in tabled if _number_of(r, r.span.of(store.texts[r.document])) == wanted]
    if printed:
        return tuple(sorted(printed, key=lambda row: row.role is not Role.TARGET))
    spans = list(dict.fromkeys((row.document, row.span) for row in tabled))
    if not 1 <= wanted <= len(spans):
        return ()
    return tuple(row for row in tabled if (row.document, row.span) == spans[wanted - 1])


def _pairs(rows: Sequence[Indicator], first: Role, second: Role) -> list[tuple[Indicator, Indicator]]:
    """The two roles of each measure of one table."""
    return [
        (before, after)
        for before in rows
        for after in rows
        if before.role is first and after.role is second
        if before.span == after.span and same_measure(before, after)
    ]


def _share_of_change(found: Difference) -> float:
    """How large a change is relative to where it starts, so that measures of unlike units can be ranked."""
    start = float(found.before.value.replace(",", ""))
    end = float(found.after.value.replace(",", ""))
    return abs(end - start) / start if start else 0.0


def _signs(question: Question) -> set[int]:
    """Which way the measures asked for move."""
    way = _MOVING.search(question.text)
    if way is None or way["any"]:
        return {1, -1}
    return {0} if way["same"] else {1} if way["up"] else {-1}


def _moving(question: Question, rows: Sequence[Indicator], store: Generation) -> Listed:
    """The measures that rise or fall from baseline to target; the one that moves most where that is asked."""
    tabled = [row for row in _tabled(rows, store) if question.attribute in ("", row.attribute)]
    pairs = _pairs(tabled, Role.BASELINE, Role.TARGET) or _pairs(tabled, Role.TARGET, Role.ACTUAL)
    signs = _signs(question)
    worked = [d for d in (difference(*two) for two in pairs) if d and d.sign in signs]
    if _MOST.search(question.text) and worked:
        worked = [max(worked, key=_share_of_change)]
    return Listed(tuple(row for d in worked for row in (d.before, d.after))[:MAX_LISTED], tuple(worked))


def _reached(question: Question, rows: Sequence[Indicator], store: Generation) -> Listed:
    """Target and achievement of every measure of a table, with what they differ by."""
    pairs = _pairs(_tabled(rows, store), Role.TARGET, Role.ACTUAL)
    worked = tuple(d for d in (difference(*two) for two in pairs) if d)
    return Listed(tuple(row for two in pairs for row in two)[:MAX_LISTED], worked)


def listed(question: Question, matches: Sequence[Match], store: Generation, own: int | None) -> Listed:
    """Return the whole list of values a question asks for; empty where it asks for none, or none is there.

    :param matches: rows of one region's documents
    :param own: the five-year plan of those documents
    """
    kind = asked(question)
    if kind is Asked.REACHED:
        plans = set(question.eras)
        earlier = [m.row for m in matches if not plans or _plan(m, own) in plans]
        return _reached(question, sorted(earlier, key=lambda row: row.value_span), store)
    if kind is Asked.ATTRIBUTE:
        return Listed(_attributed(question, matches, own))
    rows = _of_era(matches, question, own)
    if kind is Asked.UNIT:
        return Listed(_in_unit(question, rows))
    if kind is Asked.MOVING:
        return _moving(question, rows, store)
    if kind is Asked.ROW:
        return Listed(_row(question, rows, store))
    return Listed(_group(question, rows, store)) if kind is Asked.GROUP else Listed()
