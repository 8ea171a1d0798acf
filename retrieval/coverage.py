"""How much of a question a text holds: BM25 as a share of what holding every term would reach."""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from index.bm25 import K1, WordIndex
from retrieval.types import Question
from retrieval.vocabulary import stopwords

Scores = NDArray[np.float32]
Cut = Callable[[str], Sequence[str]]

_TINY = 1e-9  # keeps a share of nothing from dividing by zero


def _share(index: WordIndex, tokens: Sequence[str]) -> tuple[Scores, float]:
    """BM25 of every row (n,), and what a row of average length with every token once would reach."""
    ceiling = float(index.idf(tokens).sum()) / (1 + K1) if tokens else 0.0
    return index.scores(tokens), ceiling


def without_synonyms(question: Question) -> str:
    """The core without the everyday phrases the thesaurus knows."""
    plain = question.core
    for said, _ in question.synonyms:
        plain = plain.replace(said, " ")
    return plain


def coverage(index: WordIndex, cut: Cut, question: Question, period: str = "") -> Scores:
    """Share of the question's terms, weighted by rarity, that each row holds: (n,), about 0..1.

    An everyday phrase is one term, held by a row that holds it or any one of its official terms.
    """
    plain = [token for token in cut(f"{period} {without_synonyms(question)}") if token not in stopwords()]
    scores, ceiling = _share(index, plain)
    for said, official in question.synonyms:
        shares, ceilings = [], []
        for term in (said, *official):
            term_scores, term_ceiling = _share(index, cut(term))
            shares.append(term_scores / max(term_ceiling, _TINY))
            ceilings.append(term_ceiling)
        weight = sum(ceilings) / len(ceilings)
        scores = scores + weight * np.max(shares, axis=0)
        ceiling += weight
    return (scores / max(ceiling, _TINY)).astype(np.float32)
