"""A run of Chinese characters → the terms that may have been meant by parts of it.

Only what does not read as it stands is looked at: characters that the dictionary joins to no word. A known word is
left alone, but for one slip inside a long term (失业保现金 for 失业保险金).
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from index.types import Span
from retrieval.spelling.characters import Slip, alike
from retrieval.spelling.terms import LONG, LONGEST, Terms

ENOUGH = 4  # characters from which a term shows through a slip that made another word


@dataclass(frozen=True, slots=True)
class Run:
    """Chinese characters and where the words of the dictionary end in them."""

    text: str
    edges: frozenset[int]  # 0, the end of each word, the length
    loose: frozenset[int]  # positions of characters that stand alone


@dataclass(frozen=True, slots=True)
class Candidate:
    """``term`` may be meant by the characters ``span`` of a run."""

    span: Span
    term: str
    slips: tuple[Slip, ...]


def cut(words: Sequence[str]) -> Run:
    """Put the words of a run together again, keeping where they end."""
    ends = list(accumulate(map(len, words), initial=0))
    loose = (start for start, word in zip(ends, words, strict=False) if len(word) == 1)
    return Run("".join(words), frozenset(ends), frozenset(loose))


def _terms(run: Run, changed: Span, meant: str, slips: tuple[Slip, ...], terms: Terms) -> Iterator[Candidate]:
    """The terms that come about, between the edges of words, when the characters ``changed`` are replaced."""
    text, grown = run.text, len(meant) - (changed.end - changed.start)
    ends = [end for end in run.edges if changed.end <= end <= changed.start + LONGEST - grown]
    for start in run.edges:
        if changed.end - LONGEST <= start <= changed.start:
            head = text[start : changed.start] + meant
            for end in ends:
                term = head + text[changed.end : end]
                if terms.holds(term):
                    yield Candidate(Span(start, end), term, slips)


def _shown(run: Run, found: Iterable[Candidate], changed: set[int]) -> Iterator[Candidate]:
    """The terms that show through: long ones where the slip made another word of the dictionary."""
    return (one for one in found if changed & run.loose or len(one.term) >= ENOUGH)


def _one_replaced(run: Run, at: int, terms: Terms) -> Iterator[Candidate]:
    changed = Span(at, at + 1)
    # a replaced character goes with the one before or the one behind it
    fits = terms.followers(run.text[max(at - 1, 0) : at]) + terms.leaders(run.text[at + 1 : at + 2])
    for meant, slip in alike(run.text[at]).items():
        if meant in fits:
            yield from _shown(run, _terms(run, changed, meant, (slip,), terms), {at})


def _two_replaced(run: Run, at: int, terms: Terms) -> Iterator[Candidate]:
    """Two characters side by side, each for one of the same sound: 是也保险 for 失业保险."""
    first, second = (
        {meant for meant, slip in alike(char).items() if slip is Slip.SOUND} for char in run.text[at : at + 2]
    )
    for one in first:
        for other in second.intersection(terms.followers(one)):
            found = _terms(run, Span(at, at + 2), one + other, (Slip.SOUND, Slip.SOUND), terms)
            yield from (candidate for candidate in found if len(candidate.term) > 2)


def _swapped(run: Run, at: int, terms: Terms) -> Iterator[Candidate]:
    meant = run.text[at + 1] + run.text[at]
    if meant[0] != meant[1] and terms.is_pair(meant):
        yield from _shown(run, _terms(run, Span(at, at + 2), meant, (Slip.SWAP,), terms), {at, at + 1})


def _one_missing(run: Run, at: int, terms: Terms) -> Iterator[Candidate]:
    for meant in terms.between(run.text[at - 1 : at + 1]):
        for found in _terms(run, Span(at, at), meant, (Slip.MISSING,), terms):
            if len(found.term) >= LONG and found.span.start < at < found.span.end:
                yield found


def _one_doubled(run: Run, at: int, terms: Terms) -> Iterator[Candidate]:
    """A character that only says again the sound before or behind it."""
    beside = run.text[max(at - 1, 0) : at] + run.text[at + 1 : at + 2]
    char = run.text[at]
    if char in beside or any(alike(char).get(other) is Slip.SOUND for other in beside):
        for found in _terms(run, Span(at, at + 1), "", (Slip.DOUBLED,), terms):
            if len(found.term) > 2 and found.span.start < at < found.span.end - 1:
                yield found


def candidates(run: Run, terms: Terms) -> Iterator[Candidate]:
    """List what may have been meant by parts of a run; nothing where every character belongs to a known word."""
    if not run.loose:
        return
    for at in range(len(run.text)):
        last = at + 1 == len(run.text)
        if {at - 1, at, at + 1} & run.loose:
            yield from _one_replaced(run, at, terms)
            yield from () if last else _swapped(run, at, terms)
        if at in run.loose:
            yield from _one_doubled(run, at, terms)
        if not last and {at, at + 1} & run.loose:
            yield from _one_missing(run, at + 1, terms)
        if not last and {at, at + 1} <= run.loose:
            yield from _two_replaced(run, at, terms)
