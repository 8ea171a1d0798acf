"""Whether the documents speak of what was asked at all.

The cosine alone cannot tell: this model gives small talk 0.86 and a real question 0.85 to 0.93. The best cosine and
the best share of the question's terms in one passage together can. The share of the question's words that the corpus
knows, and the margin of the first passage over the others, were tried beside them and add nothing.
"""

from dataclasses import dataclass

from retrieval.search import Ranking

FIRST = 5  # passages whose coverage counts

# Logistic regression by benchmarks/relevance_fit.py: questions the two plans answer against laypeople's questions of
# other fields of law. Log-odds; the threshold prefers a needless answer to a needless refusal.
COSINE_WEIGHT, COVERAGE_WEIGHT, BIAS = 72.7, 4.1, -65.1
THRESHOLD = -1.0  # odds of about 1 : 3


@dataclass(frozen=True, slots=True)
class Signals:
    """How well a ranking answers: the best raw cosine (about 0.84..0.93) and the best coverage (0..1)."""

    cosine: float
    coverage: float


def signals(ranking: Ranking) -> Signals:
    """Measure a ranking; an empty one has no signal."""
    if not len(ranking.rows):
        return Signals(0.0, 0.0)
    return Signals(float(ranking.cosines.max()), float(ranking.coverage[:FIRST].max()))


def relevance(found: Signals) -> float:
    """Log-odds that the documents speak of it."""
    return COSINE_WEIGHT * found.cosine + COVERAGE_WEIGHT * found.coverage + BIAS


def speaks(ranking: Ranking) -> bool:
    """Whether the ranked documents speak of what was asked."""
    return relevance(signals(ranking)) > THRESHOLD
