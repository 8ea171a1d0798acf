"""PDF with a text layer: paragraphs put together again from printed lines."""

import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path

from index.errors import CorpusError
from index.readers.parts.compose import compose
from index.readers.parts.files import PDF, load
from index.readers.parts.pdf_furniture import without_furniture
from index.readers.parts.pdf_page import Page, read_page
from index.readers.parts.pdf_paragraphs import blocks_of
from index.readers.types import StoredText

SUFFIXES = (".pdf",)

_TAIL = 2048  # bytes at the end in which %%EOF must stand; readers accept a little rubbish behind it
_LOSS = "Data-loss"  # how pdfminer's warning of contents it cannot unpack begins
_UNREADABLE_SHARE = 0.1  # of characters without a known meaning from which on a text layer is of no use


def _refuse_truncated(path: Path, data: bytes) -> None:
    if b"%%EOF" not in data[-_TAIL:]:
        raise CorpusError(f"读不了 {path}:PDF 不完整,结尾缺少 %%EOF(可能没有下载完);请重新下载后再试")


def _refuse_unreadable(path: Path, pages: Sequence[Page]) -> None:
    """Refuse pages that are pictures, and text whose fonts do not say which characters it holds."""
    pictures = [at for at, page in enumerate(pages, 1) if page.is_picture]
    characters = sum(page.characters for page in pages)
    if not characters or len(pictures) * 2 > len(pages):
        raise CorpusError(
            f"读不了 {path}:{len(pages)} 页里没有可读的文字层,像是扫描件;请先做文字识别(OCR),或换成 Word、网页版"
        )
    if sum(page.unreadable for page in pages) > _UNREADABLE_SHARE * characters:
        raise CorpusError(
            f"读不了 {path}:文字层是乱码(字体没有给出对应的汉字);请换成 Word 或网页版,或重新导出 PDF"
        )


class _Listener(logging.Handler):
    def __init__(self, heard: list[str]) -> None:
        super().__init__()
        self._heard = heard

    def emit(self, record: logging.LogRecord) -> None:
        """Keep the words of a warning."""
        self._heard.append(record.getMessage())


@contextmanager
def _heard() -> Iterator[list[str]]:
    """Collect what pdfminer only warns of; it goes on past contents it cannot unpack."""
    logger = logging.getLogger("pdfminer")
    heard: list[str] = []
    listener, propagated = _Listener(heard), logger.propagate
    logger.addHandler(listener)
    logger.propagate = False
    try:
        yield heard
    finally:
        logger.removeHandler(listener)
        logger.propagate = propagated


def _read_pages(path: Path, data: bytes) -> list[Page]:
    import pdfplumber
    from pdfminer.pdfdocument import PDFPasswordIncorrect

    try:
        with _heard() as warnings, pdfplumber.open(BytesIO(data)) as pdf:
            pages = [read_page(page) for page in pdf.pages]
    except Exception as error:  # pdfminer raises whatever a malformed object leads it into
        if isinstance(error, PDFPasswordIncorrect) or any(
            isinstance(arg, PDFPasswordIncorrect) for arg in error.args
        ):
            raise CorpusError(f"读不了 {path}:PDF 加了密码;请去掉密码后再试") from None
        raise CorpusError(
            f"读不了 {path}:PDF 已损坏({type(error).__name__}: {str(error)[:80]});请重新下载或重新导出后再试"
        ) from None
    if any(_LOSS in warning for warning in warnings):
        raise CorpusError(f"读不了 {path}:PDF 已损坏,有的内容解不出来;请重新下载或重新导出后再试")
    return pages


def read(path: Path) -> StoredText:
    """Read a PDF's text layer in reading order, with the offsets its pages begin at.

    Headers, footers and page numbers are left out; printed lines are put together to paragraphs, Chinese without
    blanks, also across pages; ruled tables are read as grids, a table that goes on overleaf as one.

    :raises CorpusError: the file is damaged, encrypted, truncated, a scan, or its fonts hide its characters
    """
    data = load(path, PDF)
    _refuse_truncated(path, data)
    pages = _read_pages(path, data)
    _refuse_unreadable(path, pages)
    stored = compose(blocks_of(without_furniture(pages)))
    if not stored.text.strip():
        raise CorpusError(f"{path} 里没有正文;请换成有文字的版本")
    return stored
