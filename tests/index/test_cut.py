"""Words kept from one build to the next."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.cut import cut
from index.database import transaction, upgrade
from index.tokens import Tokenizer
from index.types import Passage, Span


def passage(text: str, digest: str) -> Passage:
    return Passage("a", "一", 0, Span(0, len(text)), (), text, digest)


@pytest.fixture
def tokenizer(tmp_path: Path) -> Tokenizer:
    return Tokenizer(("创业担保贷款",), tmp_path)


def rows(data_dir: Path) -> list[tuple[str, str]]:
    with transaction(data_dir) as connection:
        return [tuple(row) for row in connection.exec_driver_sql("SELECT digest, words FROM words_cache")]


def test_words_are_cut_once(tmp_path: Path, tokenizer: Tokenizer):
    """What stands in the table is used as it is; a rebuild cuts anew."""
    upgrade(tmp_path)
    asked = [passage("发放创业担保贷款", "d1"), passage("", "d2"), passage("发放创业担保贷款", "d1")]
    words = ["发放", "创业", "担保", "贷款", "创业担保贷款"]
    first = cut(tmp_path, asked, tokenizer, anew=False)
    assert [sorted(found) for found in first] == [sorted(words), [], sorted(words)]
    with transaction(tmp_path) as connection:
        connection.exec_driver_sql("UPDATE words_cache SET words = '改过' WHERE digest = 'd1'")
    assert cut(tmp_path, asked, tokenizer, anew=False) == [["改过"], [], ["改过"]]
    assert cut(tmp_path, asked, tokenizer, anew=True) == first


def test_another_thesaurus_cuts_anew(tmp_path: Path, tokenizer: Tokenizer):
    """Words of another tokenizer are not used, and go."""
    upgrade(tmp_path)
    cut(tmp_path, [passage("零工驿站", "d1")], tokenizer, anew=False)
    other = Tokenizer(("零工驿站",), tmp_path)
    assert "零工驿站" in cut(tmp_path, [passage("零工驿站", "d1")], other, anew=False)[0]
    assert [digest for digest, _ in rows(tmp_path)] == ["d1"]


_SHARED: dict[str, Tokenizer] = {}


@settings(deadline=None)  # the first example loads the dictionary
@given(st.text(max_size=60))
def test_no_word_holds_what_parts_words(tmp_path_factory: pytest.TempPathFactory, text: str):
    """Whatever the text, no word holds a line end or is empty, so words come back as they were cut."""
    tokenizer = _SHARED.setdefault("one", Tokenizer((), tmp_path_factory.mktemp("jieba")))
    assert [word for word in tokenizer.words(text) if "\n" in word or not word] == []
