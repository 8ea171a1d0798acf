"""A table with its merges resolved: every place of every row holds the cell that covers it."""

from dataclasses import dataclass

from index.types import Span, Table


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell: its text with full-width forms narrowed, where it stands, how far it is merged."""

    text: str
    span: Span
    row: int = 0
    column: int = 0
    rows: int = 1
    columns: int = 1


@dataclass(frozen=True, slots=True)
class Grid:
    """``rows`` are as wide as their last cell, ``columns`` as wide as the widest."""

    rows: tuple[tuple[Cell, ...], ...]
    columns: int

    def swapped(self) -> "Grid":
        """Return the same cells with rows as columns."""
        turned: dict[int, Cell] = {}

        def turn(cell: Cell) -> Cell:
            if id(cell) not in turned:
                turned[id(cell)] = Cell(cell.text, cell.span, cell.column, cell.row, cell.columns, cell.rows)
            return turned[id(cell)]

        wide = [
            tuple(
                turn(row[at]) if at < len(row) else Cell("", Span(0, 0), at, below)
                for below, row in enumerate(self.rows)
            )
            for at in range(self.columns)
        ]
        return Grid(tuple(wide), len(self.rows))


def line_around(folded: str, span: Span) -> Span:
    """Return the line a cell stands in, without its line break."""
    stop = folded.find("\n", span.end)
    return Span(folded.rfind("\n", 0, span.start) + 1, len(folded) if stop < 0 else stop)


def read_grid(folded: str, table: Table) -> Grid:
    """Lay a table out; where two cells claim one place, the first stays."""
    places: list[dict[int, Cell]] = [{} for _ in range(table.rows)]
    for found in table.cells:
        cell = Cell(found.span.of(folded), found.span, found.row, found.column, found.rows, found.columns)
        for row in range(found.row, min(found.row + found.rows, table.rows)):
            for column in range(found.column, min(found.column + found.columns, table.columns)):
                places[row].setdefault(column, cell)
    blank = Span(table.span.start, table.span.start)
    rows = [
        tuple(
            placed.get(column, Cell("", blank, at, column)) for column in range(max(placed, default=-1) + 1)
        )
        for at, placed in enumerate(places)
    ]
    return Grid(tuple(rows), table.columns)
