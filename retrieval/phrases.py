"""Exact words: where a phrase stands, to the letter."""

import re
import sys
from collections.abc import Collection, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from index.generation import Generation
from index.types import Span
from retrieval.mentions import documents_with

# Marks a person types one way and a document prints another
_ALIKE = ('"“”「」', "(\uff08", ")\uff09", ",\uff0c", ":\uff1a")
_CLASSES = {mark: f"[{re.escape(marks)}]" for marks in _ALIKE for mark in marks}
CITED = 30  # documents that hold a phrase, for an answer: it cites three


def _pattern(phrase: str) -> re.Pattern[str]:
    return re.compile("".join(_CLASSES.get(character) or re.escape(character) for character in phrase))


def row_at(store: Generation, document: str, span: Span) -> int:
    """Return the passage row in which a span begins; the last one before it where it stands between passages."""
    own = store.rows_of[document]
    begins = store.begins[own[0] : own[-1] + 1]
    position = int(np.searchsorted(begins, span.start, side="right")) - 1
    return int(own[max(position, 0)])


def rows_within(store: Generation, document: str, span: Span) -> Iterator[int]:
    """Yield the passage rows of a document whose words stand inside a span, in order."""
    own = store.rows_of[document]
    if not len(own):
        return
    # passages stand in the order of the text: only those that begin inside are looked at
    begins = store.begins[own[0] : own[-1] + 1]
    first, last = np.searchsorted(begins, span.start), np.searchsorted(begins, span.end, side="right")
    yield from (row for row in own[first:last].tolist() if store.passages[row].span in span)


def rows_with(
    phrase: str, store: Generation, documents: Collection[str] | None = None, most: int = sys.maxsize
) -> list[int]:
    """List the passage rows whose words hold ``phrase``, in order; quotation marks and width are ignored.

    :param documents: only these are looked at; all of them when None
    :param most: documents that hold it after which nobody reads on
    """
    wanted = phrase.strip()
    if not wanted:
        return []
    pattern, rows, holding = _pattern(wanted), [], 0
    for document in documents_with(wanted, store):
        if (documents is not None and document not in documents) or not len(store.rows_of[document]):
            continue
        found = [row_at(store, document, Span(*at.span())) for at in pattern.finditer(store.texts[document])]
        rows += found
        holding += bool(found)
        if holding >= most:
            break
    return list(dict.fromkeys(rows))


def quoted_rows(phrases: Sequence[str], store: Generation, documents: Collection[str]) -> NDArray[np.int64]:
    """The passage rows of some documents that hold any of the phrases to the letter: as many as an answer may cite."""
    held = [row for phrase in phrases for row in rows_with(phrase, store, documents, CITED)]
    return np.unique(np.array(held, dtype=np.int64))
