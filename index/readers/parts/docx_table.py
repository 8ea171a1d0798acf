"""A Word table → its grid."""

from collections.abc import Iterator
from typing import Any

from index.readers.parts.docx_styles import W, number, value
from index.readers.parts.docx_words import is_deleted, words_of
from index.readers.parts.grids import squeeze_grid
from index.readers.parts.types import Grid, GridCell
from index.readers.parts.words import tidy

_MAX_COLUMNS = 2000
_TRANSPARENT = frozenset({f"{W}sdt", f"{W}sdtContent", f"{W}customXml", f"{W}ins", f"{W}moveTo"})


def children(element: Any) -> Iterator[Any]:
    """Yield the children of an element; content controls and insertions are looked through."""
    stack = [iter(element)]
    while stack:
        child = next(stack[-1], None)
        if child is None:
            stack.pop()
        elif child.tag in _TRANSPARENT:
            stack.append(iter(child))
        else:
            yield child


def cell_words(cell: Any) -> str:
    """Return the words of a cell; its paragraphs, and tables inside it, are parted by blanks."""
    lines = (tidy(line) for p in cell.iter(f"{W}p") for line in words_of(p).split("\n"))
    return " ".join(filter(None, lines))


def _before(row: Any) -> int:
    return max(number(value(row, f"{W}trPr/{W}gridBefore"), 0), 0)


def _goes_on(cell: Any) -> bool:
    merge = cell.find(f"{W}tcPr/{W}vMerge")
    return merge is not None and merge.get(f"{W}val") != "restart"


def _place(
    cells: dict[tuple[int, int], GridCell], above: dict[int, tuple[int, int]], new: GridCell, on: bool
) -> None:
    """Add a cell, or make the one it goes on from a row higher."""
    origin = above.get(new.column)
    if on and origin is not None:
        old = cells[origin]
        cells[origin] = GridCell(old.row, old.column, old.text, new.row - old.row + 1, old.columns)
    else:
        cells[new.row, new.column] = new
        above[new.column] = (new.row, new.column)


def grid_of(table: Any) -> Grid:
    """Return the grid of a table: ``w:gridSpan`` merges columns, ``w:vMerge`` rows; deleted rows are left out."""
    cells: dict[tuple[int, int], GridCell] = {}
    above: dict[int, tuple[int, int]] = {}
    rows = [row for row in children(table) if row.tag == f"{W}tr" and not is_deleted(row)]
    for at, row in enumerate(rows):
        column = _before(row)
        for cell in (cell for cell in children(row) if cell.tag == f"{W}tc"):
            width = min(max(number(value(cell, f"{W}tcPr/{W}gridSpan"), 1), 1), _MAX_COLUMNS)
            _place(cells, above, GridCell(at, column, cell_words(cell), 1, width), _goes_on(cell))
            column += width
    return squeeze_grid(cells.values())
