"""Terms and places typed in Latin letters: ``shiyejin`` → 失业金, ``shebao butie`` → 社保补贴, ``Qingpu`` → 青浦."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import product

from index.places import places
from index.types import Span
from retrieval.spelling.characters import is_syllable, readings
from retrieval.spelling.terms import Terms
from retrieval.spelling.types import Correction

_LETTERS = re.compile(r"[A-Za-z\u00fc\u00dc'\u2019]+(?:[ \t-]+[A-Za-z\u00fc\u00dc'\u2019]+)*")
_WORD = re.compile(r"[A-Za-z\u00fc\u00dc'\u2019]+")
_LONGEST_SYLLABLE = 6  # letters: zhuang
_LONGEST_KEY = 48  # letters of eight such syllables
_MOST_WORDS = 8  # typed words that may make one term
_SPELLINGS = 4  # of a term that holds characters of several readings
_SUFFIX = re.compile(r"(?<=..)[省市区县]$")


def _spellings(term: str) -> Iterator[str]:
    """The ways a term is spelt; none where a character has no known reading."""
    options = [readings(char) for char in term]
    for count, syllables in enumerate(product(*options)):
        if count == _SPELLINGS:
            break
        yield "".join(syllables)


def _letters(word: str) -> str:
    return re.sub(r"[^a-z]", "", word.lower().replace("\u00fc", "v"))


def is_spelt(letters: str) -> bool:
    """Whether letters can be cut into syllables of Mandarin."""
    ends = {0}
    for at in range(len(letters)):
        if at in ends:
            ends |= {
                at + size for size in range(1, _LONGEST_SYLLABLE + 1) if is_syllable(letters[at : at + size])
            }
    return bool(letters) and len(letters) in ends


def _longest(words: Sequence[re.Match[str]], lookup: Callable[[str], str]) -> tuple[int, str]:
    """How many of the first words spell something together, and what; 1 and nothing where none do."""
    for count in range(min(_MOST_WORDS, len(words)), 0, -1):
        meant = lookup("".join(_letters(word[0]) for word in words[:count]))
        if meant:
            return count, meant
    return 1, ""


def _each(text: str, lookup: Callable[[str], str]) -> Iterator[Correction]:
    """What neighbouring words spell together, the longest first, from left to right."""
    for run in _LETTERS.finditer(text):
        words = list(_WORD.finditer(text, run.start(), run.end()))
        while words:
            count, meant = _longest(words, lookup)
            if meant:
                span = Span(words[0].start(), words[count - 1].end())
                yield Correction(span, span.of(text), meant)
            words = words[count:]


class Spelt:
    """Terms and places by how they are spelt; tables are made when first asked for."""

    def __init__(self, terms: Terms) -> None:
        self._terms = terms

    @cached_property
    def _places(self) -> Mapping[str, str]:
        """Spelling → place: the regions of the documents before any other of the same spelling."""
        found: dict[str, str] = {}
        for name in (*sorted(self._terms.regions), *places()):
            for form in (name, _SUFFIX.sub("", name)):
                for spelling in _spellings(form):
                    found.setdefault(spelling, form)
        return found

    @cached_property
    def _spelt(self) -> Mapping[str, str]:
        """Spelling → the term the documents say most."""
        found: dict[str, str] = {}
        for term in sorted(self._terms.common, key=lambda term: (-self._terms.passages_with(term), term)):
            for spelling in _spellings(term):
                found.setdefault(spelling, term)
        return found

    def _cover(self, letters: str) -> str:
        """Read letters as spellings of terms, as few as can be; empty where that cannot be done."""
        covers: dict[int, tuple[str, ...]] = {0: ()}
        for end in range(1, len(letters) + 1):
            for start in range(max(end - _LONGEST_KEY, 0), end):
                term = self._spelt.get(letters[start:end])
                if term and start in covers and len(covers[start]) + 1 < len(covers.get(end, letters)):
                    covers[end] = (*covers[start], term)
        return "".join(covers.get(len(letters), ()))

    def place_names(self, text: str) -> tuple[Correction, ...]:
        """Find the places of ``text`` that are spelt, in order."""
        return tuple(_each(text, lambda letters: self._places.get(letters, "")))

    def term_names(self, text: str) -> tuple[Correction, ...]:
        """Find the terms of ``text`` that are spelt, in order."""
        return tuple(_each(text, lambda letters: self._cover(letters) if is_spelt(letters) else ""))
