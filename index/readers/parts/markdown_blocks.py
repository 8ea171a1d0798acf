"""Markdown → paragraphs, headings and tables in order."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from markdown_it import MarkdownIt
from markdown_it.token import Token

from index.readers.parts.grids import Placed, lay_out
from index.readers.parts.types import Block, Line
from index.readers.parts.words import tidy

_TAG = re.compile(r"<(?:!--.*?--|/?[A-Za-z][^<>]*|![^<>]*|\?[^<>]*)>", re.DOTALL)
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_BREAK = re.compile(r"(?i)<br\s*/?>")
_NUMBERED = re.compile(r"\d")
_MIN_MENU_LINKS = 2  # a paragraph of nothing but so many links, or a picture, is a menu


class _Parser(MarkdownIt):
    """Reads every link: only its words are kept, whatever it leads to."""

    def validateLink(self, url: str) -> bool:  # noqa: N802 - the library's name
        """Accept any address."""
        return True


@dataclass(slots=True)
class _Open:
    """Where in the document the walk stands."""

    level: int = 0
    marks: list[str] = field(default_factory=list)  # of the list items begun and not yet shown
    rows: list[list[Placed]] = field(default_factory=list)
    in_table: bool = False


def _words(token: Token) -> str:
    """Return what an inline token shows; line ends stay."""
    parts: list[str] = []
    for child in token.children or ():
        if child.type in ("softbreak", "hardbreak"):
            parts.append("\n")
        elif child.type == "html_inline":
            parts.append("\n" if _BREAK.fullmatch(child.content) else "")
        elif child.type != "image":
            # CommonMark reads no ** between Chinese words and punctuation, as in **(一)**支持; authors mean it
            parts.append(child.content if child.type == "code_inline" else child.content.replace("**", ""))
    return "".join(parts)


def _is_menu(token: Token) -> bool:
    """Whether an inline token shows nothing but links."""
    links = depth = 0
    for child in token.children or ():
        depth += (child.type == "link_open") - (child.type == "link_close")
        links += child.type == "link_open"
        if depth == 0 and child.type == "text" and any(map(str.isalnum, child.content)):
            return False
    return links >= _MIN_MENU_LINKS


def _lines(words: str, open_: _Open) -> Iterator[Line]:
    for line in map(tidy, words.split("\n")):
        if line:
            mark = "".join(open_.marks)
            open_.marks.clear()
            yield Line(mark + line, open_.level)


def _html(token: Token) -> Iterator[Block]:
    """Read a run of HTML by the reader of pages: tables keep their cells."""
    from index.readers.parts.html_blocks import blocks_of as page_blocks
    from index.readers.parts.html_page import parse_page

    if not _TAG.sub("", _COMMENT.sub("", token.content)).strip():
        return
    page = parse_page(token.content)
    if page is not None:
        yield from page_blocks(page)


def _inline(token: Token, open_: _Open) -> Iterator[Block]:
    if open_.in_table:
        open_.rows[-1].append(Placed(_words(token).replace("\n", " ")))
    elif not _is_menu(token):
        yield from _lines(_words(token), open_)


def _walk(tokens: Sequence[Token], open_: _Open) -> Iterator[Block]:
    for token in tokens:
        if token.type == "heading_open":
            open_.level = int(token.tag[1])
        elif token.type == "heading_close":
            open_.level = 0
        elif token.type == "list_item_open":
            open_.marks = [f"{token.info}{token.markup} "] if _NUMBERED.match(token.info) else []
        elif token.type == "table_open":
            open_.in_table, open_.rows = True, []
        elif token.type == "tr_open":
            open_.rows.append([])
        elif token.type == "table_close":
            open_.in_table = False
            yield lay_out(open_.rows)
        elif token.type == "inline":
            yield from _inline(token, open_)
        elif token.type in ("fence", "code_block"):
            yield from _lines(token.content, open_)
        elif token.type == "html_block":
            yield from _html(token)


def blocks_of(source: str) -> Iterator[Block]:
    """Yield the paragraphs, headings and tables of a Markdown text; indented text is text, not program code."""
    # lheading: a line of === or --- under Chinese text is a rule someone drew, not a heading
    parser = _Parser("commonmark", {"maxNesting": 50}).enable("table").disable(["code", "lheading"])
    yield from _walk(parser.parse(source), _Open())
