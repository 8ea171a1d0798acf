"""What every plug-in of a folder must keep: found by looking, so that a new file is checked the day it arrives."""

from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

import pytest

import bot.channels
import index.encoders
import index.readers
from index.encoders import load
from index.errors import CorpusError, EncoderError
from index.readers import read
from index.settings import EncoderSettings

READERS = [
    m.name
    for m in iter_modules(index.readers.__path__)
    if hasattr(import_module(f"index.readers.{m.name}"), "SUFFIXES")
]
CHANNELS = [m.name for m in iter_modules(bot.channels.__path__)]


@pytest.mark.parametrize("name", READERS)
def test_a_reader_names_its_suffixes_and_refuses_rubbish(name: str, tmp_path: Path):
    """Empty and binary files of its kind are one clear line, never a traceback."""
    module = import_module(f"index.readers.{name}")
    assert module.SUFFIXES
    for suffix in module.SUFFIXES:
        for content in (b"", b"\x00\x01\x02\x03" * 50):
            path = tmp_path / f"file{suffix}"
            path.write_bytes(content)
            with pytest.raises(CorpusError, match=path.name):
                read(path)


def test_every_text_encoding_is_read(tmp_path: Path):
    """UTF-8 with and without its mark, UTF-16 and GB18030 give the same stored text."""
    words = "第一条 为了促进就业,制定本办法。\n"
    for encoding in ("utf-8", "utf-8-sig", "utf-16", "gb18030"):
        path = tmp_path / f"{encoding}.txt"
        path.write_bytes(words.replace("\n", "\r\n").encode(encoding))
        assert read(path).text == words


def test_backends_are_found_by_their_files(tmp_path: Path):
    """The folder is the registry: what is in it can be named, anything else is refused with the list."""
    assert index.encoders.backends() == ("bundled", "sentence_transformer")
    with pytest.raises(EncoderError, match=r"没有编码器 'word2vec'.*bundled、sentence_transformer"):
        load(EncoderSettings(backend="word2vec"), tmp_path)


@pytest.mark.parametrize("name", CHANNELS)
def test_a_channel_imports_without_the_others(name: str):
    """A channel may be left out of an installation."""
    assert import_module(f"bot.channels.{name}").__doc__
