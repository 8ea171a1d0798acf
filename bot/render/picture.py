"""Answer → the chart of its values, where several of one measure are told."""

from collections.abc import Mapping
from typing import Any

from bot.charts.look import described
from bot.charts.prepare import chart_of
from bot.charts.svg import svg
from bot.errors import InputError
from bot.render.comparison import comparison, value_statements
from index.types import Document, Indicator
from retrieval.comparison import plain_name
from retrieval.types import Answer


def _rows(answer: Answer) -> list[Indicator]:
    """The values of the measure told first; those of every region where regions are compared."""
    stated = list(value_statements(answer).values())
    if comparison(answer):
        return stated
    first = (stated or [value.row for value in answer.indicators])[:1]
    told = [value.row for value in answer.indicators]
    return [
        row for row in told if (row.document, plain_name(row)) == (first[0].document, plain_name(first[0]))
    ]


def answer_chart(answer: Answer, documents: Mapping[str, Document]) -> dict[str, Any] | None:
    """Draw the values of an answer: ``title``, ``text`` (all of it in words) and ``svg``.

    None where fewer than two values of one measure can stand on one axis, or ``documents`` lacks one of theirs.
    """
    rows = _rows(answer)
    if len(rows) < 2 or any(row.document not in documents for row in rows):
        return None
    try:
        data = chart_of(rows, documents, rows[0].name)
    except InputError:  # values in words, or more than a phone can show
        return None
    if sum(len(group.bars) for group in data.groups) < 2:
        return None
    return {"title": data.title, "text": described(data), "svg": svg(data)}
