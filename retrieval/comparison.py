"""Which two values a question compares: of two periods, of target and achievement, of two regions."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from index.measures import same_measure
from index.tokens import bigrams
from index.types import Indicator, Role
from retrieval.arithmetic import comparable, difference, quantity_of, same_kind
from retrieval.periods import era_of_year, plan_name
from retrieval.types import Difference, FactKind, Question
from retrieval.values import ERA_WITHIN, Match

# A change with what it is measured against …
_AGAINST = re.compile(
    # 受影响较大, 比如 compare with nothing
    r"(?:比|较|相比|对比)(?![例重赛较如]|[大多高低强好快长小少轻为差严困])|从.{1,10}(?:到|涨|升|降|提高|增)|变化|差(?:了)?(?:多少|几|距|别)|超(?:额|过|出).{0,3}(?:多少|几)"
    r"|(?:多|少|高|低)出?了?(?:多少|几)|(?:提高|增长|上升|下降|降低|提升|涨|降)(?:了)?(?:多少|几|百分之|的?比例|的?幅度)"
    r"|(?:提高|提升|上升|下降|降低|涨|降|变[多少高低大小])(?:了)?还是|增长(?:率|幅度)|(?:多|少)了还是(?:多|少)"
)
# … and one without: 要增加多少 may also ask for a measure that is itself an increase
_MORE = re.compile(r"(?:增加|减少|扩大|压减)(?:了)?(?:多少|几)")
_ITSELF_A_CHANGE = re.compile(r"新增|增加|净增|扩面|增长|增幅|减少|压减|下降")
_THAN_TARGET = re.compile(r"(?:比|较|超(?:过|出|额)?)[^,。;]{0,5}(?:目标|计划|要求|任务)|超额")
_THAN_PERIOD = re.compile(r"(?:比|较)[“\"]?(?:上|前|过去|以前|之前|十[一二三四五六七八九]?五|20\d\d)")
_INCIDENTAL = re.compile(r"年均|每年|累计|人数$|数量$|总数$")
_TARGET_WORD = re.compile(r"目标|要求|计划")

# Measures of two regions are set against each other when their names share this much (Dice over bigrams): the same
# rate under two offices' names (劳动监察举报投诉按期结案率, 劳动保障监察举报投诉结案率) has 0.7, unlike rates 0.3
ALIKE = 0.5


@dataclass(frozen=True, slots=True)
class Slot:
    """One side of a comparison: the five-year plan and the roles that will do, the best first."""

    era: int
    roles: tuple[Role, ...]


def asks_change(question: Question) -> bool:
    """Whether a question asks how a value changes."""
    return bool(_AGAINST.search(question.text) or _MORE.search(question.text))


def _between_periods(question: Question) -> bool:
    """Whether periods or roles are compared rather than only regions."""
    if len(question.regions) < 2:
        return asks_change(question) or (
            FactKind.COMPARISON in question.kinds
            and len(question.eras) + len(question.years) + len(question.roles) > 1
        )
    # one period only says which values are meant: 青浦2025年比襄阳低多少
    periods = len(question.eras) + len(question.years)
    than_then = _THAN_PERIOD.search(question.text) or Role.BASELINE in question.roles
    return asks_change(question) and bool(periods > 1 or than_then)


def _within_one_plan(question: Question, eras: Sequence[int]) -> bool:
    """Whether an achievement is compared with its own target."""
    if Role.BASELINE in question.roles or len(eras) > 1:
        return False
    return bool(_THAN_TARGET.search(question.text)) and len(_TARGET_WORD.findall(question.text)) < 2


def _earlier_roles(question: Question, era: int) -> tuple[Role, ...]:
    """What stands for the earlier period: what was reached, unless the question names its target or its baseline."""
    target_of_then = re.search(
        rf"{plan_name(era)}[”\"]?(?:规划)?(?:的|期间|时期|期末|末)?目标", question.text
    )
    if target_of_then:
        return (Role.TARGET, Role.ACTUAL)
    if Role.BASELINE in question.roles or question.years or not question.eras:
        return (Role.BASELINE, Role.ACTUAL, Role.TARGET)
    return (Role.ACTUAL, Role.BASELINE, Role.TARGET)


def _slots(question: Question, own: int) -> tuple[Slot, Slot]:
    eras = sorted({*question.eras, *map(era_of_year, question.years)})
    if _within_one_plan(question, eras):
        era = eras[0] if eras else own - 1
        return Slot(era, (Role.TARGET,)), Slot(era, (Role.ACTUAL,))
    earlier = eras[0] if eras and eras[0] < own else own - 1
    later = eras[-1] if len(eras) > 1 else own
    return Slot(earlier, _earlier_roles(question, earlier)), Slot(later, (Role.TARGET, Role.ACTUAL))


def fill(
    slot: Slot, candidates: Sequence[Match], measure: Indicator, other: Indicator | None
) -> Indicator | None:
    """The row that fits a slot best: of the very measure, of the best role, of the other side's unit, from a table."""
    fitting = [m for m in candidates if m.era == slot.era and m.row.role in slot.roles]
    if not fitting:
        return None
    best = min(
        fitting,
        key=lambda m: (
            not same_measure(m.row, measure),
            other is not None and difference(other, m.row) is None,
            slot.roles.index(m.row.role),
            other is not None and m.row.span != other.span,
            not m.row.attribute,
            -m.measure,
        ),
    )
    return best.row


