"""One tokenizer for both sides: the same words from a passage and from a question."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import StoreError
from index.tokens import Tokenizer, bigrams, open_tokenizer


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("灵活就业", ["灵活", "就业"]),
        ("社会保险补贴", ["社会", "保险", "社会保险", "补贴"]),  # a long word with the words within it
        ("控制在3.59%以内", ["控制", "在", "3.59", "以内"]),
        ("18000个", ["18000", "个"]),
        ("18000 5G", ["18000", "5g"]),  # width and case are folded
        ("——(一)、。“”", ["一"]),
        ("零工驿站", ["零工", "驿站", "零工驿站"]),  # added by the thesaurus
        ("", []),
        (" \n\t", []),
    ],
)
def test_words(tokenizer: Tokenizer, text: str, expected: list[str]):
    """Words come out in order, without punctuation, spaces and signs."""
    assert tokenizer.words(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("灵活就业", ["灵活", "活就", "就业"]),
        ("共18000个", ["共", "18000", "个"]),  # single characters stay, numbers are whole
        ("3.59%以内", ["3.59", "以内"]),
        ("青浦,襄阳", ["青浦", "襄阳"]),  # no pair across punctuation
        ("5G网络", ["5g", "网络"]),
        ("二〇三五", ["二〇", "〇三", "三五"]),
        ("", []),
    ],
)
def test_bigrams(text: str, expected: list[str]):
    """Pairs of neighbouring characters come out in order."""
    assert bigrams(text) == expected


@given(st.text(alphabet="就业创业社保12.%A ,。()", max_size=40))
def test_bigrams_stand_in_the_text(text: str):
    """Every bigram is a run of the text, and no sign is one."""
    for cut in bigrams(text):
        assert cut in text.lower()
        assert cut.strip(".%,。()") == cut


def test_user_words_are_folded(cache_dir: Path):
    """A word of the thesaurus written in full width or capitals is found all the same."""
    added = Tokenizer(("E驿站通",), cache_dir)
    assert "e驿站通" in added.words("去E驿站通办理")


def test_fingerprint_names_the_added_words(tmp_path: Path):
    """An index cut with other words must be told apart; the cache folder decides nothing."""
    bare, added = Tokenizer((), tmp_path), Tokenizer(("零工驿站",), tmp_path)
    assert bare.fingerprint != added.fingerprint
    assert added.fingerprint == Tokenizer(("零工驿站",), tmp_path / "elsewhere").fingerprint


def test_a_tokenizer_stays_where_it_cuts_the_same(cache_dir: Path):
    """What was read of the dictionary is kept for the next generation; other words of the thesaurus take effect."""
    before = open_tokenizer(("零工驿站",), cache_dir)
    assert open_tokenizer(("零工驿站",), cache_dir, before) is before
    after = open_tokenizer(("稳岗返还",), cache_dir, before)
    assert (before.words("零工驿站"), after.words("零工驿站")) == (
        ["零工", "驿站", "零工驿站"],
        ["零工", "驿站"],
    )


def test_nothing_is_printed(cache_dir: Path, capfd: pytest.CaptureFixture[str]):
    """The dictionary loads without a word on either stream: stdout belongs to the answers."""
    Tokenizer((), cache_dir).words("就业")
    assert capfd.readouterr() == ("", "")


def test_cache_that_cannot_be_written(tmp_path: Path):
    """A cache folder that is a file is one clear line."""
    (tmp_path / "cache").write_text("")
    with pytest.raises(StoreError, match=r"写不了分词词典 .*jieba.*请检查该目录的权限"):
        Tokenizer((), tmp_path / "cache").words("就业")
