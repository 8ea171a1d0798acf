"""A question as typed → as it is understood."""

import re
from collections.abc import Iterable
from functools import cached_property

from index.generation import Generation
from index.lexicon import Lexicon
from index.tokens import Tokenizer
from retrieval.spelling.addresses import plain_addresses
from retrieval.spelling.correct import apply, corrections
from retrieval.spelling.english import translated
from retrieval.spelling.pinyin import Spelt, is_spelt
from retrieval.spelling.script import simplified
from retrieval.spelling.terms import HAN, Terms
from retrieval.spelling.types import Correction, Reading

_HAN_CHAR = re.compile(rf"[{HAN}]")
_LETTERS = re.compile(r"[^\W\d_]{2,}")
_LATIN = re.compile(r"[A-Za-z\u00fc\u00dc]{3,}")  # fewer letters spell no term


def _meant(found: Iterable[Correction]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one.meant for one in found))


class Reader:
    """Reads questions over one generation; tables are loaded when the first question needs them."""

    def __init__(self, store: Generation, tokenizer: Tokenizer, lexicon: Lexicon) -> None:
        self._tokenizer = tokenizer
        self._terms = Terms(store, tokenizer, lexicon)

    @cached_property
    def _spelt(self) -> Spelt:
        return Spelt(self._terms)

    def read(self, text: str) -> Reading:
        """Correct the slips of a question; a question all of whose words are known comes back as it is."""
        if not _HAN_CHAR.search(text):
            return self._letters_only(text)
        plain = plain_addresses(simplified(text, self._terms))
        spelt = self._spelt.term_names(plain) if _LATIN.search(plain) else ()
        plain = apply(plain, spelt)
        placed = self._spelt.place_names(plain) if _LATIN.search(plain) else ()
        plain = apply(plain, placed)
        slips = corrections(plain, self._terms, self._tokenizer)
        return Reading(apply(plain, slips), _meant((*placed, *spelt, *slips)))

    def _letters_only(self, text: str) -> Reading:
        """Read a question without a Chinese character: typed in pinyin, or in another language."""
        words = _LETTERS.findall(text)
        if not words:
            return Reading(text)
        placed = self._spelt.place_names(text)
        rest = apply(text, placed)
        if all(is_spelt(word.lower()) for word in words):
            spelt = self._spelt.term_names(rest)
            if spelt:
                return Reading(apply(rest, spelt), _meant((*placed, *spelt)))
        return Reading(translated(rest), foreign=True)
