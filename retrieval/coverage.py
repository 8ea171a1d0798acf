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
    # all at once: an engine on another machine is asked once
    held = index.scores([plain, *(tokens for terms in phrases for tokens in terms)], rows)
    scores, ceiling, place = held[0], _reachable(index, plain), 1
    for terms in phrases:
        ceilings = [_reachable(index, tokens) for tokens in terms]
        reached = np.maximum(np.array(ceilings, np.float32), np.float32(_TINY))[:, None]
        weight = sum(ceilings) / len(ceilings)
        scores = scores + weight * np.max(held[place : place + len(terms)] / reached, axis=0)
        ceiling, place = ceiling + weight, place + len(terms)
    share: Scores = (scores / max(ceiling, _TINY)).astype(np.float32)
    return share
