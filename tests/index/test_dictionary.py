"""The dictionary in shards answers as jieba's own dictionary does."""

from pathlib import Path

import jieba
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.dictionary import open_dictionary

WORDS = "就业 900 n\n就业率 40 n\n灵活 300 a\n灵活就业 20 l\n业 50 n\n率先 70 d\n补贴 500 v\n"


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a small dictionary in jieba's format."""
    path = tmp_path_factory.mktemp("source") / "dict.txt"
    path.write_text(WORDS, encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def pair(source: Path) -> tuple[jieba.Tokenizer, jieba.Tokenizer]:
    """Return jieba with its own dictionary, and jieba with ours, over the same words."""
    plain = jieba.Tokenizer(str(source))
    plain.tmp_dir = str(source.parent)
    sharded = jieba.Tokenizer(str(source))
    dictionary = open_dictionary(source, source.parent / "shards")
    sharded.FREQ, sharded.total, sharded.initialized = dictionary, dictionary.total, True
    for tokenizer in (plain, sharded):
        tokenizer.add_word("补贴率")
    return plain, sharded


@given(text=st.text(alphabet="就业率灵活先补贴abc1 ,", max_size=30))
def test_cuts_as_jieba_does(pair: tuple[jieba.Tokenizer, jieba.Tokenizer], text: str):
    """Any text is cut alike with the shards and with jieba's own dictionary."""
    plain, sharded = pair
    assert list(sharded.cut_for_search(text)) == list(plain.cut_for_search(text))


def test_entries(source: Path, tmp_path: Path):
    """An entry has its frequency, a beginning of one has 0, anything else is absent."""
    dictionary = open_dictionary(source, tmp_path / "shards")
    assert dictionary.total == 900 + 40 + 300 + 20 + 50 + 70 + 500
    assert [dictionary.get(word) for word in ("就业", "灵活就", "灵", "就业局", "局", "")] == [
        *(900, 0, 0),
        *(None, None, None),
    ]


@pytest.mark.parametrize("damage", [b"", b"\x00", b"\xff" * 64, None])
def test_damaged_file_is_written_anew(source: Path, tmp_path: Path, damage: bytes | None):
    """A file that is empty, cut short or not ours is replaced from the source."""
    path = tmp_path / "shards"
    open_dictionary(source, path)
    whole = path.read_bytes()
    path.write_bytes(whole[:-3] if damage is None else damage)
    assert open_dictionary(source, path)["就业"] == 900
    assert path.read_bytes() == whole
