"""Rows of the tables as the nouns of ``types``."""

from typing import Any

from index.types import Clause, ClauseKind, Indicator, Passage, Role, Span

_SPAN = ("span_start", "span_end")
CLAUSE_COLUMNS = ("path", "parent", "marker", "heading", "kind", "depth", *_SPAN, "own_start", "own_end")
PASSAGE_COLUMNS = ("clause", *_SPAN, "headings", "indexed_text", "digest")
INDICATOR_COLUMNS = (
    *("clause", "name", "role", "value", "unit", "comparator", "period", "attribute", "category"),
    *(*_SPAN, "value_start", "value_end", "corrected"),
)


def clause_of(document: str, _position: int, *row: Any) -> Clause:
    """A clause of its row: document, position, ``CLAUSE_COLUMNS``."""
    path, parent, marker, heading, kind, depth, *ends = row
    span, own = Span(ends[0], ends[1]), Span(ends[2], ends[3])
    return Clause(document, path, parent, marker, heading, ClauseKind(kind), depth, span, own)


def passage_of(document: str, position: int, *row: Any) -> Passage:
    """A passage of its row: document, position, ``PASSAGE_COLUMNS``."""
    clause, start, end, headings, text, digest = row
    return Passage(document, clause, position, Span(start, end), tuple(headings), text, digest)


def indicator_of(document: str, _position: int, *row: Any) -> Indicator:
    """An indicator of its row: document, position, ``INDICATOR_COLUMNS``."""
    clause, name, role, value, unit, comparator, period, attribute, category, *rest = row
    start, end, value_start, value_end, corrected = rest
    facts = (value, unit, comparator, period, attribute, category)
    spans = Span(start, end), Span(value_start, value_end)
    return Indicator(document, clause, name, Role(role), *facts, *spans, corrected)
