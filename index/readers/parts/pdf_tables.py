"""Ruled tables of a PDF page → grids with their merges."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import reduce
from typing import TYPE_CHECKING, Any

from index.readers.parts.grids import squeeze_grid
from index.readers.parts.pdf_lines import words_of
from index.readers.parts.types import Grid, GridCell
from index.readers.parts.words import join_wrapped

if TYPE_CHECKING:
    from pdfplumber.page import Page as PlumberPage

Box = tuple[float, float, float, float]  # x0, top, x1, bottom in points

_FEWEST_RULES = 3  # upright rules that end at one height: two columns
_SAME_EDGE = 3.0  # points: pdfplumber snaps rules this close to one


@dataclass(frozen=True, slots=True)
class PrintedTable:
    """A table as printed; ``edges`` are its columns' left edges, ``cells`` where its cells stand."""

    grid: Grid
    box: Box
    edges: tuple[float, ...]
    cells: tuple[Box, ...]

    @property
    def top(self) -> float:
        """Where it begins on its page."""
        return self.box[1]


def _edges(places: Sequence[float]) -> list[float]:
    edges: list[float] = []
    for place in sorted(places):
        if not edges or place - edges[-1] > _SAME_EDGE:
            edges.append(place)
    return edges


def _nearest(edges: Sequence[float], place: float) -> int:
    return bisect_left(edges, place - _SAME_EDGE)


def _inside(chars: Sequence[dict[str, Any]], box: Box) -> list[dict[str, Any]]:
    return [
        char
        for char in chars
        if box[0] <= (char["x0"] + char["x1"]) / 2 < box[2]
        and box[1] <= (char["top"] + char["bottom"]) / 2 < box[3]
    ]


def _words(chars: Sequence[dict[str, Any]]) -> str:
    lines = words_of(chars)
    return reduce(join_wrapped, lines) if lines else ""


def _table(cells: Sequence[Box], box: Box, chars: Sequence[dict[str, Any]]) -> PrintedTable:
    columns = _edges([cell[0] for cell in cells] + [cell[2] for cell in cells])
    rows = _edges([cell[1] for cell in cells] + [cell[3] for cell in cells])
    held = _inside(chars, box)
    made = []
    for cell in cells:
        row, column = _nearest(rows, cell[1]), _nearest(columns, cell[0])
        height = _nearest(rows, cell[3]) - row
        width = _nearest(columns, cell[2]) - column
        made.append(GridCell(row, column, _words(_inside(held, cell)), max(height, 1), max(width, 1)))
    lefts = _edges([cell[0] for cell in cells])
    return PrintedTable(squeeze_grid(_distinct(made)), box, tuple(lefts), tuple(cells))


def _distinct(cells: Sequence[GridCell]) -> list[GridCell]:
    """Put together the words of cells whose edges are too close to tell apart."""
    found: dict[tuple[int, int], GridCell] = {}
    for cell in cells:
        at = (cell.row, cell.column)
        other = found.get(at, GridCell(*at, ""))
        rows, columns = max(cell.rows, other.rows), max(cell.columns, other.columns)
        found[at] = GridCell(*at, f"{other.text} {cell.text}".strip(), rows, columns)
    return list(found.values())


def _meet(edges: Sequence[dict[str, Any]], end: str) -> dict[int, list[dict[str, Any]]]:
    """Group upright rules by the height they end at."""
    ends: dict[int, list[dict[str, Any]]] = {}
    for edge in edges:
        ends.setdefault(round(edge[end]), []).append(edge)
    return ends


