"""Which of the terms that may have been meant were meant: a noisy channel over words (Kernighan, Church, Gale 1990).

A correction must make the words around it likelier by more than the slip itself is unlikely.
"""

from collections.abc import Iterable, Sequence
from itertools import pairwise

from index.types import Span
from retrieval.spelling.candidates import Candidate, Run
from retrieval.spelling.characters import Slip
from retrieval.spelling.terms import Terms
from retrieval.vocabulary import stopwords

# Minus the log-probability of a slip: that one was made at all, and that of all there are it was this one. Chosen on
# synthetic slips and correct sentences, see docs/evaluation.md.
COSTS = {
    Slip.SOUND: 7.0,
    Slip.NEAR_SOUND: 9.0,
    Slip.SHAPE: 10.0,
    Slip.SWAP: 8.0,
    Slip.MISSING: 9.0,
    Slip.DOUBLED: 7.0,
}
_ENDINGS = frozenset("省市区县州城镇乡村街道新东西南北中江河山海")  # of many places' names
MARGIN = 1.0  # how much likelier than any other the meant term must be
PLAIN = 4.0  # what it counts that a character now replaced is a word of its own that anyone uses: 搞技能 is not 高技能
SHORT = 3.5  # what a word of two characters must be likelier by, where nothing beside it speaks for it
JOINS = 3.0  # what it counts that the corpus says the term together with the word beside it


def _words_in(run: Run, span: Span) -> list[str]:
    inner = sorted(edge for edge in run.edges if span.start <= edge <= span.end)
    return [run.text[start:end] for start, end in pairwise(inner)]


def _beside(run: Run, span: Span) -> tuple[str, str]:
    """The words before and behind a span, empty at the ends of the run."""
    before = max((edge for edge in run.edges if edge < span.start), default=span.start)
    behind = min((edge for edge in run.edges if edge > span.end), default=span.end)
    return run.text[before : span.start], run.text[span.end : behind]


def _joins(run: Run, found: Candidate, terms: Terms) -> int:
    """With how many of the words beside it the corpus says the term."""
    before, behind = _beside(run, found.span)
    plain = stopwords() | {""}  # the corpus says every word after 的
    return sum(
        (
            before not in plain and terms.stands(before + found.term),
            behind not in plain and terms.stands(found.term + behind),
        )
    )


def _by_itself(run: Run, found: Candidate, terms: Terms) -> float:
    """How much likelier (log) a run is as a slip of ``found`` than as it stands, the words beside it left out."""
    typed = sum(terms.likelihood(word) for word in _words_in(run, found.span))
    costs = sum(COSTS[slip] for slip in found.slips)
    return terms.likelihood(found.term) - typed - costs


def _shows_through(run: Run, found: Candidate) -> bool:
    """Whether more is left of a region's name than a common ending: 青埔 is 青浦, 返城 is not 樊城."""
    typed = run.text[found.span.start : found.span.end]
    kept = {one for one, other in zip(typed, found.term, strict=False) if one == other}
    return not kept <= _ENDINGS


def _plain_words(run: Run, found: Candidate) -> int:
    """How many characters that stand alone in common speech the term replaces."""
    typed = run.text[found.span.start : found.span.end]
    pairs = zip(typed, found.term, strict=False) if len(typed) == len(found.term) else ()
    return sum(one != other and one in stopwords() for one, other in pairs)


def gain(run: Run, found: Candidate, terms: Terms) -> float:
    """How much likelier (log) a run is as a slip of ``found`` than as it stands."""
    alone = _by_itself(run, found, terms)
    reachable = alone > 0 or (len(found.term) > 2 and alone > -2 * JOINS)
    if not reachable or terms.stands(run.text[found.span.start : found.span.end]):
        return min(alone, 0.0)  # or the documents say it as it was typed
    if found.term in terms.regions and not _shows_through(run, found):
        return 0.0
    joins = _joins(run, found, terms)
    short = len(found.term) == 2 and not joins and found.term not in terms.regions
    return alone + JOINS * joins - SHORT * short - PLAIN * _plain_words(run, found)


def _result(run: Run, found: Candidate) -> str:
    return run.text[: found.span.start] + found.term + run.text[found.span.end :]


def _touch(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


def _is_clear(run: Run, score: float, one: Candidate, scored: Sequence[tuple[float, Candidate]]) -> bool:
    """Whether no other reading of the same characters comes near."""
    return all(
        other_score < score - MARGIN or _result(run, other) == _result(run, one)
        for other_score, other in scored
        if other != one and _touch(one.span, other.span)
    )


def choose(run: Run, found: Iterable[Candidate], terms: Terms) -> tuple[Candidate, ...]:
    """Return the corrections that are clearly meant, in the order of the text, none within another."""
    gains = ((gain(run, one, terms), one) for one in set(found))
    scored = sorted((pair for pair in gains if pair[0] > 0), key=lambda pair: (-pair[0], pair[1].term))
    chosen: list[Candidate] = []
    for score, one in scored:
        apart = not any(_touch(one.span, other.span) for other in chosen)
        if apart and _is_clear(run, score, one, scored):
            chosen.append(one)
    return tuple(sorted(chosen, key=lambda one: one.span))
