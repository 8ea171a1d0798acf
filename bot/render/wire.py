"""Answer → the JSON object of the command line and the web (field by field as in docs/contract.md)."""

from typing import Any

from bot.render.plain import plain
from retrieval.types import Answer, Citation, IndicatorValue


def citation(source: Citation) -> dict[str, Any]:
    """Render one citation; ``quote`` is ``text[start:end]`` of the document's stored text.

    ``page`` is there only for documents whose file has pages.
    """
    paged = {} if source.page is None else {"page": source.page}
    return {
        "document": source.document,
        "title": source.title,
        "region": source.region,
        "version": source.version,
        "clause": source.clause,
        "address": source.address,
        "number": source.number,
        "validity": source.validity,
        "quote": source.quote,
        "start": source.span.start,
        "end": source.span.end,
        **paged,
    }


def indicator(value: IndicatorValue) -> dict[str, Any]:
    """Render one indicator value with the words it was read from."""
    row = value.row
    return {
        "document": row.document,
        "region": value.region,
        "name": row.name,
        "role": row.role.value,
        "value": row.value,
        "unit": row.unit,
        "comparator": row.comparator,
        "period": row.period,
        "attribute": row.attribute,
        "category": row.category,
        "clause": row.clause,
        "corrected": row.corrected,
        "quote": value.quote,
        "start": row.span.start,
        "end": row.span.end,
    }


def answer_object(answer: Answer, identifier: str = "") -> dict[str, Any]:
    """Render the whole answer object."""
    return {
        "id": identifier,
        "question": answer.question,
        "status": answer.status.value,
        "answer": plain(answer),
        "citations": [citation(source) for source in answer.citations],
        "indicators": [indicator(value) for value in answer.indicators],
        "missing": list(answer.missing),
        "suggestions": list(answer.suggestions),
        "timing_ms": {stage: round(ms, 3) for stage, ms in answer.timing_ms.items()},
    }
