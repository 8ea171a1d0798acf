"""Several rankings of the same passages → one: pure functions over score vectors.

Scores are combined, not ranks: Bruch, Gai and Ingber, "An Analysis of Fusion Functions for Hybrid Retrieval",
ACM TOIS 42(1), 2023, https://arxiv.org/abs/2210.11934, find the convex combination of normalised scores ahead of
reciprocal rank fusion (Cormack, Clarke and Büttcher, SIGIR 2009) in and out of domain; so do
we (docs/evaluation.md, ADR 3).
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float32]

SAMPLED = 16_384  # scores that tell about where the best begin
SPARE = 1.2  # how many more than wanted they let through, so that hardly ever too few are


def standardise(scores: Scores, sample: Scores) -> Scores:
    """Express scores as standard deviations above the mean of a sample: ``(s − mean) / std``.

    :param scores: (n,) raw scores
    :param sample: (m,) scores of passages taken without regard to the question
    :return: (n,); all 0 where the sample does not vary
    """
    spread = float(sample.std()) if len(sample) else 0.0
    if spread == 0.0:
        return np.zeros_like(scores)
    deviations: Scores = ((scores - sample.mean()) / spread).astype(np.float32)
    return deviations


def combine(scores: Sequence[Scores], weights: Sequence[float]) -> Scores:
    """Fuse normalised score vectors: ``Σ wᵢ · sᵢ``, each (n,), higher is better."""
    fused, weighted = np.zeros_like(scores[0]), np.empty_like(scores[0])
    for vector, weight in zip(scores, weights, strict=True):
        fused += np.multiply(vector, np.float32(weight), out=weighted)
    return fused


def best_first(scores: Scores) -> NDArray[np.int64]:
    """Row numbers by falling score, equal scores by row number: (n,)."""
    return np.argsort(-scores, kind="stable").astype(np.int64)


def best_first_of(scores: Scores, most: int) -> NDArray[np.int64]:
    """Row numbers of the ``most`` best by falling score, equal scores by row number: (n,) or (most,)."""
    if len(scores) <= most:
        return best_first(scores)
    among = best_of(scores, most)
    return among[best_first(scores[among])]


def best_of(scores: Scores, most: int) -> NDArray[np.int64]:
    """Row numbers of the ``most`` best of more scores, ascending; of equal ones the first.

    Ordering a million takes longer than finding them, so they are cut by what a few of them say first.
    """
    few = scores[:: max(len(scores) // SAMPLED, 1)]
    rank = min(int(len(few) * most / len(scores) * SPARE) + 1, len(few))
    least = np.partition(few, -rank)[-rank]
    above = np.flatnonzero(scores > least)
    if len(above) > most:
        least = np.partition(scores[above], -most)[-most]
        above = above[scores[above] > least]
    level = np.flatnonzero(scores == least)
    if len(above) + len(level) < most:
        least = np.partition(scores, -most)[-most]
        above, level = np.flatnonzero(scores > least), np.flatnonzero(scores == least)
    return np.sort(np.concatenate([above, level[: most - len(above)]]))
