"""Cells in rows → a grid: where each cell begins once those above and beside it are merged."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from index.readers.parts.types import Grid, GridCell

_WIDEST = 2000  # columns; what would reach further is one column wide, so that no row swallows the memory


@dataclass(frozen=True, slots=True)
class Placed:
    """A cell as a row lists it; ``rows`` of ``None`` reaches down to the last row."""

    text: str
    rows: int | None = 1
    columns: int = 1


def _positions(rows: Sequence[Sequence[Placed]]) -> list[GridCell]:
    """Give every cell its row and column; a place taken from above or the left is passed over."""
    covered: dict[int, int] = {}  # column → the first row it is free in
    cells = []
    for row, listed in enumerate(rows):
        column = 0
        for cell in listed:
            while covered.get(column, 0) > row:
                column += 1
            height = len(rows) - row if cell.rows is None else min(cell.rows, len(rows) - row)
            width = 1
            while width < min(cell.columns, _WIDEST - column) and covered.get(column + width, 0) <= row:
                width += 1
            covered.update(dict.fromkeys(range(column, column + width), row + height))
            cells.append(GridCell(row, column, cell.text, height, width))
            column += width
    return cells


def _places(starts: Iterable[int]) -> list[int]:
    return sorted(set(starts))


def squeeze_grid(cells: Iterable[GridCell]) -> Grid:
    """Build a grid without the rows and columns in which no cell begins: nothing shows them."""
    listed = sorted(cells, key=lambda cell: (cell.row, cell.column))
    rows = _places(cell.row for cell in listed)
    columns = _places(cell.column for cell in listed)
    made = []
    for cell in listed:
        row, column = bisect_left(rows, cell.row), bisect_left(columns, cell.column)
        height = bisect_left(rows, cell.row + cell.rows) - row
        width = bisect_left(columns, cell.column + cell.columns) - column
        made.append(GridCell(row, column, cell.text, height, width))
    return Grid(len(rows), len(columns), tuple(made))


def lay_out(rows: Iterable[Sequence[Placed]]) -> Grid:
    """Lay rows of cells out in a grid; empty rows vanish."""
    return squeeze_grid(_positions(list(rows)))
