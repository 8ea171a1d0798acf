"""The real vocabulary of the two shipped plans and the shipped thesaurus."""

import pytest

from retrieval.pipeline import Answerer
from retrieval.spelling import Reader
from retrieval.spelling.terms import Terms


@pytest.fixture(scope="session")
def terms(answerer: Answerer) -> Terms:
    """What the corpus and the thesaurus say."""
    return Terms(answerer.store, answerer.context.tokenizer, answerer.context.lexicon)


@pytest.fixture(scope="session")
def reader(answerer: Answerer) -> Reader:
    """The reader over the shipped corpus."""
    return Reader(answerer.store, answerer.context.tokenizer, answerer.context.lexicon)
