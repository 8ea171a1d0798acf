"""Exact words: where a phrase stands, to the letter."""

from bisect import bisect_right

from index.generation import Generation
from index.types import Span
from retrieval.mentions import documents_with

# Marks a person types one way and a document prints another
_PLAIN = str.maketrans({"“": '"', "”": '"', "「": '"', "」": '"', "(": "(", ")": ")", ",": ",", ":": ":"})


def _places(phrase: str, text: str) -> list[int]:
    found, at = [], text.find(phrase)
    while at >= 0:
        found.append(at)
        at = text.find(phrase, at + 1)
    return found


def row_at(store: Generation, document: str, span: Span) -> int:
    """Return the passage row in which a span begins; the last one before it where it stands between passages."""
    own = store.rows_of[document]
    position = bisect_right(own, span.start, key=lambda row: store.passages[int(row)].span.start) - 1
    return int(own[max(position, 0)])


def rows_with(phrase: str, store: Generation) -> list[int]:
    """List the passage rows whose words hold ``phrase``, in order; quotation marks and width are ignored."""
    wanted = phrase.strip().translate(_PLAIN)
    if not wanted:
        return []
    rows = [
        row_at(store, document, Span(at, at + len(wanted)))
        for document in documents_with(wanted, store)
        if len(store.rows_of[document])
        for at in _places(
            wanted, store.texts[document].translate(_PLAIN)
        )  # one character for one, so that offsets hold
    ]
    return list(dict.fromkeys(rows))
