"""Whether the documents speak of what was asked at all.

The cosine alone cannot tell: this model gives small talk 0.86 and a real question 0.85 to 0.93. The best cosine, the
best share of the question's terms in one passage, and whether the thesaurus found the documents' words for something
said, or the documents hold neither the phrase nor the words for it, together can. The share of the question's words that the corpus
knows, and the margin of the first passage over the others, were tried beside them and add nothing.
"""

from collections.abc import Callable
from dataclasses import dataclass
from math import log

from retrieval.search import Ranking
from retrieval.types import Question

FIRST = 5  # passages whose coverage counts

# Logistic regression by benchmarks/relevance_fit.py: questions the two plans answer against laypeople's questions of
# other fields of law. Log-odds; the threshold prefers a needless answer to a needless refusal.
COSINE_WEIGHT, COVERAGE_WEIGHT, TRANSLATED_WEIGHT, BIAS = 70.5, 4.2, 1.3, -63.5
# Fitted later, beside the others: -1.6 of 289 questions the plans answer and 431 they do not. A thesaurus of other
# fields raises the coverage of their questions by half a phrase (the loans of the housing fund); this takes it back.
UNKNOWN_WEIGHT = -1.5
THRESHOLD = -1.0  # odds of about 1 : 3
# The best of more passages fits a stray question better by chance: the threshold rises with the logarithm of their
# number, from that of the two plans the weights were fitted on, and not above odds of about 3 : 2:
# on 33 laws (7,220 passages) 0.5 refuses 0.8% of 263 questions they answer, 1.0 4.9%.
FITTED_ON, RISE, HIGHEST = 590, 0.8, 0.5
# In a large corpus the fused score of the best passage tells more than its cosine and coverage alone: of 300 questions of
# other fields of law asked of 33 laws 0.73 are answered where the threshold alone lets 0.84 through, and 1.1% of the 263
# that they answer are refused for 0.8% (benchmarks/laws.py). Grows from nothing to this in step with the threshold.
FLOOR = 6.5
CERTAIN = 1.0  # odds of about 3 : 1


@dataclass(frozen=True, slots=True)
class Signals:
    """How well a ranking answers.

    The best raw cosine (about 0.84..0.93), the best coverage (0..1), whether an everyday phrase of the question
    has an official term that stands in the documents, and whether one stands in none, nor any of its official terms.
    """

    cosine: float
    coverage: float
    translated: bool
    unknown: bool


def signals(question: Question, ranking: Ranking, in_corpus: Callable[[str], bool]) -> Signals:
    """Measure a ranking; an empty one has no signal."""
    if not len(ranking.rows):
        return Signals(0.0, 0.0, False, False)
    official = [any(map(in_corpus, terms)) for _, terms in question.synonyms]
    unknown = any(
        not known and not in_corpus(said)
        for known, (said, _) in zip(official, question.synonyms, strict=True)
    )
    return Signals(
        float(ranking.cosines.max()), float(ranking.coverage[:FIRST].max()), any(official), unknown
    )


def relevance(found: Signals) -> float:
    """Log-odds that the documents speak of it."""
    return (
        COSINE_WEIGHT * found.cosine
        + COVERAGE_WEIGHT * found.coverage
        + TRANSLATED_WEIGHT * found.translated
        + UNKNOWN_WEIGHT * found.unknown
        + BIAS
    )


def threshold(passages: int) -> float:
    """Log-odds from which documents of so many passages speak of what was asked."""
    more = RISE * log(max(passages, FITTED_ON) / FITTED_ON)
    return min(THRESHOLD + more, HIGHEST)


def floor(passages: int) -> float:
    """The fused score from which the best of so many passages is no chance."""
    return FLOOR * (threshold(passages) - THRESHOLD) / (HIGHEST - THRESHOLD)


def _is_over(
    least: float, question: Question, ranking: Ranking, in_corpus: Callable[[str], bool], passages: int
) -> bool:
    if not len(ranking.rows) or ranking.scores[0] < floor(passages):
        return False
    return relevance(signals(question, ranking, in_corpus)) > least


def speaks(
    question: Question, ranking: Ranking, in_corpus: Callable[[str], bool], passages: int = FITTED_ON
) -> bool:
    """Whether the ranked documents speak of what was asked.

    :param in_corpus: whether a string stands in any document
    :param passages: how many the corpus holds
    """
    return _is_over(threshold(passages), question, ranking, in_corpus, passages)


def surely_speaks(
    question: Question, ranking: Ranking, in_corpus: Callable[[str], bool], passages: int = FITTED_ON
) -> bool:
    """The same beyond doubt: asked of a part of a message whose whole the documents do not speak of."""
    certain = CERTAIN + threshold(passages) - THRESHOLD  # rises as the threshold does
    return _is_over(certain, question, ranking, in_corpus, passages)
