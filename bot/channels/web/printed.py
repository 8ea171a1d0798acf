"""What a printed page shows: which words stand on it, which are marked, where it leads."""

from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from urllib.parse import quote

from bot.channels.web.library import reader_path
from bot.channels.web.problems import RequestError
from bot.channels.web.reader import read_span
from bot.printed.marks import marks
from bot.printed.types import PrintedPage
from index.generation import Generation
from index.types import Document, Span

_NO_PAGES = "《{title}》的原件不是 PDF，没有页面图。"
_NO_SUCH_PAGE = "《{title}》没有第{number}页，一共{count}页。"
_ALT_CHARS = 60  # of the marked words: a screen reader finds all of them in the text below


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page of a document's source: what of the stored text stands on it, what of that is marked.

    ``stale`` tells that a link was made for the words of another version; then nothing is marked.
    """

    document: Document
    number: int  # from 1
    count: int  # pages of the source
    text: str  # all of the stored text
    span: Span
    marked: Span | None
    stale: bool

    @property
    def words(self) -> str:
        """The marked words."""
        return self.marked.of(self.text) if self.marked else ""


def has_pages(store: Generation, document: Document) -> bool:
    """Whether there are pages to draw: the source is a PDF."""
    return bool(store.pages.get(document.id)) and Path(document.file).suffix.lower() == ".pdf"


def page_path(document: Document, number: int, hl: str = "") -> str:
    """Return the address of a page, relative to the site: ``pages/ID/3?hl=9512-9571&v=…``."""
    address = f"pages/{quote(document.id, safe='')}/{number}"
    return address + (f"?hl={quote(hl)}&v={document.version}" if hl else "")


def picture_path(document: Document, number: int) -> str:
    """Return the address of a page's picture, which names the version: what is drawn never changes."""
    return f"{page_path(document, number)}.png?v={document.version}"


def _marked(text: str, on_page: Span, hl: str) -> Span | None:
    whole = read_span(hl, Span(0, len(text)))
    if whole is None:
        return None
    part = Span(max(whole.start, on_page.start), min(whole.end, on_page.end))
    return part if part.start < part.end else None


def sheet_at(store: Generation, document: Document, number: int, hl: str = "", version: str = "") -> Sheet:
    """Return a page of a document's source.

    :param hl: the characters to mark, ``9512-9571``; those on other pages are not marked
    :param version: the one ``hl`` counts in
    :raises RequestError: 404, there is no such page
    """
    starts, text = store.pages.get(document.id, ()), store.texts[document.id]
    if not has_pages(store, document):
        raise RequestError(HTTPStatus.NOT_FOUND, _NO_PAGES.format(title=document.title))
    if not 1 <= number <= len(starts):
        told = _NO_SUCH_PAGE.format(title=document.title, number=number, count=len(starts))
        raise RequestError(HTTPStatus.NOT_FOUND, told)
    # whatever stands before the first page's first words is the first page's
    span = Span(
        starts[number - 1] if number > 1 else 0, starts[number] if number < len(starts) else len(text)
    )
    stale = bool(version) and version != document.version
    marked = None if stale else _marked(text, span, hl)
    return Sheet(document, number, len(starts), text, span, marked, stale)


def boxes_of(sheet: Sheet, drawn: PrintedPage) -> list[dict[str, int]]:
    """Return the rectangles to draw over the picture, as SVG names their sides; none where nothing is marked."""
    if sheet.marked is None:
        return []
    before = Span(sheet.span.start, sheet.marked.start).of(sheet.text)
    return [
        {"x": left, "y": top, "width": right - left, "height": bottom - top}
        for left, top, right, bottom in marks(drawn, sheet.words, before)
    ]


def alt_of(sheet: Sheet, marked: bool) -> str:
    """Say in words what the picture shows; ``marked`` tells whether it shows the marked words."""
    alt = f"《{sheet.document.title}》原件第{sheet.number}页的图"
    words = sheet.words.replace("\n", " ")
    shown = words[:_ALT_CHARS] + ("…" if len(words) > _ALT_CHARS else "")
    return f"{alt}，标出的话：{shown}" if marked else alt


def steps_of(sheet: Sheet, hl: str) -> list[tuple[str, str, str, str]]:
    """Return the ways to the pages beside: label, relation, address, name."""
    beside = (("上一页", "prev", sheet.number - 1), ("下一页", "next", sheet.number + 1))
    return [
        (label, rel, page_path(sheet.document, other, hl), f"第{other}页")
        for label, rel, other in beside
        if 1 <= other <= sheet.count
    ]


def way_back(store: Generation, sheet: Sheet) -> str:
    """Return the reader's address of the marked words, or of what the page begins with."""
    wanted = sheet.marked or Span(sheet.span.start, min(sheet.span.start + 1, sheet.span.end))
    holding = [clause for clause in store.clauses[sheet.document.id] if wanted in clause.span]
    deepest = max(holding, key=lambda clause: clause.depth, default=None)
    return reader_path(sheet.document, deepest.path if deepest else "", sheet.marked)
