"""How the parts of an answer are put together, the same in every channel."""

from retrieval import wording
from retrieval.types import Answer, Citation, IndicatorValue
from retrieval.wording import ROLE_NAMES, comparator_name, period_name

__all__ = [
    "ROLE_NAMES",
    "comparator_name",
    "period_name",
    "regions_of",
    "source_title",
    "unused_sources",
    "value_line",
]


def source_title(citation: Citation) -> str:
    """Word where a citation stands: 《title》address(number;validity)."""
    facts = ";".join(part for part in (citation.number, citation.validity) if part)
    return f"《{citation.title}》{citation.address}" + (f"({facts})" if facts else "")


def value_line(value: IndicatorValue) -> str:
    """Word one value: name, value with unit, then period and role."""
    return wording.value(value.row)


def regions_of(answer: Answer) -> tuple[str, ...]:
    """List the regions the statements speak of, in order, when there is more than one; else nothing."""
    regions = tuple(dict.fromkeys(s.region for s in answer.statements if s.region))
    return regions if len(regions) > 1 else ()


def unused_sources(answer: Answer) -> tuple[int, ...]:
    """Number the citations that no statement rests on: they are shown with their words."""
    used = {statement.source for statement in answer.statements}
    return tuple(n for n in range(1, len(answer.citations) + 1) if n not in used)
