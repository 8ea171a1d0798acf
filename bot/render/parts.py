"""How the parts of an answer are put together, the same in every channel."""

from index import address
from retrieval import wording
from retrieval.types import Answer, Citation, IndicatorValue, Statement
from retrieval.wording import ROLE_NAMES, comparator_name, period_name

__all__ = [
    "ROLE_NAMES",
    "SUGGESTIONS_TITLE",
    "VALUES_TITLE",
    "comparator_name",
    "further_values",
    "grouped_statements",
    "period_name",
    "regions_of",
    "source_groups",
    "source_title",
    "source_titles",
    "statement_line",
    "unused_sources",
    "value_line",
]

VALUES_TITLE = "相关指标:"
SUGGESTIONS_TITLE = "还可以问:"


def statement_line(statement: Statement) -> str:
    """Word one line of the point with the number of the source it rests on."""
    return statement.text + (f"[{statement.source}]" if statement.source else "")


def _page(citation: Citation) -> str:
    return f"第{citation.page}页" if citation.page else ""


def source_title(citation: Citation) -> str:
    """Word where a citation stands: 《title》address(number;validity;page)."""
    facts = ";".join(part for part in (citation.number, citation.validity, _page(citation)) if part)
    return f"《{citation.title}》{citation.address}" + (f"({facts})" if facts else "")


def source_titles(answer: Answer) -> tuple[str, ...]:
    """Word where each citation stands; title and validity of a document once, its further places as 同上."""
    before = (None, *(citation.document for citation in answer.citations))
    return tuple(
        f"同上,{citation.address}{_page(citation) and f'({_page(citation)})'}"
        if citation.document == last
        else source_title(citation)
        for last, citation in zip(before, answer.citations, strict=False)
    )


def source_groups(answer: Answer) -> tuple[tuple[str, str, int | None], ...]:
    """The sources as they are listed: numbers, where, and the number whose words are shown with it.

    Places of one address that statements rest on (the rows of a table) are one line: ``[1]—[7]``.
    """
    unused, titles = set(unused_sources(answer)), source_titles(answer)
    runs: list[list[int]] = []
    for number, citation in enumerate(answer.citations, start=1):
        before = answer.citations[number - 2] if number > 1 else None
        same = before and (before.document, before.address) == (citation.document, citation.address)
        if same and not {number, number - 1} & unused:
            runs[-1].append(number)
        else:
            runs.append([number])
    return tuple(
        (
            f"[{run[0]}]" + (f"—[{run[-1]}]" if len(run) > 1 else ""),
            titles[run[0] - 1],
            run[0] if run[0] in unused else None,
        )
        for run in runs
    )


def value_line(value: IndicatorValue) -> str:
    """Word one value: name, value with unit, then period and role."""
    return wording.value(value.row)


def further_values(answer: Answer) -> tuple[str, ...]:
    """Word the values that the statements do not state already, each with its region and place."""
    said = {statement.text for statement in answer.statements}
    said |= {
        wording.value(row) for s in answer.statements if s.worked for row in (s.worked.before, s.worked.after)
    }
    lines = {value_line(value): value for value in answer.indicators}
    return tuple(
        f"{value.region} {line},见{address.display(value.row.clause)}"
        for line, value in lines.items()
        if line not in said
    )


def regions_of(answer: Answer) -> tuple[str, ...]:
    """List the regions the statements speak of, in order, when there is more than one; else nothing."""
    regions = tuple(dict.fromkeys(s.region for s in answer.statements if s.region))
    return regions if len(regions) > 1 else ()


def grouped_statements(answer: Answer) -> tuple[tuple[str, tuple[Statement, ...]], ...]:
    """Group the point by region where it speaks of several; lines of no region come last, under ``""``."""
    regions = regions_of(answer)
    if not regions:
        return (("", answer.statements),) if answer.statements else ()
    own = tuple((region, tuple(s for s in answer.statements if s.region == region)) for region in regions)
    rest = tuple(s for s in answer.statements if not s.region)
    return (*own, ("", rest)) if rest else own


def unused_sources(answer: Answer) -> tuple[int, ...]:
    """Number the citations that no statement rests on: they are shown with their words."""
    used = {statement.source for statement in answer.statements}
    return tuple(n for n in range(1, len(answer.citations) + 1) if n not in used)
