from pathlib import Path

import pytest

from index import readers
from index.errors import CorpusError

TEXT = "第一章 总则\n发放社保卡。\n"


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (TEXT.encode(), TEXT),
        (TEXT.encode("utf-8-sig"), TEXT),
        (TEXT.encode("utf-16"), TEXT),
        (b"\xfe\xff" + TEXT.encode("utf-16-be"), TEXT),
        (TEXT.encode("gb18030"), TEXT),
        (TEXT.replace("\n", "\r\n").encode(), TEXT),
        ("甲\r乙\r\n丙  \n".encode(), "甲\r乙\n丙  \n"),
    ],
    ids=[
        "utf-8",
        "utf-8 with mark",
        "utf-16",
        "utf-16 big-endian",
        "gb18030",
        "crlf",
        "lone cr and blanks stay",
    ],
)
def test_text_is_stored_as_it_stands(tmp_path: Path, data: bytes, text: str):
    """Only a byte-order mark and the CR of CR LF go, whatever the encoding."""
    file = tmp_path / "plan.TXT"
    file.write_bytes(data)
    assert readers.read(file).text == text


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "是空的"),
        (" \r\n\u3000".encode(), "是空的"),
        (b"PK\x03\x04\x00\x00text", "NUL"),
        (b"\xff\xff\xff", "第 0 个字节"),
        (b"\xff\xfe\x00\xd8", "utf-16"),
    ],
    ids=["empty", "blank", "binary", "no encoding", "broken utf-16"],
)
def test_a_file_without_text_is_refused(tmp_path: Path, data: bytes, said: str):
    """The message names the file and what is wrong with it."""
    file = tmp_path / "plan.txt"
    file.write_bytes(data)
    with pytest.raises(CorpusError, match=said) as caught:
        readers.read(file)
    assert str(file) in str(caught.value)


def test_a_missing_file_is_named(tmp_path: Path):
    """An unreadable file is a corpus error, not an OSError."""
    with pytest.raises(CorpusError, match=r"missing\.txt"):
        readers.read(tmp_path / "missing.txt")


def test_an_unknown_suffix_lists_what_is_supported(tmp_path: Path):
    """The message says which suffixes there are."""
    with pytest.raises(CorpusError, match=r"\.xyz.*\.txt"):
        readers.read(tmp_path / "plan.xyz")


def test_every_reader_says_its_suffixes():
    """Suffixes are lower case and start with a dot."""
    assert all(suffix == suffix.lower() and suffix.startswith(".") for suffix in readers.readers())
    assert "types" not in {reader.__name__.rpartition(".")[2] for reader in readers.readers().values()}  # type: ignore[attr-defined]
