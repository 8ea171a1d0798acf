"""Web pages: the article without what stands around it."""

from pathlib import Path

from index.errors import CorpusError
from index.readers.parts.compose import compose
from index.readers.parts.files import HTML, decode, load, refuse_binary
from index.readers.parts.html_blocks import blocks_of
from index.readers.parts.html_main import main_of
from index.readers.parts.html_meta import charset_of, declared_of, titled
from index.readers.parts.html_page import parse_page
from index.readers.types import StoredText

SUFFIXES = (".html", ".htm")


def read(path: Path) -> StoredText:
    """Read the article of a web page: paragraphs, headings and tables in order, each one line or row.

    Navigation, footers, scripts, hidden parts and share buttons are left out. The title stands first also where
    the page prints it outside the article. Entities and document types of the file's own are never resolved.

    :raises CorpusError: the file cannot be opened or decoded, is no web page, or holds no article
    """
    data = load(path, HTML)
    source = decode(path, data, charset_of(data))
    refuse_binary(path, source)
    page = parse_page(source)
    declared = declared_of(page) if page is not None else ()
    main = main_of(page) if page is not None else None
    stored = compose(titled(blocks_of(main), declared), declared) if main is not None else StoredText("")
    if not stored.text.strip():
        raise CorpusError(
            f"读不了 {path}:网页里没有找到正文(可能是目录页,或正文由脚本载入);"
            "请在浏览器中打开原文,把正文另存为 .txt 或 .docx 再试"
        )
    return stored
