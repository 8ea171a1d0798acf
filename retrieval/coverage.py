"""How much of a question a text holds: BM25 as a share of what holding every term would reach."""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from index.backends import Words
from index.bm25 import K1
from retrieval.types import Question
from retrieval.vocabulary import stopwords

Scores = NDArray[np.float32]
Rows = NDArray[np.int64]
Cut = Callable[[str], Sequence[str]]

_TINY = 1e-9  # keeps a share of nothing from dividing by zero


def _reachable(index: Words, tokens: Sequence[str]) -> float:
    """What a row of average length that holds every token once would score."""
    return float(index.vocabulary.idf(tokens).sum()) / (1 + K1) if tokens else 0.0


def without_synonyms(question: Question) -> str:
    """The core without the everyday phrases the thesaurus knows."""
    plain = question.core
    for said, _ in question.synonyms:
        plain = plain.replace(said, " ")
    return plain


def coverage(
    index: Words, cut: Cut, question: Question, period: str = "", rows: Rows | None = None
) -> Scores:
    """Share of the question's terms, weighted by rarity, that each row holds: (n,), about 0..1.

    An everyday phrase is one term, held by a row that holds it or any one of its official terms.

    :param rows: only these matter; all of them when None
    """
    plain = [token for token in cut(f"{period} {without_synonyms(question)}") if token not in stopwords()]
    phrases = [[cut(term) for term in (said, *official)] for said, official in question.synonyms]
    ceilings = [[_reachable(index, tokens) for tokens in terms] for terms in phrases]
    groups = [
        [(tokens, max(most, _TINY)) for tokens, most in zip(*pair, strict=True)]
        for pair in zip(phrases, ceilings, strict=True)
    ]
    # all at once: an engine on another machine is asked once
    held = index.reach([[(plain, 1.0)], *groups], rows)
    share: Scores = held[0]
    ceiling = _reachable(index, plain)
    for reached, own in zip(held[1:], ceilings, strict=True):
        weight = sum(own) / len(own)
        share += weight * reached
        ceiling += weight
    covered: Scores = share / max(ceiling, _TINY)
    return covered
