"""Questions that are out of scope: read from the corpus, kept with a generation."""

import re

import numpy as np
import pytest

from index import outside
from index.errors import CorpusError, StoreError

TWO = ("公积金怎么提取", "落户要几年社保")


def test_read_each_once(tmp_path):
    """A list of questions; blanks around them and repeats do not count; no file, no questions."""
    assert outside.load(tmp_path) == ()
    (tmp_path / outside.FILE).write_text(
        f"# 说明\n- {TWO[0]}\n- ' {TWO[1]} '\n- {TWO[0]}\n", encoding="utf-8"
    )
    assert outside.load(tmp_path) == TWO


@pytest.mark.parametrize("words", ["一句话", "- {a: 1}", "- 12", "a: 1", "- [", "\x00"])
def test_what_is_no_list_is_refused(tmp_path, words):
    """With the file named, and what it should be."""
    (tmp_path / outside.FILE).write_text(words, encoding="utf-8")
    with pytest.raises(CorpusError, match=re.escape(outside.FILE)):
        outside.load(tmp_path)


def test_kept_with_a_generation(tmp_path):
    """Questions and vectors come back row for row; an older generation has none."""
    assert (outside.read(tmp_path).questions, outside.read(tmp_path).vectors) == ((), None)
    vectors = np.eye(2, 4, dtype=np.float32)
    outside.write(tmp_path, TWO, vectors)
    found = outside.read(tmp_path)
    assert found.questions == TWO
    assert found.vectors.reconstruct(np.arange(2)).tolist() == vectors.tolist()


def test_damage_is_said(tmp_path):
    """A file cut short, or one that does not fit the other, is no generation."""
    outside.write(tmp_path, TWO, np.eye(2, 4, dtype=np.float32))
    (tmp_path / outside.KEPT).write_text('["一个问题"]', encoding="utf-8")
    with pytest.raises(StoreError, match="有 2 行"):
        outside.read(tmp_path)
    (tmp_path / outside.KEPT).write_text('["一个', encoding="utf-8")
    with pytest.raises(StoreError, match="已损坏"):
        outside.read(tmp_path)
