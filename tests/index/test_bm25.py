"""bm25s against ten lines of BM25."""

from math import log
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.bm25 import K1, B, WordIndex
from index.errors import StoreError

PASSAGES = [
    ["灵活", "就业", "补贴"],
    ["创业", "担保", "贷款", "创业"],
    [],
    ["就业", "见习", "补贴", "标准", "补贴", "申请"],
]


def bm25(passages: list[list[str]], query: list[str]) -> list[float]:
    """Score as Lucene does: the sum of idf · tf / (tf + k1 · (1 − b + b · length / mean length))."""
    mean = sum(map(len, passages)) / len(passages)
    totals = [0.0] * len(passages)
    for token in query:
        holders = sum(token in passage for passage in passages)
        idf = log(1 + (len(passages) - holders + 0.5) / (holders + 0.5))
        for at, passage in enumerate(passages):
            tf = passage.count(token)
            totals[at] += idf * tf / (tf + K1 * (1 - B + B * len(passage) / mean)) if tf else 0.0
    return totals


@pytest.mark.parametrize(
    "query", [["就业"], ["创业", "贷款"], ["补贴", "申请", "就业"], ["补贴", "补贴"], ["创业", "天气"]]
)
def test_scores_are_bm25(query: list[str]):
    """Every passage gets the score of the formula; a token given twice counts twice."""
    np.testing.assert_allclose(WordIndex.build(PASSAGES).scores([query])[0], bm25(PASSAGES, query), rtol=1e-5)


@given(
    passages=st.lists(st.lists(st.sampled_from("甲乙丙丁"), max_size=6), min_size=1, max_size=6),
    query=st.lists(st.sampled_from("甲乙丙丁戊"), max_size=4),
)
def test_any_passages(passages: list[list[str]], query: list[str]):
    """The formula holds for any lists, passages without tokens among them."""
    expected = bm25(passages, query) if any(passages) else [0.0] * len(passages)
    np.testing.assert_allclose(WordIndex.build(passages).scores([query])[0], expected, rtol=1e-4)


@pytest.mark.parametrize("query", [[], [""], ["天气"], ["天气", "天气"]])
def test_unknown_tokens_score_nothing(query: list[str]):
    """Tokens the passages lack, and no tokens, score 0 everywhere."""
    assert WordIndex.build(PASSAGES).scores([query]).tolist() == [[0.0, 0.0, 0.0, 0.0]]


@pytest.mark.parametrize("passages", [PASSAGES, [[], []], []])
def test_written_and_opened(tmp_path: Path, passages: list[list[str]]):
    """An opened index scores as the one written, also where no passage has a token."""
    built = WordIndex.build(passages)
    built.write(tmp_path / "words")
    opened = WordIndex.open(tmp_path / "words")
    assert opened.rows == len(passages)
    assert opened.scores([["补贴", "就业"]]).tolist() == built.scores([["补贴", "就业"]]).tolist()


@pytest.mark.parametrize("file", ["data.csc.index.npy", "vocab.index.json", "params.index.json"])
@pytest.mark.parametrize("content", [None, b"", b"\x00"])
def test_unreadable_file(tmp_path: Path, file: str, content: bytes | None):
    """A missing or damaged file is one clear line with the next step."""
    WordIndex.build(PASSAGES).write(tmp_path)
    (tmp_path / file).unlink()
    if content is not None:
        (tmp_path / file).write_bytes(content)
    with pytest.raises(StoreError, match=r"读不了词索引 .*policybot index --rebuild"):
        WordIndex.open(tmp_path)


@given(
    passages=st.lists(st.lists(st.sampled_from("甲乙丙丁"), max_size=6), min_size=1, max_size=40),
    groups=st.lists(
        st.lists(
            st.tuples(st.lists(st.sampled_from("甲乙丙丁戊"), max_size=4), st.floats(0.5, 4)),
            min_size=1,
            max_size=3,
        ),
        max_size=3,
    ),
)
def test_the_best_list_of_each_group(passages: list[list[str]], groups: list[list[tuple[list[str], float]]]):
    """Each row gets the largest share any list of a group reaches there, however few rows hold it."""
    index = WordIndex.build(passages)
    expected = [
        np.max(
            index.scores([tokens for tokens, _ in group]) / np.array([[c] for _, c in group], np.float32),
            axis=0,
        )
        for group in groups
    ]
    assert index.reach(groups).tolist() == [best.tolist() for best in expected]


@given(
    passages=st.lists(st.lists(st.sampled_from("甲乙丙丁"), max_size=6), max_size=40),
    tokens=st.lists(st.sampled_from("甲乙丙丁戊"), max_size=4),
)
def test_rows_that_hold_every_token(passages: list[list[str]], tokens: list[str]):
    """Those whose list has each of them; all where none is asked for."""
    expected = [row for row, passage in enumerate(passages) if set(tokens) <= set(passage)]
    assert WordIndex.build(passages).holding(tokens).tolist() == expected
