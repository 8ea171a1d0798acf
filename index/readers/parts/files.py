"""A file's bytes, and whether they are of the kind its suffix says."""

import re
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from pathlib import Path

from index.errors import CorpusError

PDF, ZIP, OLE, HTML = "PDF", "ZIP 压缩包(如 .docx)", "旧版 Office 文件(如 .doc)或加了密码的文档", "网页(HTML)"

_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", PDF),
    (b"PK\x03\x04", ZIP),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", OLE),
    (b"{\\rtf", "RTF 文档"),
    (b"\x1f\x8b", "gzip 压缩包"),
    (b"Rar!", "RAR 压缩包"),
    (b"7z\xbc\xaf", "7z 压缩包"),
    (b"\x89PNG", "图片(PNG)"),
    (b"\xff\xd8\xff", "图片(JPEG)"),
    (b"GIF8", "图片(GIF)"),
)
_HTML_START = re.compile(
    rb"(?i)(?:<\?xml[^>]*>|<!--.*?-->|\s)*<(?:!doctype\s+html|html|head|body)\b", re.DOTALL
)
_HEAD = 4096  # bytes in which a file shows what it is
_PDF_HEAD = 1024  # a PDF may have other bytes before its mark (ISO 32000, implementation note 13)
_MARKED = ((BOM_UTF8, "utf-8-sig"), (BOM_UTF16_LE, "utf-16"), (BOM_UTF16_BE, "utf-16"))


def kind_of(data: bytes) -> str | None:
    """Name what the bytes are by how they begin, ``None`` where that says nothing."""
    head = data[:_HEAD].lstrip(BOM_UTF8).lstrip()
    for magic, kind in _MAGIC:
        if head.startswith(magic):
            return kind
    if _HTML_START.match(head):
        return HTML
    return PDF if b"%PDF-" in data[:_PDF_HEAD] else None


def load(path: Path, expected: str | None) -> bytes:
    """Read a file's bytes.

    :param expected: the kind its suffix promises; ``None`` for text, which shows no kind
    :raises CorpusError: the file cannot be opened, is empty, or is plainly of another kind
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise CorpusError(f"读不了 {path}:{error.strerror};请检查文件是否存在、是否可读") from error
    if not data.strip():
        raise CorpusError(f"{path} 是空的(共 {len(data)} 字节);请放入文档正文,或从清单中去掉这一项")
    found = kind_of(data)
    if found is not None and found != expected:
        raise CorpusError(
            f"读不了 {path}:后缀是 {path.suffix},内容却是{found};请改成对应的后缀,或换成真正的 {path.suffix} 文件"
        )
    if found is None and expected not in (None, HTML):
        raise CorpusError(f"读不了 {path}:内容不是 {expected};文件可能损坏或后缀不对,请重新下载或另存后再试")
    return data


def decode(path: Path, data: bytes, declared: str | None = None) -> str:
    """Decode text: by its byte-order mark, else as ``declared``, UTF-8 or GB18030, whichever fits first.

    :raises CorpusError: none fits, naming the byte and what was tried
    """
    marked = [encoding for mark, encoding in _MARKED if data.startswith(mark)]
    encodings = marked[:1] or list(dict.fromkeys([*filter(None, [declared]), "utf-8", "gb18030"]))
    for encoding in encodings:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError as error:
            at = error.start
    tried = "、".join(encodings)
    raise CorpusError(
        f"读不了 {path}:第 {at} 个字节(0x{data[at]:02x})起不是 {tried} 文字;请另存为 UTF-8 再试"
    )


def refuse_binary(path: Path, text: str) -> None:
    """Refuse what decodes but is no text.

    :raises CorpusError: the text holds NUL
    """
    if "\0" in text:
        raise CorpusError(
            f"读不了 {path}:第 {text.index(chr(0))} 个字符是 NUL,这不是文本文件;请换成导出的文本"
        )
