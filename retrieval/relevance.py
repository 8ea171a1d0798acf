"""Do the documents speak of what was asked at all?

The cosine alone cannot tell: this model gives small talk 0.86 and a real question 0.85 to 0.93. So several signals
count together: the best cosine, the share of the question's terms the best passages hold, and the share of its
content words that the corpus knows at all, in their own form or through the thesaurus.
"""

from collections.abc import Callable
from dataclasses import dataclass

from retrieval.search import Ranking
from retrieval.types import Question

FIRST = 5  # passages whose coverage counts


@dataclass(frozen=True, slots=True)
class Signals:
    """What is known about how well the corpus answers; each is higher for a better match."""

    cosine: float  # best raw cosine, about 0.84..0.93
    coverage: float  # best share of the question's terms in one passage, 0..1
    known: float  # share of content words the corpus knows, 0..1
    exact: bool  # a quoted phrase stands in the documents


def signals(question: Question, ranking: Ranking, in_corpus: Callable[[str], bool], exact: bool) -> Signals:
    """Measure a ranking."""
    if not len(ranking.rows):
        return Signals(0.0, 0.0, 0.0, exact)
    official = [any(in_corpus(term) for term in terms) for _, terms in question.synonyms]
    said = "".join(said for said, _ in question.synonyms)
    own = [in_corpus(term) for term in question.terms if term not in said and len(term) > 1]
    votes = own + official
    return Signals(
        cosine=float(ranking.cosines.max()),
        coverage=float(ranking.coverage[:FIRST].max()),
        known=sum(votes) / len(votes) if votes else 0.0,
        exact=exact,
    )


# A logistic score over the signals; weights and threshold are fitted on answerable and unanswerable questions over
# the shipped plans (see docs/evaluation.md). Below 0 the documents are taken not to speak of the matter.
BIAS, COSINE_WEIGHT, COVERAGE_WEIGHT, KNOWN_WEIGHT = -0.5, 40.0, 4.0, 2.0
COSINE_CENTRE = 0.87


def relevance(found: Signals) -> float:
    """Score how likely the documents speak of it; above 0 they do."""
    if found.exact:
        return 1.0
    return (
        BIAS
        + COSINE_WEIGHT * (found.cosine - COSINE_CENTRE)
        + COVERAGE_WEIGHT * found.coverage
        + KNOWN_WEIGHT * (found.known - 0.5)
    )
