"""Word documents (.docx): paragraphs, numbered lists and tables as Word shows them."""

from io import BytesIO
from pathlib import Path

from index.errors import CorpusError
from index.readers.parts.compose import compose
from index.readers.parts.docx_archive import check_archive
from index.readers.parts.docx_blocks import blocks_of
from index.readers.parts.files import ZIP, load
from index.readers.types import StoredText

SUFFIXES = (".docx",)


def read(path: Path) -> StoredText:
    """Read a Word document as it stands after its tracked changes: insertions kept, deletions left out.

    Numbers that live in a list's style are written out; text boxes follow the paragraph they hang on, footnotes the
    end of the text; headers, footers, a generated table of contents and hidden words are left out. Entities of the
    file's own are never resolved.

    :raises CorpusError: the file is damaged, encrypted, no Word document, packed to swell, or shows no words
    """
    data = load(path, ZIP)
    check_archive(path, data)
    stored = _read(path, data)
    if not stored.text.strip():
        raise CorpusError(f"{path} 里没有文字(可能只有图片);请换成有文字的版本,或先做文字识别再另存为 .docx")
    return stored


def _read(path: Path, data: bytes) -> StoredText:
    import docx

    try:
        document = docx.Document(BytesIO(data))
        title = document.core_properties.title.strip()
        return compose(blocks_of(document), (("title", title),) if title else ())
    except Exception as error:  # python-docx, lxml and zlib raise whatever a malformed part leads them into
        raise CorpusError(
            f"读不了 {path}:不是完好的 Word 文档({type(error).__name__}: {str(error)[:80]});请用 Word 打开后另存为 .docx"
        ) from None