def _closing_rules(page: "PlumberPage") -> list[dict[str, Any]]:
    """Draw the rules that are not printed where a row runs over a page's end: its upright rules end in the open."""
    upright = [e for e in page.edges if e["orientation"] == "v" and e["bottom"] - e["top"] > _SAME_EDGE]
    level = [e for e in page.edges if e["orientation"] == "h" and e["x1"] - e["x0"] > _SAME_EDGE]
    rules = []
    for end in ("top", "bottom"):
        for group in _meet(upright, end).values():
            place, x0, x1 = group[0][end], min(e["x0"] for e in group), max(e["x1"] for e in group)
            closed = any(abs(e["top"] - place) <= _SAME_EDGE and e["x0"] < x1 and e["x1"] > x0 for e in level)
            if len(_edges([e["x0"] for e in group])) >= _FEWEST_RULES and not closed:
                rule = {"object_type": "line", "x0": x0, "x1": x1, "top": place, "bottom": place}
                rules.append({**rule, "width": x1 - x0, "height": 0.0})
    return rules


def tables_of(page: "PlumberPage", chars: Sequence[dict[str, Any]]) -> list[PrintedTable]:
    """Return the ruled tables of a page that have two columns or more and hold words, from top to bottom.

    A frame around text and a single ruled row are no tables. :param chars: the page's readable characters
    """
    found = []
    for table in page.find_tables({"explicit_horizontal_lines": _closing_rules(page)}):
        made = _table([cell for cell in table.cells if cell], table.bbox, chars)
        filled = sum(bool(cell.text) for cell in made.grid.cells)
        if made.grid.columns > 1 and filled > 1:
            found.append(made)
    outer = [t for t in found if not any(_holds(other.box, t.box) for other in found if other is not t)]
    return sorted(outer, key=lambda table: table.top)


def _holds(outer: Box, inner: Box) -> bool:
    return outer[0] <= inner[0] and outer[1] <= inner[1] and outer[2] >= inner[2] and outer[3] >= inner[3]


def _columns(above: PrintedTable, below: PrintedTable) -> list[int] | None:
    """Return the column of ``above`` that each column of ``below`` continues, ``None`` where one continues none."""
    found = []
    for edge in below.edges:
        near = [at for at, other in enumerate(above.edges) if abs(edge - other) <= 2 * _SAME_EDGE]
        if not near:
            return None
        found.append(near[0])
    return found


def goes_on(above: PrintedTable, below: PrintedTable) -> bool:
    """Whether a table at a page's head has columns of the one at the foot of the page before, and all but two at most.

    A cell merged over rows may run over the page's end without a rule of its own there.
    """
    columns = _columns(above, below)
    return columns is not None and len(below.edges) >= max(2, len(above.edges) - 2)


def _header(grid: Grid) -> list[tuple[int, str]]:
    return [(cell.column, cell.text) for cell in grid.cells if cell.row == 0]


def _reaching_down(above: Grid, missing: set[int], rows: int) -> tuple[GridCell, ...]:
    """Let the last cell of each column that is not ruled overleaf reach down over its rows."""
    return tuple(
        GridCell(cell.row, cell.column, cell.text, cell.rows + rows, cell.columns)
        if cell.column in missing and cell.row + cell.rows == above.rows
        else cell
        for cell in above.cells
    )


def joined(above: PrintedTable, below: PrintedTable) -> PrintedTable:
    """Put the rows of a table that goes on overleaf behind those before; a repeated header row is left out."""
    grid, new = above.grid, below.grid
    columns = _columns(above, below) or list(range(new.columns))
    skip = 1 if _header(grid) == _header(new) and new.rows > 1 else 0
    moved = tuple(
        GridCell(
            cell.row - skip + grid.rows,
            columns[cell.column],
            cell.text,
            cell.rows,
            max(columns[min(cell.column + cell.columns, len(columns)) - 1] - columns[cell.column] + 1, 1),
        )
        for cell in new.cells
        if cell.row >= skip
    )
    missing = set(range(grid.columns)) - set(columns)
    cells = _reaching_down(grid, missing, new.rows - skip) + moved
    made = Grid(grid.rows + new.rows - skip, grid.columns, cells, (*grid.page_starts, grid.rows))
    return replace(above, grid=made)
