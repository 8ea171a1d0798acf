"""Whether the documents of another place speak of what was asked of one before: 那边呢."""

from collections.abc import Collection
from functools import partial

from index.generation import Generation
from retrieval.mentions import stands
from retrieval.relevance import relevance, signals
from retrieval.search import Ranking
from retrieval.types import Question

# Nobody said that this place knows the subject, so it takes more than the threshold for a question of its own: even odds.
# Of 27 subjects of one plan asked of the other, the 17 that it speaks of have log-odds of 0.1 and more, the 10 others less
# but for one (how many hold a card, where only what the card is for is spoken of).
EVEN = 0.0


def speaks_there(question: Question, ranking: Ranking, documents: Collection[str], store: Generation) -> bool:
    """Whether documents speak of the subject; a word that only those of other places hold counts as unknown."""
    held = partial(stands, store=store, documents=frozenset(documents), lower=True)
    return relevance(signals(question, ranking, held)) > EVEN
