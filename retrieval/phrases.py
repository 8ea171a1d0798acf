"""Exact words: where a phrase stands, to the letter."""

import re

import numpy as np

from index.generation import Generation
from index.types import Span
from retrieval.mentions import documents_with

# Marks a person types one way and a document prints another
_ALIKE = ('"“”「」', "(\uff08", ")\uff09", ",\uff0c", ":\uff1a")
_CLASSES = {mark: f"[{re.escape(marks)}]" for marks in _ALIKE for mark in marks}
MOST = 30  # documents a phrase is looked up in: nobody reads on


def _pattern(phrase: str) -> re.Pattern[str]:
    return re.compile("".join(_CLASSES.get(character) or re.escape(character) for character in phrase))


def row_at(store: Generation, document: str, span: Span) -> int:
    """Return the passage row in which a span begins; the last one before it where it stands between passages."""
    own = store.rows_of[document]
    begins = store.begins[own[0] : own[-1] + 1]
    position = int(np.searchsorted(begins, span.start, side="right")) - 1
    return int(own[max(position, 0)])


def rows_with(phrase: str, store: Generation) -> list[int]:
    """List the passage rows whose words hold ``phrase``, in order; quotation marks and width are ignored.

    Of more than ``MOST`` documents that may hold it the first are looked at.
    """
    wanted = phrase.strip()
    if not wanted:
        return []
    pattern = _pattern(wanted)
    rows = [
        row_at(store, document, Span(*found.span()))
        for document in documents_with(wanted, store)[:MOST]
        if len(store.rows_of[document])
        for found in pattern.finditer(store.texts[document])
    ]
    return list(dict.fromkeys(rows))
