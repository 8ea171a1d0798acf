"""Lines of cells between ``|`` → the grid of a table: the same nouns the readers give for other formats."""

import re
from collections.abc import Sequence

from index.types import Cell, Span, Table

RULE = re.compile(r"[\s|:+-]+")  # |---|:---:|


def _cells_of(text: str, line: Span, bordered: bool) -> list[Span]:
    """Cut a line at its bars; in a bordered table the first of them stands outside the first cell."""
    cells = []
    at = line.start
    for raw in line.of(text).split("|"):
        words = raw.strip()
        start = at + len(raw) - len(raw.lstrip()) if words else at
        cells.append(Span(start, start + len(words)))
        at += len(raw) + 1
    outside = bordered and len(cells) > 1 and cells[0].start == cells[0].end
    return cells[1:] if outside else cells


def _is_empty(cells: Sequence[Span], column: int) -> bool:
    return column >= len(cells) or cells[column].start == cells[column].end


def _width(first: Sequence[Span], second: Sequence[Span], column: int) -> int:
    """Count the columns a head covers: those beside it that are empty while the row below says something."""
    width = 1
    while (
        column + width < len(second)
        and _is_empty(first, column + width)
        and not _is_empty(second, column + width)
    ):
        width += 1
    return width


def _two_row_header(rows: Sequence[Sequence[Span]]) -> bool:
    """Whether the first two rows read as one header: the second is empty under the first head and fills a gap."""
    if len(rows) < 3 or _is_empty(rows[0], 0) or not _is_empty(rows[1], 0):
        return False
    return any(_width(rows[0], rows[1], c) > 1 for c in range(len(rows[0])) if not _is_empty(rows[0], c))


def _header(first: Sequence[Span], second: Sequence[Span]) -> list[Cell]:
    """Merge the cells of a two-row header: over the columns they head, or down where nothing stands below."""
    cells = []
    column = 0
    while column < len(first):
        width = _width(first, second, column)
        below = [] if width == 1 and _is_empty(second, column) else range(column, column + width)
        cells.append(Cell(0, column, first[column], 1 if below else 2, width))
        cells += [Cell(1, at, second[at]) for at in below if not _is_empty(second, at)]
        column += width
    cells += [Cell(1, at, second[at]) for at in range(column, len(second))]
    return sorted(cells, key=lambda cell: (cell.row, cell.column))


def read_lines(text: str, lines: Sequence[Span]) -> Table | None:
    """Read table lines into a grid; ``None`` where they hold nothing but rules such as ``|---|---|``.

    Rows may differ in length. Plain text shows no merges: only a two-row header is recognized, by its gaps.
    """
    bordered = lines[0].of(text).lstrip().startswith("|")
    rows = [_cells_of(text, line, bordered) for line in lines if not RULE.fullmatch(line.of(text))]
    return lay_out(rows, Span(lines[0].start, lines[-1].end)) if rows else None


def lay_out(rows: Sequence[Sequence[Span]], span: Span, lines: tuple[Span, ...] = ()) -> Table:
    """Make a grid of the cells of rows, as a text without merges prints them.

    :param lines: the run of text each row takes, where that is not one line
    """
    body = rows
    cells: list[Cell] = []
    if _two_row_header(rows):
        cells, body = _header(rows[0], rows[1]), rows[2:]
    above = len(rows) - len(body)
    cells += [Cell(above + r, c, span) for r, row in enumerate(body) for c, span in enumerate(row)]
    return Table(span, len(rows), max(map(len, rows)), tuple(cells), lines)
