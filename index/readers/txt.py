"""Plain text: UTF-8, UTF-16 with a byte-order mark, or GB18030."""

from pathlib import Path

from index.errors import CorpusError
from index.readers.parts.files import decode, refuse_binary
from index.readers.types import StoredText

SUFFIXES = (".txt",)


def read(path: Path) -> StoredText:
    r"""Read a text file; a byte-order mark goes, ``\r\n`` becomes ``\n``, nothing else changes.

    :raises CorpusError: the file cannot be opened, is blank, binary, or in another encoding
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise CorpusError(f"读不了 {path}:{error.strerror};请检查文件是否存在、是否可读") from error
    text = decode(path, data)
    refuse_binary(path, text)
    if not text.strip():
        raise CorpusError(f"{path} 是空的(共 {len(data)} 字节);请放入文档正文,或从清单中去掉这一项")
    return StoredText(text.replace("\r\n", "\n"))
