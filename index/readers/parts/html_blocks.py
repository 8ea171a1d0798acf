"""An element's words → paragraphs, headings and tables in order."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from index.readers.parts.html_lists import mark_of
from index.readers.parts.html_table import grid_of, is_data
from index.readers.parts.types import Block, Line
from index.readers.parts.words import tidy

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_BREAK = "\u2028"  # a line end that the page shows, told from those of its source
_BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "caption",
        "center",
        "dd",
        "details",
        "dialog",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "html",
        "li",
        "main",
        "menu",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
    ]
)
_HEADING = re.compile(r"h([1-6])")


@dataclass(slots=True)
class _Open:
    """The words of the paragraph being read, the level of the heading it stands in, how far lists have counted."""

    words: list[str] = field(default_factory=list)
    level: int = 0
    counts: "dict[HtmlElement, int]" = field(default_factory=dict)

    def flush(self) -> Iterator[Line]:
        """Yield what was read as lines and begin anew."""
        lines = "".join(self.words).split(_BREAK)
        self.words.clear()
        yield from (Line(words, self.level) for line in lines if (words := tidy(line)))


def _shown(element: "HtmlElement", words: str | None) -> str:
    plain = (words or "").replace(_BREAK, " ")
    return plain.replace("\n", _BREAK) if element.tag == "pre" else plain


def _begin(element: "HtmlElement", open_: _Open) -> Iterator[Block]:
    if element.tag in _BLOCKS:
        yield from open_.flush()
        heading = _HEADING.fullmatch(element.tag)
        open_.level = int(heading[1]) if heading else open_.level
    if element.tag == "br":
        open_.words.append(_BREAK)
    if element.tag == "li":
        open_.words.append(mark_of(element, open_.counts))
    open_.words.append(_shown(element, element.text))


def _end(element: "HtmlElement", open_: _Open) -> Iterator[Block]:
    if element.tag in _BLOCKS:
        yield from open_.flush()
        if _HEADING.fullmatch(element.tag):
            open_.level = 0


def _table(element: "HtmlElement", open_: _Open) -> Iterator[Block]:
    yield from open_.flush()
    for caption in element.iterchildren("caption"):
        if words := tidy("".join(caption.itertext())):
            yield Line(words)
    yield grid_of(element)


def blocks_of(main: "HtmlElement") -> Iterator[Block]:
    """Yield the paragraphs, headings and data tables of an element in reading order.

    Tables that only lay a page out are read through; the marks of numbered lists are written out.
    """
    from lxml.etree import iterwalk

    open_ = _Open()
    walk = iterwalk(main, events=("start", "end"))
    grids = set()
    for event, element in walk:
        if event == "start" and element.tag == "table" and is_data(element):
            grids.add(element)
            yield from _table(element, open_)
            walk.skip_subtree()
        elif event == "start":
            yield from _begin(element, open_)
        else:
            if element not in grids:
                yield from _end(element, open_)
            parent = element.getparent()
            if parent is not None and element is not main:
                open_.words.append(_shown(parent, element.tail))
    yield from open_.flush()
