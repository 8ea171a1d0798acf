"""A span of a document → a citation with its address and validity."""

from datetime import date

from index import address
from index.store import Generation
from index.types import Document, Indicator, Span
from retrieval import wording
from retrieval.types import Citation, IndicatorValue


def validity(document: Document, today: date) -> str:
    """Word a document's period and whether it has ended; empty where the document states none."""
    period = document.period
    return wording.validity(str(period), period.ended(today)) if period else ""


def cite(document: Document, clause: str, span: Span, text: str, today: date) -> Citation:
    """Cite ``text[span]`` of a document."""
    return Citation(
        document=document.id,
        title=document.title,
        region=document.region,
        version=document.version,
        clause=clause,
        address=address.display(clause),
        quote=span.of(text),
        span=span,
        number=document.number,
        validity=validity(document, today),
    )


def cite_value(row: Indicator, store: Generation, today: date) -> IndicatorValue:
    """Show an indicator row with the words it was read from."""
    document = store.documents[row.document]
    return IndicatorValue(
        row=row,
        title=document.title,
        region=document.region,
        quote=row.span.of(store.texts[row.document]),
        validity=validity(document, today),
    )
