"""FAISS against NumPy."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import StoreError
from index.vectors import VectorIndex

MATRIX = np.random.default_rng(7).normal(size=(40, 8)).astype(np.float32)
MATRIX[10:16] = MATRIX[3]  # six passages of one wording
QUERY = MATRIX[3] + np.float32(0.1)


def best(query: np.ndarray, k: int, rows: np.ndarray) -> tuple[list[int], np.ndarray]:
    """Rank ``rows`` with a plain dot product, equal ones by row number."""
    scores = MATRIX[rows] @ query
    order = sorted(range(len(rows)), key=lambda at: (-round(float(scores[at]), 4), rows[at]))[:k]
    return [int(rows[at]) for at in order], scores[order]


@pytest.mark.parametrize("k", [1, 3, 7, 39, 40, 100])
def test_scores_are_dot_products(k: int):
    """Rows and scores are NumPy's, best first, also where the last place is a tie."""
    found, scores = VectorIndex.build(MATRIX).search(QUERY, k)
    rows, expected = best(QUERY, k, np.arange(40))
    assert found.tolist() == rows
    np.testing.assert_allclose(scores, expected, rtol=1e-5)


@given(
    rows=st.lists(st.integers(0, 39), max_size=40, unique=True),
    k=st.integers(0, 45),
)
def test_only_the_rows_asked_for(rows: list[int], k: int):
    """A search among some rows ranks just those, fewer than ``k`` where there are fewer."""
    chosen = np.array(rows, dtype=np.int64)
    found, _ = VectorIndex.build(MATRIX).search(QUERY, k, chosen)
    assert found.tolist() == best(QUERY, k, chosen)[0]


def test_a_row_asked_for_twice_comes_once():
    """Rows are a set: repeating one changes nothing."""
    found, _ = VectorIndex.build(MATRIX).search(QUERY, 2, np.array([5] * 9 + [6]))
    assert sorted(found.tolist()) == [5, 6]


def test_written_and_opened(tmp_path: Path):
    """An opened index holds the vectors that were written."""
    VectorIndex.build(MATRIX).write(tmp_path / "v")
    opened = VectorIndex.open(tmp_path / "v")
    assert (opened.rows, opened.dimension) == (40, 8)
    np.testing.assert_array_equal(opened.reconstruct(np.array([39, 0, 3])), MATRIX[[39, 0, 3]])


def test_empty_index(tmp_path: Path):
    """No passages: nothing is found, before and after a trip to disk."""
    VectorIndex.build(np.empty((0, 8), np.float32)).write(tmp_path / "v")
    found, scores = VectorIndex.open(tmp_path / "v").search(QUERY, 5)
    assert (found.tolist(), scores.tolist()) == ([], [])
    assert (found.dtype, scores.dtype) == (np.int64, np.float32)


@pytest.mark.parametrize("content", [None, b"", b"not an index"])
def test_unreadable_file(tmp_path: Path, content: bytes | None):
    """A missing or damaged file is one clear line with the next step."""
    if content is not None:
        (tmp_path / "v").write_bytes(content)
    with pytest.raises(StoreError, match=r"读不了向量文件 .*v.*policybot index --rebuild"):
        VectorIndex.open(tmp_path / "v")
