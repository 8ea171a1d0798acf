"""What a sentence gets from its neighbours."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from retrieval.search import _beside


def test_neighbours_of_the_same_document_count():
    """The sentence before and the one after, never one of another document."""
    scores = np.array([1, 2, 4, 8, 16], np.float32)
    places = np.array([0, 0, 0, 1, 1])
    assert _beside(scores, places).tolist() == [2, 5, 2, 16, 8]


@given(st.lists(st.floats(0, 1, width=32), max_size=30))
def test_sentences_that_are_documents_have_no_neighbours(scores):
    """A document of one sentence gets nothing from beside it."""
    assert _beside(np.array(scores, np.float32), np.arange(len(scores))).tolist() == [0.0] * len(scores)
