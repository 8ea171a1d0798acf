"""A ranking → the shortest runs of whole sentences that carry the point."""

import re
from collections.abc import Collection, Sequence
from unicodedata import normalize

from index.store import Generation
from index.types import Passage, Span
from retrieval.search import Ranking
from retrieval.types import Evidence

# A neighbouring sentence joins a quotation when it fits nearly as well as the best sentence of all: an answer often
# stands in two sentences side by side. Rows in the ablation table, docs/evaluation.md.
NEAR_SHARE = 0.7  # of the best passage's own score
NEAR_ROWS = 16  # sentences looked through for neighbours
MAX_RUN = 240  # characters of a joined quotation: a phone shows it without scrolling

_SPACE_AND_MARKS = re.compile(r"[\W_]+")


def _squash(words: str) -> str:
    return _SPACE_AND_MARKS.sub("", normalize("NFKC", words))


def _repeats(words: str, kept: Sequence[str]) -> bool:
    """Whether a sentence only says again what is already cited, as plans do from chapter to chapter."""
    return any(words in other or other in words for other in kept)


def _near(ranking: Ranking) -> dict[int, float]:
    """The rows that fit nearly as well as the best, with their scores."""
    rows, scores = ranking.rows[:NEAR_ROWS].tolist(), ranking.own[:NEAR_ROWS].tolist()
    return {row: s for row, s in zip(rows, scores, strict=True) if s >= NEAR_SHARE * scores[0] > 0}


def _is_sentence_of(passage: Passage, clause: Passage, store: Generation) -> bool:
    """Whether a passage is a sentence, not a table row, of the clause another one stands in."""
    same = (passage.document, passage.clause) == (clause.document, clause.clause)
    return same and "|" not in passage.span.of(store.texts[passage.document])


def _run(row: int, near: Collection[int], scores: dict[int, float], store: Generation) -> tuple[int, int]:
    """Grow a quotation from one row over its near neighbours, the better side first: first and last row."""
    first = last = row
    own = store.passages[row]
    if not _is_sentence_of(own, own, store):
        return first, last
    while True:
        sides = [
            n for n in (first - 1, last + 1) if n in near and _is_sentence_of(store.passages[n], own, store)
        ]
        fitting = [
            n
            for n in sides
            if store.passages[max(last, n)].span.end - store.passages[min(first, n)].span.start <= MAX_RUN
        ]
        if not fitting:
            return first, last
        best = max(fitting, key=lambda n: scores[n])
        first, last = min(first, best), max(last, best)


def choose(ranking: Ranking, store: Generation, limit: int) -> tuple[Evidence, ...]:
    """Take the best sentences with their near neighbours, best first; what repeats its document is taken once."""
    chosen: list[Evidence] = []
    squashed: dict[str, list[str]] = {}
    scores = _near(ranking)
    free = set(scores)
    for row in ranking.rows.tolist():
        if row in scores and row not in free:
            continue
        first, last = _run(row, free, scores, store)
        own = store.passages[row]
        span = Span(store.passages[first].span.start, store.passages[last].span.end)
        words = _squash(span.of(store.texts[own.document]))
        seen = squashed.setdefault(own.document, [])
        if not words or _repeats(words, seen):
            continue
        free -= set(range(first, last + 1))
        seen.append(words)
        chosen.append(Evidence(own.document, own.clause, span))
        if len(chosen) == limit:
            break
    return tuple(chosen)
