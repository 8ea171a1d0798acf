"""The lines of an answer that state values: what the question got wrong, what was worked out, the values themselves."""

from collections.abc import Callable, Sequence

from index.types import Indicator
from retrieval import comparison, wording
from retrieval.premise import Misnamed, Verdict
from retrieval.types import Difference, FactKind, Question, Statement

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


def lines(
    values: Sequence[Indicator],
    differences: Sequence[Difference],
    verdicts: Sequence[Verdict],
    cite: Cite,
    region: str | None,
) -> list[Statement]:
    """State the values of one part, each once though two chapters state it in the same words."""
    said = [_verdict(verdict, cite, region) for verdict in verdicts]
    said += [_worked(found, cite, region) for found in differences]
    told = {row for d in differences if d.before.span == d.after.span for row in (d.before, d.after)}
    first: dict[str, Indicator] = {}
    for row in (row for row in values if row not in told):
        first.setdefault(wording.value(row), row)
    return said + [Statement(text, cite(row), region) for text, row in first.items()]


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
