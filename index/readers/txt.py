"""Plain text: UTF-8, UTF-16 with a byte-order mark, or GB18030."""

from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from pathlib import Path

from index.errors import CorpusError
from index.readers.types import StoredText

SUFFIXES = (".txt",)

_MARKED = ((BOM_UTF8, "utf-8-sig"), (BOM_UTF16_LE, "utf-16"), (BOM_UTF16_BE, "utf-16"))


def _encodings(data: bytes) -> tuple[str, ...]:
    for mark, encoding in _MARKED:
        if data.startswith(mark):
            return (encoding,)
    return ("utf-8", "gb18030")


def _decode(path: Path, data: bytes) -> str:
    encodings = _encodings(data)
    for encoding in encodings:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError as error:
            at = error.start
    tried = "、".join(encodings)
    raise CorpusError(
        f"读不了 {path}:第 {at} 个字节(0x{data[at]:02x})起不是 {tried} 文字;请另存为 UTF-8 再试"
    )


def read(path: Path) -> StoredText:
    r"""Read a text file; a byte-order mark goes, ``\r\n`` becomes ``\n``, nothing else changes.

    :raises CorpusError: the file cannot be opened, is blank, binary, or in another encoding
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise CorpusError(f"读不了 {path}:{error.strerror};请检查文件是否存在、是否可读") from error
    text = _decode(path, data)
    if "\0" in text:
        raise CorpusError(
            f"读不了 {path}:第 {text.index(chr(0))} 个字符是 NUL,这不是文本文件;请换成导出的文本"
        )
    if not text.strip():
        raise CorpusError(f"{path} 是空的(共 {len(data)} 字节);请放入文档正文,或从清单中去掉这一项")
    return StoredText(text.replace("\r\n", "\n"))
