"""A span of a document → a citation with its address and validity."""

from bisect import bisect_right
from collections.abc import Sequence
from datetime import date

from index import address
from index.generation import Generation
from index.types import Document, Indicator, Span
from retrieval import wording
from retrieval.types import Citation, IndicatorValue


def page_of(pages: Sequence[int], offset: int) -> int | None:
    """Return the page, from 1, that a character stands on; ``None`` where the file has no pages.

    :param pages: offsets at which the pages begin, ascending
    """
    return max(bisect_right(pages, offset), 1) if pages else None


def cite(document: Document, clause: str, span: Span, store: Generation, today: date) -> Citation:
    """Cite ``span`` of a document's stored text."""
    return Citation(
        document=document.id,
        title=document.title,
        region=document.region,
        version=document.version,
        clause=clause,
        address=address.display(clause),
        quote=span.of(store.texts[document.id]),
        span=span,
        number=document.number,
        validity=wording.validity(document, today),
        page=page_of(store.pages.get(document.id, ()), span.start),
    )


def cite_value(row: Indicator, store: Generation, today: date) -> IndicatorValue:
    """Show an indicator row with the words it was read from."""
    document = store.documents[row.document]
    return IndicatorValue(
        row=row,
        title=document.title,
        region=document.region,
        quote=row.span.of(store.texts[row.document]),
        validity=wording.validity(document, today),
    )
