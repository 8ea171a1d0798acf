"""What every backend promises, over its real engine."""

from pathlib import Path

import numpy as np
import pytest

from index.backends import Backend, backends, load
from index.bm25 import WordIndex
from index.errors import StoreError
from index.settings import BackendSettings
from index.vectors import VectorIndex

_RANDOM = np.random.default_rng(3)
MATRIX = _RANDOM.normal(size=(300, 16)).astype(np.float32)
MATRIX /= np.linalg.norm(MATRIX, axis=1, keepdims=True)
MATRIX[40:43] = MATRIX[200]  # four passages that say the same
LISTS = [
    ["就业", "补贴", "申请"],
    [],
    ["就业", "就业", "岗位"],
    ["创业", "担保", "贷款", "1.56万", "“"],
    ["补贴"],
]
QUERIES = [["就业"], ["补贴", "申请"], ["就业", "就业"], [], ["天气"], ["1.56万", "天气"]]


def test_a_backend_is_a_file_of_the_folder():
    """The names that the configuration may say."""
    assert backends() == ("local", "milvus")


def test_no_such_backend():
    """Another name is one line with those there are."""
    with pytest.raises(StoreError, match=r"没有索引后端 'redis'.*可用的有 local、milvus"):
        load(BackendSettings(name="redis"))


@pytest.mark.parametrize("k", [1, 5, 300, 1000])
def test_nearest_vectors(backend: Backend, folder: Path, k: int):
    """The same rows and inner products, in the same order, as the exact search finds; equal ones by row."""
    backend.write_vectors(folder, "vectors.faiss", MATRIX)
    opened = backend.open_vectors(folder, "vectors.faiss")
    assert (opened.rows, opened.dimension) == (300, 16)
    found, scores = opened.search(MATRIX[200], k)
    expected, cosines = VectorIndex.build(MATRIX).search(MATRIX[200], k)
    if k >= 4:
        assert found[:4].tolist() == [40, 41, 42, 200]
        assert found.tolist() == expected.tolist()
    np.testing.assert_allclose(scores, cosines, atol=1e-6)


@pytest.mark.parametrize(
    "rows", [range(100, 180), [7], [*range(10, 20), *range(250, 260)], range(0, 300, 2), []]
)
def test_only_these_rows(backend: Backend, folder: Path, rows: list[int]):
    """Ranges of documents, single rows and scattered ones: nothing else is found."""
    backend.write_vectors(folder, "v.faiss", MATRIX)
    found, _ = backend.open_vectors(folder, "v.faiss").search(MATRIX[0], 12, np.array(rows, np.int64))
    expected, _ = VectorIndex.build(MATRIX).search(MATRIX[0], 12, np.array(rows, np.int64))
    assert found.tolist() == expected.tolist()


def test_many_scattered_rows(backend: Backend, folder: Path):
    """More separate runs than a filter of ranges holds."""
    matrix = np.tile(MATRIX, (3, 1))
    backend.write_vectors(folder, "v.faiss", matrix)
    found, _ = backend.open_vectors(folder, "v.faiss").search(matrix[0], 900, np.arange(0, 900, 2))
    assert sorted(found.tolist()) == list(range(0, 900, 2))


def test_vectors_come_back(backend: Backend, folder: Path):
    """Rows in any order, one of them twice."""
    backend.write_vectors(folder, "v.faiss", MATRIX)
    wanted = np.array([299, 0, 17, 0])
    np.testing.assert_array_equal(backend.open_vectors(folder, "v.faiss").reconstruct(wanted), MATRIX[wanted])


def test_words_score_as_bm25(backend: Backend, folder: Path):
    """Each passage scores what the formula says, for each list of tokens; unknown tokens and no tokens score nothing."""
    backend.write_words(folder, "words", LISTS)
    opened = backend.open_words(folder, "words")
    assert opened.rows == 5
    np.testing.assert_allclose(opened.scores(QUERIES), WordIndex.build(LISTS).scores(QUERIES), rtol=1e-5)
    assert opened.scores([["天气"], []]).tolist() == [[0.0] * 5] * 2
    assert opened.scores([]).shape == (0, 5)


def test_the_vocabulary_comes_back(backend: Backend, folder: Path):
    """Tokens, how many passages hold each, and how rare each is."""
    backend.write_words(folder, "words", LISTS)
    opened = backend.open_words(folder, "words").vocabulary
    assert {token: opened.rows_with(token) for token in opened.tokens if token} == {
        **dict.fromkeys(("申请", "岗位", "创业", "担保", "贷款", "1.56万", "“"), 1),
        "就业": 2,
        "补贴": 2,
    }
    assert (opened.postings, opened.rows_with("天气")) == (11, 0)
    np.testing.assert_allclose(opened.idf(["就业", "天气"]), np.log1p([3.5 / 2.5, 5.5 / 0.5]), rtol=1e-6)


def test_nothing_at_all(backend: Backend, folder: Path):
    """No passages: indexes that open and find nothing."""
    backend.write_vectors(folder, "v.faiss", np.empty((0, 16), np.float32))
    backend.write_words(folder, "words", [])
    found, scores = backend.open_vectors(folder, "v.faiss").search(MATRIX[0], 5)
    assert (found.tolist(), scores.tolist()) == ([], [])
    assert backend.open_words(folder, "words").scores([["就业"]]).tolist() == [[]]


def test_written_again(backend: Backend, folder: Path):
    """A build that broke off left something of the same name: what is written now counts."""
    backend.write_vectors(folder, "v.faiss", MATRIX)
    backend.write_vectors(folder, "v.faiss", MATRIX[:20])
    assert backend.open_vectors(folder, "v.faiss").rows == 20


def test_missing(backend: Backend, folder: Path):
    """What was never written is one line with what to do."""
    with pytest.raises(StoreError, match=r"policybot index --rebuild") as caught:
        backend.open_vectors(folder, "v.faiss")
    assert "\n" not in str(caught.value)
