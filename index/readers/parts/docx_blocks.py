"""A Word document → paragraphs, headings and tables in order."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from index.readers.parts.docx_numbering import Numbering, numbering_of
from index.readers.parts.docx_styles import Style, W, is_contents, number, styles_of
from index.readers.parts.docx_table import children, grid_of
from index.readers.parts.docx_words import boxes_of, property_of, words_of
from index.readers.parts.types import Block, Line
from index.readers.parts.words import tidy

_PLAIN = Style("", 0, None, None)
_NO_LIST = "0"
_SEPARATORS = ("separator", "continuationSeparator", "continuationNotice")
_MAX_PLACES = 1_000_000  # a larger grid is hostile or a spreadsheet: its words are read as lines


@dataclass(frozen=True, slots=True)
class _Word:
    """What a paragraph's look depends on."""

    styles: dict[str, Style]
    numbering: Numbering


def _style(word: _Word, paragraph: Any) -> tuple[str, Style]:
    style_id = property_of(paragraph, "pStyle") or ""
    return style_id, word.styles.get(style_id, word.styles.get("", _PLAIN))


def _mark(word: _Word, paragraph: Any, style_id: str, style: Style) -> str:
    """Return the number a list gives a paragraph: its own list, its style's, or the one that names its style."""
    list_id = property_of(paragraph, f"numPr/{W}numId") or style.list_id
    linked = word.numbering.by_style.get(style_id)
    if list_id is None and linked:
        list_id = linked[0]
    if list_id is None or list_id == _NO_LIST:
        return ""
    level = property_of(paragraph, f"numPr/{W}ilvl") or style.list_level
    default = linked[1] if linked and linked[0] == list_id else 0
    return word.numbering.mark(list_id, number(level, default))


def _level(paragraph: Any, style: Style) -> int:
    outline = property_of(paragraph, "outlineLvl")
    if outline is None:
        return style.level
    level = number(outline, 9)
    return level + 1 if 0 <= level < 9 else 0


def _paragraph(word: _Word, paragraph: Any) -> Iterator[Block]:
    style_id, style = _style(word, paragraph)
    lines = [line for line in map(tidy, words_of(paragraph).split("\n")) if line]
    mark = _mark(word, paragraph, style_id, style)  # an empty item counts too
    if lines and not is_contents(style):
        lines[0] = mark + lines[0]
        level = _level(paragraph, style)
        yield from (Line(line, level) for line in lines)
    for box in boxes_of(paragraph):
        yield from _blocks(word, box)


def _table(word: _Word, table: Any) -> Iterator[Block]:
    """Yield a table's grid, or the words of one that only draws a frame."""
    grid = grid_of(table)
    if min(grid.rows, grid.columns) > 1 and grid.rows * grid.columns <= _MAX_PLACES:
        if any(cell.text for cell in grid.cells):
            yield grid
        return
    for row in (row for row in children(table) if row.tag == f"{W}tr"):
        for cell in (cell for cell in children(row) if cell.tag == f"{W}tc"):
            yield from _blocks(word, cell)


def _blocks(word: _Word, parent: Any) -> Iterator[Block]:
    for child in children(parent):
        if child.tag == f"{W}p":
            yield from _paragraph(word, child)
        elif child.tag == f"{W}tbl":
            yield from _table(word, child)


def _notes(word: _Word, document: Any, kind: str) -> Iterator[Block]:
    from docx.oxml import parse_xml

    for rel in document.part.rels.values():
        if rel.reltype.endswith(f"/{kind}s") and not rel.is_external:
            for note in parse_xml(rel.target_part.blob).iterchildren(f"{W}{kind}"):
                if note.get(f"{W}type") not in _SEPARATORS:
                    yield from _blocks(word, note)


def blocks_of(document: Any) -> Iterator[Block]:
    """Yield the paragraphs, headings and tables of an opened document in reading order, its notes last.

    :param document: what ``docx.Document`` returned
    """
    word = _Word(styles_of(document), numbering_of(document))
    yield from _blocks(word, document.element.body)
    yield from _notes(word, document, "footnote")
    yield from _notes(word, document, "endnote")