def pair(question: Question, matches: Sequence[Match], own: int | None) -> tuple[Indicator, Indicator] | None:
    """Return the two values of one measure whose change a question asks for, the earlier (or the target) first.

    :param matches: rows of one region's documents, best first
    :param own: the five-year plan of the document the best row stands in
    """
    if own is None or not matches or not _between_periods(question):
        return None
    best = matches[0]
    periods = len(question.eras) + len(question.years)
    if periods < 2 and not _AGAINST.search(question.text) and _ITSELF_A_CHANGE.search(best.row.name):
        return None
    near = [
        m
        for m in matches
        if m.row.document == best.row.document
        and (same_measure(m.row, best.row) or m.measure > best.measure - ERA_WITHIN)
    ]
    first, second = _slots(question, own)
    before = fill(first, near, best.row, None)
    after = fill(second, near, before or best.row, before)
    return (before, after) if before and after and before != after else None


def unlike(one: Indicator, other: Indicator) -> str:
    """Tell why two values cannot be subtracted: ``words``, ``units`` or ``rhythm``; empty where they can."""
    if comparable(one, other):
        return ""
    a, b = quantity_of(one), quantity_of(other)
    if a is None or b is None:
        return "words"
    return "units" if a.unit != b.unit else "rhythm"


def plain_name(row: Indicator) -> str:
    """The name of a measure without 年均 and 人数, which one chapter prints and another leaves out."""
    return _INCIDENTAL.sub("", row.name)


def one_name(one: Indicator, other: Indicator) -> bool:
    """Whether two names say the same but for 年均 and 人数: 失业保险参保, 失业保险参保人数."""
    return plain_name(one) == plain_name(other)


def alike(one: Indicator, other: Indicator) -> bool:
    """Whether two names of a measure may stand for the same thing."""
    a, b = set(bigrams(one.name)), set(bigrams(other.name))
    return bool(a and b) and 2 * len(a & b) / (len(a) + len(b)) >= ALIKE


def same_subject(one: Indicator, other: Indicator) -> bool:
    """Whether values of two regions may answer one question: like names, or at least numbers of one kind."""
    a, b = quantity_of(one), quantity_of(other)
    return alike(one, other) or a is None or b is None or same_kind(a.unit, b.unit)


def across(one: Sequence[Indicator], other: Sequence[Indicator]) -> Difference | None:
    """Work out what the first comparable values of two regions differ by, the same role on both sides."""
    found = (
        difference(a, b)
        for a in one
        for b in other
        if a.role is b.role and alike(a, b) and (a.document != b.document)
    )
    return next((d for d in found if d), None)
