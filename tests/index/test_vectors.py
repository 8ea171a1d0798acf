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


def clustered(rows: int) -> np.ndarray:
    """Unit vectors that lie together in groups of twenty, as sentences of one subject do."""
    chance = np.random.default_rng(11)
    centres = chance.normal(size=(rows // 20, 16))
    made = np.repeat(centres, 20, axis=0) + chance.normal(scale=0.4, size=(rows // 20 * 20, 16))
    return (made / np.linalg.norm(made, axis=1, keepdims=True)).astype(np.float32)


@pytest.fixture(scope="module")
def graph() -> VectorIndex:
    """Many rows: past ``exact_to`` they are put into a graph."""
    return VectorIndex.build(clustered(2000), exact_to=500)


def test_small_is_exact_and_large_is_a_graph(graph: VectorIndex):
    """The number of rows decides."""
    assert (VectorIndex.build(clustered(500), exact_to=500).is_exact, graph.is_exact) == (True, False)
    assert graph.rows == 2000


def test_a_graph_finds_what_an_exact_search_finds(graph: VectorIndex):
    """Of the exact ten best nearly all, in the same order of scores."""
    matrix = clustered(2000)
    shares = []
    for query in matrix[::40]:
        found, scores = graph.search(query, 10)
        exact = set(np.argsort(-(matrix @ query))[:10].tolist())
        shares.append(len(exact & set(found.tolist())) / 10)
        assert (np.diff(scores) <= 0).all()
    assert np.mean(shares) >= 0.98


def test_a_graph_after_a_trip_to_disk(graph: VectorIndex, tmp_path: Path):
    """Opened, it finds the same, and gives its vectors back to half precision."""
    graph.write(tmp_path / "v")
    opened = VectorIndex.open(tmp_path / "v")
    assert not opened.is_exact
    query = clustered(2000)[7]
    assert opened.search(query, 10)[0].tolist() == graph.search(query, 10)[0].tolist()
    np.testing.assert_allclose(opened.reconstruct(np.array([3, 1999])), clustered(2000)[[3, 1999]], atol=1e-3)


@given(rows=st.lists(st.integers(0, 1999), max_size=30), k=st.integers(0, 40))
def test_only_the_rows_asked_for_of_a_graph(graph: VectorIndex, rows: list[int], k: int):
    """Among some rows the search is exact, as small ones are."""
    query = clustered(2000)[5]
    found, scores = graph.search(query, k, np.array(rows, dtype=np.int64))
    assert found.tolist() == [
        row
        for row, _ in sorted(
            ((row, float(score)) for row, score in zip(found, scores, strict=True)),
            key=lambda pair: (-pair[1], pair[0]),
        )
    ]
    assert set(found.tolist()) <= set(rows)
    assert len(found) == min(k, len(set(rows)))


def test_more_than_there_are(graph: VectorIndex):
    """Asking for none gives none; asking for all gives nearly all."""
    assert graph.search(clustered(2000)[0], 0)[0].tolist() == []
    assert len(graph.search(clustered(2000)[0], 5000)[0]) >= 1990


def test_many_chosen_rows_of_a_graph(graph: VectorIndex, monkeypatch: pytest.MonkeyPatch):
    """Of many chosen rows the walk through the graph is asked, and what was not chosen is left out."""
    monkeypatch.setattr("index.vectors.SCANNED", 10)
    chosen = np.arange(0, 2000, 2)
    query = graph.reconstruct(np.array([8]))[0]
    found, scores = graph.search(query, 50, chosen)
    assert found[0] == 8
    assert set(found.tolist()) <= set(chosen.tolist())
    assert scores.tolist() == sorted(scores.tolist(), reverse=True)
