"""A question → the slips in it, each with the term that was meant."""

import re
from collections.abc import Iterable

from index.tokens import Tokenizer
from index.types import Span
from retrieval.spelling.candidates import candidates, cut
from retrieval.spelling.choose import choose
from retrieval.spelling.terms import HAN, Terms
from retrieval.spelling.types import Correction

MOST_LOOSE = (
    120  # characters of no word: a long question has some fifty, a text of more is no mistyped question
)
# What stands in quotation marks is meant to the letter.
_RUN = re.compile(rf"[“\"「『《][^”\"」』》]*[”\"」』》]|([{HAN}]{{2,}})")


def corrections(text: str, terms: Terms, tokenizer: Tokenizer) -> tuple[Correction, ...]:
    """Find the slips of ``text``, in order and without overlap; none where all words are known."""
    found: list[Correction] = []
    loose = 0
    for match in _RUN.finditer(text):
        run = cut(tokenizer.segments(match[1] or ""))
        loose += len(run.loose)
        if run.loose and loose <= MOST_LOOSE:
            for one in choose(run, candidates(run, terms), terms):
                span = Span(match.start() + one.span.start, match.start() + one.span.end)
                found.append(Correction(span, span.of(text), one.term))
    return tuple(found)


def apply(text: str, found: Iterable[Correction]) -> str:
    """Return ``text`` with its slips corrected."""
    for one in sorted(found, key=lambda one: one.span, reverse=True):
        text = text[: one.span.start] + one.meant + text[one.span.end :]
    return text
