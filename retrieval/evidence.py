"""A ranking → the shortest runs of whole sentences that carry the point."""

import re
from collections.abc import Sequence
from unicodedata import normalize

from index.store import Generation
from index.types import Passage
from retrieval.search import Ranking

_SPACE_AND_MARKS = re.compile(r"[\W_]+")


def _squash(words: str) -> str:
    return _SPACE_AND_MARKS.sub("", normalize("NFKC", words))


def _repeats(words: str, kept: Sequence[str]) -> bool:
    """Whether a sentence only says again what is already cited, as plans do from chapter to chapter."""
    return any(words in other or other in words for other in kept)


def choose(ranking: Ranking, store: Generation, limit: int) -> tuple[Passage, ...]:
    """Take the best passages, best first; a sentence that repeats another of its document is taken once."""
    chosen: list[Passage] = []
    squashed: dict[str, list[str]] = {}
    for row in ranking.rows:
        passage = store.passages[int(row)]
        words = _squash(passage.span.of(store.texts[passage.document]))
        seen = squashed.setdefault(passage.document, [])
        if not words or _repeats(words, seen):
            continue
        seen.append(words)
        chosen.append(passage)
        if len(chosen) == limit:
            break
    return tuple(chosen)
