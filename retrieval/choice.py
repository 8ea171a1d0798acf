"""Which values a part of the answer states, which it shows beside them, and what it works out between them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from index.generation import Generation
from index.measures import same_measure
from index.types import Indicator, Role
from retrieval import asks, comparison, lists, premise
from retrieval.arithmetic import difference
from retrieval.kinds import NUMERIC
from retrieval.names import is_reckoned
from retrieval.periods import era_of_period
from retrieval.plans import is_plan
from retrieval.types import Difference, FactKind, Question
from retrieval.units_asked import wanted_units, wrong_unit
from retrieval.values import ERA_WITHIN, Match

VALUE_SCORE = (
    4.0  # how well a measure must fit to answer the question by itself; a chance fit reaches about 3
)
VALUE_WITHIN = 1.0  # rows this near the best one answer the same question
MAX_VALUES = 4  # values a part states
# 目标是什么, 有什么要求 ask for a value only where a measure of about that name is there: share of the question's terms
NAMED = 0.4

# Several numbers asked for at once: 多少家企业、挣多少; 分别是多少
_SEVERAL = re.compile(
    r"(?:多少|多大|多高|几[个家户亩万亿]).*(?:多少|多大|多高|几[个家户亩万亿])|分别|各(?:是|有|要|为)"
)

# Kinds that want words, even where 目标 or 完成 is said
_WORDS_WANTED = {FactKind.LIST, FactKind.CLAUSE, FactKind.PROCEDURE, FactKind.MATERIAL, FactKind.PLACE}


@dataclass(frozen=True, slots=True)
class Chosen:
    """Values stated, best first; values shown beside them; differences between stated ones; claims held against them."""

    values: tuple[Indicator, ...] = ()
    related: tuple[Indicator, ...] = ()
    worked: tuple[Difference, ...] = ()
    verdicts: tuple[premise.Verdict, ...] = ()
    unlike: bool = False  # a change was asked for between values that cannot be subtracted


def _asks_for_number(question: Question) -> bool:
    return bool(question.kinds & (NUMERIC | {FactKind.COMPARISON})) or comparison.asks_change(question)


def asks_for_value(question: Question) -> bool:
    """Whether a number, a target or an achievement is what the question is after."""
    return _asks_for_number(question) or (bool(question.roles) and not question.kinds & _WORDS_WANTED)


def _answers(question: Question, best: Match) -> bool:
    """Whether the best value fits well enough to answer by itself."""
    sure = _asks_for_number(question) or bool(premise.claims(question)) or best.named >= NAMED
    return sure and best.score >= VALUE_SCORE


_RATE = re.compile(r"(?<![费利税])率$")


def _is_total(row: Indicator) -> bool:
    """Whether a value counts a whole programme, which is no answer to what one person gets.

    So does what a plan has spent, and a rate such as that of unemployment; 费率 and 利率 are what one pays.
    """
    summed = "亿" in row.unit or "累计" in row.period or row.role is Role.ACTUAL
    return summed or not row.unit.endswith(("元", "%", "倍")) or bool(_RATE.search(row.name))


def _of_the_kind(question: Question, matches: Sequence[Match]) -> list[Match]:
    """The rows whose number may be what is asked: no sum of money where a share is, no head count where money is.

    Where several numbers are asked for, one of them may be of any kind.
    """
    if FactKind.AMOUNT in question.kinds and FactKind.SHARE not in question.kinds:
        return [m for m in matches if not _is_total(m.row)]
    if FactKind.SHARE not in question.kinds or _SEVERAL.search(question.text):
        return list(matches)
    wanted = wanted_units(question.text)
    return [m for m in matches if not wrong_unit(wanted, m.row)]


def _states_again(match: Match, best: Match) -> bool:
    """Whether a row states the same measure for the same period elsewhere, in the table or another chapter."""
    return same_measure(match.row, best.row) and (match.era, match.row.role) == (best.era, best.row.role)


def _stated(question: Question, matches: Sequence[Match]) -> tuple[Indicator, ...]:
    """The rows that answer by themselves, the best and those as near; one of each period asked about."""
    best = matches[0]
    near = [m for m in matches if m.score > best.score - VALUE_WITHIN or _states_again(m, best)]
    if best.row.role in question.roles:  # who asks for the baseline did not ask for the target
        near = [m for m in near if m.row.role in question.roles]
    # a plan's own table of indicators stands before what its chapters say of the same measure
    near.sort(key=lambda m: (not same_measure(m.row, best.row), not m.row.attribute))
    for era in question.eras:
        if not any(m.era == era for m in near):
            # the same measure in each period asked about, whatever its role there
            near += [m for m in matches if m.era == era and m.measure > best.measure - ERA_WITHIN][:1]
    return tuple(m.row for m in near)[:MAX_VALUES]


def _related(
    question: Question, stated: Sequence[Indicator], matches: Sequence[Match]
) -> tuple[Indicator, ...]:
    """Other values of the measures stated; those of the same sentence first where several were asked for."""
    rows = [m.row for m in matches if m.row not in stated]
    again = [row for row in rows if any(same_measure(row, other) for other in stated)]
    places = {(row.document, row.span) for row in stated[:1]}
    beside = [row for row in rows if (row.document, row.span) in places and row.role is stated[0].role]
    several = _SEVERAL.search(question.text)
    return tuple(dict.fromkeys((*beside, *again) if several else again))


def _own_era(matches: Sequence[Match], store: Generation) -> int | None:
    period = store.documents[matches[0].row.document].period
    return era_of_period(period) if period else None


def _change(question: Question, matches: Sequence[Match], own: int | None) -> Chosen | None:
    """The two values whose change is asked for."""
    two = comparison.pair(question, matches, own)
    if two is None:
        return None
    worked = difference(*two)
    return Chosen(two, _related(question, two, matches), (worked,) if worked else (), unlike=worked is None)


def _several(question: Question, matches: Sequence[Match], own: int | None) -> Chosen | None:
    """The values that the parts of a question ask for: of several periods or roles, or of several measures."""
    rows = asks.of_measures(question, matches) or asks.of_sides(question, matches, own)
    return Chosen(rows, _related(question, rows, matches)) if rows else None


def _judged(question: Question, stated: tuple[Indicator, ...], matches: Sequence[Match]) -> Chosen:
    """The values with what the question takes for granted held against them; where a wrong number comes from is told."""
    verdicts = premise.judge(question, stated, matches)
    values = tuple(dict.fromkeys((*stated, *(verdict.meant for verdict in verdicts if verdict.meant))))
    return Chosen(values, _related(question, values, matches), verdicts=verdicts)


def choose(question: Question, matches: Sequence[Match], store: Generation) -> Chosen:
    """Choose the values of one region.

    :param matches: the rows of the region's documents, best first
    """
    if not matches:
        return Chosen()
    # a rule's number is nothing without its conditions: the sentence answers, its values stand beside it
    matches = [m for m in matches if m.row.attribute or is_plan(store.documents[m.row.document])]
    if not matches:
        return Chosen()
    own = _own_era(matches, store)
    whole = lists.listed(question, matches, store, own)
    if whole.rows or question.attribute:
        return Chosen(whole.rows, worked=whole.worked)
    matches = [m for m in _of_the_kind(question, matches) if not is_reckoned(m.row.name)]
    wanted = asks_for_value(question)
    if not (wanted or premise.claims(question)) or not matches or not _answers(question, matches[0]):
        return Chosen()
    judged = _judged(question, _stated(question, matches), matches)
    if judged.verdicts and not premise.claims_change(question):
        return judged
    # only a number said in passing: without a value to hold it against, words answer better
    plain = replace(judged, verdicts=()) if wanted else Chosen()
    return (wanted and (_change(question, matches, own) or _several(question, matches, own))) or plain
