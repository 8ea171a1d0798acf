"""A table of a page → its grid, by the rules of the HTML standard (4.9.12, forming a table)."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from index.readers.parts.grids import Placed, lay_out
from index.readers.parts.types import Grid
from index.readers.parts.words import tidy

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_MAX_COLUMNS, _MAX_ROWS = 1000, 65534  # the standard's own limits on colspan and rowspan
_LAYOUT_SHARE = 0.8  # one cell with more of a table's words than this,
_LAYOUT_CHARS = 600  # and with more characters than this, holds a page and not a value
_MAX_PLACES = 1_000_000  # a table with more is hostile or a spreadsheet: its words are read as lines
_CELL_BREAKS = frozenset(
    ["br", "p", "div", "li", "tr", "td", "th", "table", "h1", "h2", "h3", "h4", "h5", "h6", "dd", "dt"]
)


def _rows(table: "HtmlElement") -> Iterator["HtmlElement"]:
    for child in table:
        if child.tag == "tr":
            yield child
        elif child.tag in ("thead", "tbody", "tfoot"):
            yield from child.iterchildren("tr")


def _words(cell: "HtmlElement") -> str:
    from lxml.etree import iterwalk

    parts: list[str] = []
    for event, element in iterwalk(cell, events=("start", "end")):
        if element.tag in _CELL_BREAKS and element is not cell:
            parts.append("\u2028")
        if event == "start":
            parts.append(element.text or "")
        elif element is not cell:
            parts.append(element.tail or "")
    lines = (tidy(line) for line in "".join(parts).split("\u2028"))
    return " ".join(filter(None, lines))


def _span(cell: "HtmlElement", name: str, most: int) -> int | None:
    """Return a cell's rowspan or colspan; ``None`` for a rowspan of 0: down to the last row."""
    value = (cell.get(name) or "").strip()
    if not value.isascii() or not value.isdigit():
        return 1
    number = int(value[:9])
    if number == 0:
        return None if name == "rowspan" else 1
    return min(number, most)


def _cells(table: "HtmlElement") -> Iterator[list[Placed]]:
    for row in _rows(table):
        cells = (cell for cell in row if cell.tag in ("td", "th"))
        yield [
            Placed(_words(cell), _span(cell, "rowspan", _MAX_ROWS), _span(cell, "colspan", _MAX_COLUMNS) or 1)
            for cell in cells
        ]


def grid_of(table: "HtmlElement") -> Grid:
    """Return the grid of a table; a table nested in a cell becomes words of that cell."""
    return lay_out(_cells(table))


def is_data(table: "HtmlElement") -> bool:
    """Whether a table states something in rows and columns, rather than laying a page out.

    It does with two rows, two columns and two cells that hold words, unless most of its words stand in tables inside it or in
    one single cell as long as a page.
    """
    grid = grid_of(table)
    if grid.rows * grid.columns > _MAX_PLACES:
        return False
    filled = [cell for cell in grid.cells if cell.text]
    if min(grid.rows, grid.columns, len(filled)) < 2:
        return False
    whole = sum(len(cell.text) for cell in filled)
    nested = sum(len(_words(inner)) for inner in table.iter("table") if inner is not table)
    longest = max(len(cell.text) for cell in filled)
    return nested <= whole / 2 and not (longest > _LAYOUT_CHARS and longest > _LAYOUT_SHARE * whole)
