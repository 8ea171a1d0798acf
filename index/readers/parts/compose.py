"""Blocks → stored text.

One line a paragraph, one line a table row: ``| cell | cell |``. A merged cell is printed once, where it begins; the
places it covers stay empty. Only rows hold ``|``: elsewhere, and inside cells, it becomes the full-width bar, and a
line break inside a cell becomes a space. Two tables in a row are parted by a blank line.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from index.readers.parts.types import Block, Grid, Line, PageStart
from index.readers.parts.words import tidy
from index.readers.types import StoredText
from index.types import Cell, HeadingLine, Span, Table

_BAR = "\uff5c"


@dataclass(slots=True)
class _Text:
    """The text written so far with what stands beside it."""

    parts: list[str] = field(default_factory=list)
    length: int = 0
    tables: list[Table] = field(default_factory=list)
    headings: list[HeadingLine] = field(default_factory=list)
    pages: list[int] = field(default_factory=list)

    def write(self, words: str) -> Span:
        start = self.length
        self.parts.append(words)
        self.length += len(words)
        return Span(start, self.length)


def _plain(text: str) -> str:
    """Keep a line of text from reading as a table row."""
    return text.replace("|", _BAR)


def _write_line(out: _Text, line: Line) -> None:
    start = out.length
    span = out.write(_plain(line.text))
    out.write("\n")
    out.pages += [start + at for at in line.page_starts]
    if line.level:
        out.headings.append(HeadingLine(span, line.level))


def _write_row(out: _Text, grid: Grid, row: int, words: dict[tuple[int, int], str]) -> dict[int, Span]:
    placed = {}
    for column in range(grid.columns):
        out.write("| ")
        placed[column] = out.write(words.get((row, column), ""))
        out.write(" ")
    out.write("|")
    return placed


def _write_grid(out: _Text, grid: Grid) -> None:
    words = {(cell.row, cell.column): tidy(cell.text).replace("|", _BAR) for cell in grid.cells}
    start = out.length
    end = start
    spans: dict[tuple[int, int], Span] = {}
    for row in range(grid.rows):
        if row in grid.page_starts:
            out.pages.append(out.length)
        spans.update({(row, column): span for column, span in _write_row(out, grid, row, words).items()})
        end = out.length
        out.write("\n")
    cells = (Cell(c.row, c.column, spans[c.row, c.column], c.rows, c.columns) for c in grid.cells)
    out.tables.append(Table(Span(start, end), grid.rows, grid.columns, tuple(cells)))


def compose(blocks: Iterable[Block], declared: Iterable[tuple[str, str]] = ()) -> StoredText:
    """Write blocks one under the other; a document without any words gives an empty text.

    :param blocks: in reading order; lines hold no line breaks and no blanks at their ends
    :param declared: what the file says of itself outside the text
    """
    out = _Text()
    after_table = False
    for block in blocks:
        if isinstance(block, PageStart):
            out.pages.append(out.length)
        elif isinstance(block, Grid):
            if after_table:
                out.write("\n")
            _write_grid(out, block)
            after_table = True
        elif block.text:
            _write_line(out, block)
            after_table = False
    text = "".join(out.parts)
    return StoredText(text, tuple(out.tables), tuple(out.headings), tuple(out.pages), tuple(declared))
