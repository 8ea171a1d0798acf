"""Answer → the JSON the web page draws: the contract's object and the parts that plain text runs together."""

from typing import Any

from bot.render import wire
from bot.render.comparison import Comparison, comparison
from bot.render.parts import ROLE_NAMES, comparator_name, period_name, source_title, value_line
from index import address
from retrieval.types import Answer, Citation, IndicatorValue, Statement


def statement(line: Statement) -> dict[str, Any]:
    """Render one line of the point; ``source`` numbers the citation (from 1) it rests on, or is null."""
    return {"text": line.text, "source": line.source, "region": line.region}


def citation(source: Citation) -> dict[str, Any]:
    """Render one citation; ``label`` is where it stands, in one line, as a person would cite it."""
    return {**wire.citation(source), "label": source_title(source)}


def indicator(value: IndicatorValue) -> dict[str, Any]:
    """Render one value as a table row.

    ``line`` is the whole row in one line, ``value_text`` the value with comparator and unit;
    ``value_start`` and ``value_end`` count in ``quote`` and cover the printed digits.
    """
    row = value.row
    where = f"《{value.title}》{address.display(row.clause)}"
    return {
        **wire.indicator(value),
        "line": value_line(value),
        "value_text": f"{comparator_name(row.comparator, row.value)}{row.value}{row.unit}",
        "period_name": period_name(row.period),
        "role_name": ROLE_NAMES[row.role],
        "label": where + (f"({value.validity})" if value.validity else ""),
        "value_start": row.value_span.start - row.span.start,
        "value_end": row.value_span.end - row.span.start,
    }


def comparison_object(found: Comparison) -> dict[str, Any]:
    """Render values side by side: a column a region, a row a role; an empty cell says that the region is silent."""
    return {
        "title": found.title,
        "regions": list(found.regions),
        "names": list(found.names),
        "rows": [
            {
                "label": row.label,
                "cells": [
                    [{"value": value, "period": period} for value, period in cell] for cell in row.cells
                ],
            }
            for row in found.rows
        ],
    }


def answer_object(answer: Answer, identifier: str = "") -> dict[str, Any]:
    """Render the contract's answer object with ``statements``, ``notes`` and the added keys above."""
    found = comparison(answer)
    return {
        **wire.answer_object(answer, identifier),
        "comparison": comparison_object(found) if found else None,
        "statements": [statement(line) for line in answer.statements],
        "notes": list(answer.notes),
        "citations": [citation(source) for source in answer.citations],
        "indicators": [indicator(value) for value in answer.indicators],
    }
