"""The lines of an answer that state values: what the question got wrong, what was worked out, the values themselves."""

import re
from collections.abc import Callable, Hashable, Sequence

from index.types import Indicator, Period
from retrieval import comparison, wording
from retrieval.arithmetic import PERCENT, is_annual, quantity_of
from retrieval.periods import covers_year, era_of_period, era_of_row
from retrieval.premise import Misnamed, Verdict
from retrieval.types import Difference, FactKind, Question, Statement

_EACH_YEAR = re.compile(r"每年|年均|平均一年|(?<![零〇一二三四五六七八九十\d])一年(?!级|内|前|后|以)")

Cite = Callable[[Indicator], int]  # the number of the citation a row rests on


def _verdict(verdict: Verdict, cite: Cite, region: str | None) -> Statement:
    printed = wording.amount(verdict.row)
    if verdict.holds:
        return Statement(wording.CONFIRMED.format(printed=printed), cite(verdict.row), region)
    if verdict.meant:
        return Statement(
            wording.meant(verdict.claim.said, verdict.meant, verdict.row), cite(verdict.row), region
        )
    text = wording.DENIED.format(printed=printed, said=verdict.claim.said)
    return Statement(text, cite(verdict.row), region, denied=verdict.claim.said)


def _worked(found: Difference, cite: Cite, region: str | None) -> Statement:
    """One line for what was worked out; it rests on one citation where both values stand in one row of a table."""
    source = cite(found.after) if found.before.span == found.after.span else None
    return Statement(wording.difference(found), source, region, worked=found)


def _fact(row: Indicator) -> Hashable:
    """What two rows share that say the same: of one name, number, role, plan and rhythm."""
    return row.name, row.value, row.unit, row.role, era_of_row(row, None), is_annual(row)


def lines(
    values: Sequence[Indicator],
    differences: Sequence[Difference],
    verdicts: Sequence[Verdict],
    cite: Cite,
    region: str | None,
) -> list[Statement]:
    """State the values of one part, each once though table and chapters state it in other words: 98%, 不低于98%."""
    said = [_verdict(verdict, cite, region) for verdict in verdicts]
    said += [_worked(found, cite, region) for found in differences]
    told = {row for d in differences if d.before.span == d.after.span for row in (d.before, d.after)}
    first: dict[Hashable, Indicator] = {}
    for row in (row for row in values if row not in told):
        first.setdefault(_fact(row), row)
    return said + [Statement(wording.value(row), cite(row), region) for row in first.values()]


def misnamed(found: Misnamed, source: int) -> Statement:
    """One line for a name that no document holds."""
    text = wording.MISNAMED.format(said=found.said, printed=found.printed)
    return Statement(text, source, denied=found.said)


def _compares(question: Question) -> bool:
    return FactKind.COMPARISON in question.kinds or comparison.asks_change(question)


def contrast(question: Question, parts: Sequence[tuple[str, Sequence[Indicator]]]) -> list[Statement]:
    """What the values of two regions differ by, where a comparison was asked for and they can be compared.

    :param parts: each region with its values, silent regions left out
    """
    if len(parts) != 2 or not _compares(question):
        return []
    (one, rows), (other, others) = parts
    found = comparison.across(rows, others)
    if found is None:
        return []
    return [Statement(wording.contrast(one, other, found), worked=found)]


def caveats(question: Question, parts: Sequence[tuple[str, Sequence[Indicator]]]) -> list[str]:
    """What to mind when values of two regions are read side by side: other names, other units, other rhythm."""
    if len(parts) != 2 or not _compares(question):
        return []
    (one, rows), (other, others) = parts
    a = rows[0]
    b = next((row for row in others if row.role is a.role), others[0])
    notes = [] if comparison.one_name(a, b) else [wording.other_names(one, a.name, other, b.name)]
    wordy = comparison.unlike(a, b) == "words" and not comparison.asks_change(question)
    return notes if wordy else [*notes, *mind(a, b)]


def mind(one: Indicator, other: Indicator) -> list[str]:
    """Why two values cannot be subtracted."""
    why = comparison.unlike(one, other)
    return [wording.UNLIKE[why].format(one=wording.amount(one), other=wording.amount(other))] if why else []


def unstated(question: Question, rows: Sequence[Indicator], period: Period | None) -> list[str]:
    """What the values of one region leave open of when: a year between two that are stated, one year of a whole plan."""
    own = era_of_period(period) if period else None
    within = [year for year in question.years if period is None or year <= period.last]
    years = [year for year in within if not any(covers_year(row, year, own) for row in rows)]
    notes = [wording.NO_SUCH_YEAR.format(years="、".join(f"{year}年" for year in years))] if years else []
    amounts = [row for row in rows if (read := quantity_of(row)) and read.unit != PERCENT]
    if _EACH_YEAR.search(question.text) and amounts and not any(map(is_annual, amounts)):
        notes.append(wording.NOT_ANNUAL)
    return notes
