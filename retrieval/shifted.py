"""Whether the documents of another place speak of what was asked of one before: 那边呢."""

from collections.abc import Collection
from functools import partial

from index.generation import Generation
from retrieval.mentions import stands
from retrieval.relevance import relevance, signals
from retrieval.search import Ranking
from retrieval.types import Question

# Nobody said that this place knows the subject, so it takes more than the threshold for a question of its own: even odds.
# Of 28 subjects of one plan asked of the other, the 18 that it speaks of have log-odds of 0.7 and more, the 10 that stand
# in the first one only -0.4 and less (chosen by hand, looked at during the work).
EVEN = 0.0


def speaks_there(question: Question, ranking: Ranking, documents: Collection[str], store: Generation) -> bool:
    """Whether documents speak of the subject; a word that only those of other places hold counts as unknown."""
    held = partial(stands, store=store, documents=frozenset(documents), lower=True)
    return relevance(signals(question, ranking, held)) > EVEN
