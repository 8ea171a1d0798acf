"""Fusion of score vectors, each expectation written as the arithmetic."""

import itertools
from unittest.mock import patch

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal

from retrieval import fusion
from retrieval.fusion import best_first, best_of, combine, standardise


def vector(*values: float) -> np.ndarray:
    return np.array(values, dtype=np.float32)


def test_standardise_counts_deviations_above_the_sample():
    """A score is told by how far it lies above what unrelated passages get."""
    sample = vector(0.80, 0.84, 0.88)
    spread = ((0.04**2 + 0 + 0.04**2) / 3) ** 0.5
    assert_allclose(standardise(vector(0.90, 0.84), sample), [0.06 / spread, 0.0], atol=1e-4)


def test_standardise_of_a_flat_sample_is_nothing():
    """A sample without variation tells nothing, and nothing divides by zero."""
    assert_array_equal(standardise(vector(0.9, 0.8), vector(0.85, 0.85)), [0.0, 0.0])


def test_standardise_without_a_sample():
    """An empty corpus has no sample."""
    assert_array_equal(standardise(vector(0.9), vector()), [0.0])


def test_combine_adds_weighted_scores():
    """The fused score is the weighted sum."""
    fused = combine([vector(1.0, 2.0), vector(0.5, 0.0), vector(0.0, 0.25)], (1.0, 2.0, 4.0))
    assert_allclose(fused, [1.0 * 1 + 0.5 * 2 + 0 * 4, 2.0 * 1 + 0 * 2 + 0.25 * 4])


def test_best_first_breaks_ties_by_row():
    """Equal scores stand in the order of the document."""
    assert_array_equal(best_first(vector(0.5, 0.9, 0.5, 0.9)), [1, 3, 0, 2])


@given(st.lists(st.floats(-10, 10, width=32), min_size=1, max_size=40))
def test_best_first_is_a_permutation_in_falling_order(values):
    """Every row stands once, and no score rises."""
    scores = np.array(values, dtype=np.float32)
    order = best_first(scores)
    assert sorted(order.tolist()) == list(range(len(values)))
    assert all(scores[a] >= scores[b] for a, b in itertools.pairwise(order))


@given(
    st.lists(st.sampled_from([0.0, 0.25, 0.5, 1.0]) | st.floats(0, 1, width=32), min_size=2, max_size=300),
    st.data(),
)
def test_the_best_of_many(scores: list[float], data: st.DataObject):
    """The first places of the whole order, whatever the sample lets through and however many are equal."""
    values = np.array(scores, np.float32)
    most = data.draw(st.integers(1, len(scores) - 1))
    with patch.object(fusion, "SAMPLED", 20):
        found = best_of(values, most)
    assert found.tolist() == sorted(best_first(values)[:most].tolist())
