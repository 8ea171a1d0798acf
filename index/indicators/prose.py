"""Values in sentences: each number goes to the nearest measure before it, or to the thing it counts after it."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from index.indicators.changes import find_origins
from index.indicators.completions import Measure
from index.indicators.horizon import Horizon
from index.indicators.periods import Mark, find_marks, rhythm
from index.indicators.roles import carries, is_forecast, is_stock, period_of, read_cues, role_of
from index.indicators.subjects import read_measures
from index.indicators.units import is_counting
from index.indicators.values import Amount, find_amounts
from index.indicators.words import find_worded
from index.types import Role, Span

_SENTENCE = re.compile(r"[^。!?\n]+[。!?]?")
_NOUN = re.compile(r"的?[一-龥]{2,10}")
_PART = re.compile(r"[^;]+;?")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of prose: where it stands, what its chapter says of its values, the region words names leave out.

    In the cell of a table, ``subject`` names what no words of its own name, and ``mark`` is the time of its column.
    """

    span: Span
    chapter: Role | None
    region: re.Pattern[str]
    subject: str = ""
    mark: Mark | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """One value of a sentence with its role and period; ``part`` is the sentence part it was read from."""

    part: Span
    measure: Measure
    role: Role
    period: str


def _amounts(view: str, part: Span) -> list[Amount]:
    """List the values of a part in order, digits and words alike, none over another."""
    found = [*find_amounts(view, part.start, part.end), *find_worded(view, part.start, part.end)]
    found.sort(key=lambda amount: amount.value)
    kept: list[Amount] = []
    for amount in found:
        if kept and amount.value.start < kept[-1].value.end:
            continue
        if kept and _qualifies(view, kept[-1], amount):
            kept.pop()
        kept.append(amount)
    return kept


def _qualifies(view: str, money: Amount, counted: Amount) -> bool:
    """Whether a sum only describes what is counted next: 产值超10亿元企业20家."""
    is_money = money.unit.endswith("元") and money.comparator in {">", ">="} and is_counting(counted.unit)
    return is_money and _NOUN.fullmatch(view, money.reach.end, counted.reach.start) is not None


def _parts(folded: str, sentence: Span) -> Iterator[Span]:
    """Yield the runs between semicolons, without surrounding blanks."""
    for found in _PART.finditer(folded, sentence.start, sentence.end):
        text = found[0]
        start = found.start() + len(text) - len(text.lstrip())
        yield Span(start, found.start() + len(text.rstrip(" ;\t")))


def _last_before(marks: Sequence[Mark], start: int) -> Mark | None:
    before = bisect_left(marks, start, key=lambda mark: mark.start)
    return marks[before - 1] if before else None


def _read_sentence(
    folded: str,
    view: str,
    sentence: Span,
    marks: Sequence[Mark],
    origins: Sequence[Mark],
    carried: Mark | None,
    line: Line,
    when: Horizon,
) -> Iterator[Reading]:
    total = False
    for part in _parts(folded, sentence):
        amounts = _amounts(view, part)
        if not amounts:
            continue
        cues = read_cues(folded, part.start, part.end)
        for measure in read_measures(folded, part, amounts, line.region, line.subject):
            start, unit = measure.amount.value.start, measure.amount.unit
            named = _last_before(origins if measure.outgoing else marks, start)
            role = Role.BASELINE if measure.outgoing else role_of(cues, named, carried, line.chapter, when)
            stock = is_stock(measure.name, unit)
            beat = rhythm(measure.before, unit)
            beat = "" if stock and beat == "累计" else beat
            # An 累计 holds for the measures after it until one that cannot add up is named outright (实有…规模).
            total = (total or beat == "累计") and not (stock and unit[:1] != "%")
            # A rate of pay is a standard, no figure of the year that a sentence before it named.
            mark = named or (carried if not measure.each and carries(carried, role, when) else None)
            if beat and not named and mark and not mark.plan:
                # 每年提升1个百分点 after a sentence about 2023 is no figure of 2023
                mark = None
            period = period_of(role, mark, beat or ("累计" if total and not stock else ""), unit, when)
            yield Reading(part, measure, role, period)


def _carried_on(text: str, sentence: Span, marks: Sequence[Mark], carried: Mark | None) -> Mark | None:
    """Return the time that a sentence leaves to the next ones: its last, unless something is only forecast for it."""
    if not marks:
        return carried
    return None if is_forecast(text, sentence.start, marks[-1].start) else marks[-1]


def read_line(folded: str, view: str, line: Line, when: Horizon) -> Iterator[Reading]:
    """Yield the values of one line of prose in order.

    ``folded`` is the text with full-width forms narrowed, ``view`` the same with digits that are never values
    hidden; both are as long as the stored text. A time named in one sentence carries on to the next ones.
    """
    carried = line.mark
    for found in _SENTENCE.finditer(folded, line.span.start, line.span.end):
        sentence = Span(*found.span())
        runs = find_origins(folded, sentence)
        marks: list[Mark] = []
        origins: list[Mark] = []
        for mark in find_marks(folded, sentence.start, sentence.end):
            (origins if any(run.start <= mark.start < run.end for run in runs) else marks).append(mark)
        yield from _read_sentence(folded, view, sentence, marks, origins, carried, line, when)
        carried = _carried_on(folded, sentence, marks, carried)
