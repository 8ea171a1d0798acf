"""Values in tables, whatever they were printed in: a grid with a header that says what the columns mean."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from index.indicators.columns import BARE_NUMBER, Column, ColumnKind, is_blank, squeeze_label
from index.indicators.doubts import Doubt
from index.indicators.grids import Grid, line_around, read_grid
from index.indicators.headers import Header, find_header, turned
from index.indicators.horizon import Horizon
from index.indicators.labels import category_of, name_row, strip_numbering
from index.indicators.layouts import align
from index.indicators.rows import Page, Row, TableValue, read_row
from index.indicators.surroundings import look_around
from index.types import Role, Span, Table

# Names of the rows a merged value covers are listed up to this many characters.
_MAX_NAMES = 60
# Fewer bare numbers than this make no table of values.
_SOME_NUMBERS = 2


@dataclass(frozen=True, slots=True)
class TableReading:
    """The values of a table in the order of the text, what was doubtful, and its last header for a continuation."""

    values: tuple[TableValue, ...]
    doubts: tuple[Doubt, ...]
    header: Header | None


@dataclass(frozen=True, slots=True)
class _Body:
    """The rows below a header by their place in the grid; ``caption`` is the banner above the first header."""

    rows: dict[int, Row]
    header: Header | None
    caption: str
    bodiless: tuple[int, ...]  # headers with no row below


def is_row(line: str) -> bool:
    """Whether a line is a row of a pipe table."""
    return line.count("|") >= 2 or " | " in line


def _banner(grid: Grid, at: int) -> str:
    """Return the words of a row that is one cell over the whole width, "" where the row is none."""
    row = grid.rows[at]
    wide = bool(row) and grid.columns > 1 and row[0].columns >= grid.columns and row[0].row == at
    return squeeze_label(row[0].text) if wide else ""


def _lay_out(grid: Grid, region: re.Pattern[str], previous: Header | None) -> _Body:
    """Find the headers and lay the rows below them under their columns.

    A category printed once carries down to the rows below; a second header starts a second table, the same header
    again goes on with the first.
    """
    rows: dict[int, Row] = {}
    header, began = previous, -1
    category = name = caption = ""
    bodiless = []
    at = top = 0
    while at < len(grid.rows):
        if banner := _banner(grid, at):
            caption = caption or ("" if header else banner)
            category = strip_numbering(banner) if header else category
            top += at == top
        elif found := find_header(grid, at, sure=header is not None or at > top):
            bodiless += (
                [began] if began >= 0 and began not in rows and not any(r > began for r in rows) else []
            )
            if header is None or found.heads != header.heads:
                category = name = ""
            header, began = found, at
            at += found.height - 1
        elif header is not None:
            pairs = align(header.columns, grid.rows[at])
            category = category_of(pairs) or category
            name = name_row(pairs, name, region)
            rows[at] = Row(pairs, name, category)
        at += 1
    if began >= 0 and not any(row > began for row in rows):
        bodiless.append(began)
    return _Body(rows, header, caption, tuple(bodiless))


def _covered(grid: Grid, body: _Body, at: int) -> str:
    """Name what a value merged down from a row is of: the names of the rows it covers, where they are few."""
    own = body.rows[at].name
    tall = max((c.row + c.rows for c in grid.rows[at] if c.row == at and c.rows > 1), default=at + 1)
    names = dict.fromkeys(body.rows[row].name for row in range(at, tall) if row in body.rows)
    listed = "、".join(name for name in names if name)
    return listed if len(listed) <= _MAX_NAMES else own


def _numbers(grid: Grid) -> int:
    """Count the cells that are numbers, running numbers in the first column apart."""
    return sum(BARE_NUMBER.fullmatch(cell.text) is not None for row in grid.rows for cell in row[1:])


def _said_once(page: Page, rows: Sequence[Row], what: str) -> list[Doubt]:
    """Doubt many rows of a table in one message, at the first of them."""
    if not rows:
        return []
    where = page.place_of(next(cell for column, cell in rows[0].pairs if _is_value(column)))
    return [Doubt(where, f"这一行{what}" if len(rows) == 1 else f"从这一行起有 {len(rows)} 行{what}")]


def _is_value(column: Column) -> bool:
    return column.kind is ColumnKind.VALUE


def _stated(row: Row) -> bool:
    return any(_is_value(column) and not is_blank(cell.text) for column, cell in row.pairs)


def _doubts(page: Page, table: Table, grid: Grid, body: _Body, values: Sequence[TableValue]) -> list[Doubt]:
    """Say what a table leaves open: no header, no rows, values without a name or a unit, units without a value."""
    whole = line_around(page.folded, Span(table.span.start, table.span.start))
    if body.header is None:
        return [Doubt(whole, "看不出表头,表里的数没有读")] if _numbers(grid) >= _SOME_NUMBERS else []
    rows = [row for row in body.rows.values() if any(_is_value(column) for column, _ in row.pairs)]
    nameless = [row for row in rows if not row.name and _stated(row)]
    idle = [row for row in rows if row.name and not _stated(row) and row.first(ColumnKind.UNIT)]
    bare = [value for value in values if not (value.cell.unit or value.cell.worded)]
    doubts = [Doubt(whole, "只有表头,下面没有数据行")] if body.bodiless else []
    doubts += _said_once(page, nameless, "有数没有名称,没有读")
    doubts += _said_once(page, idle, "有单位没有数,没有读") if values else []
    if bare:
        doubts.append(Doubt(bare[0].row, f"从这一行起有 {len(bare)} 个数没有单位,照原样收下"))
    return doubts


def read_table(
    folded: str,
    view: str,
    table: Table,
    chapter: Role | None,
    region: re.Pattern[str],
    when: Horizon,
    previous: Header | None = None,
) -> TableReading:
    """Read the values of a table; rows before a header is found state nothing.

    :param chapter: what the chapter around it says of its values
    :param previous: the header of the table it continues (on the next page), ``None`` where it continues none
    """
    grid = read_grid(folded, table)
    grid = turned(grid) or grid
    body = _lay_out(grid, region, previous)
    around = look_around(folded, table.span, body.caption, chapter, region)
    page = Page(folded, view, around, when, table.lines)
    values = [
        value for at, row in body.rows.items() for value in read_row(page, row, at, _covered(grid, body, at))
    ]
    values.sort(key=lambda value: (value.row, value.cell.value))
    doubts = _doubts(page, table, grid, body, values)
    return TableReading(tuple(values), tuple(doubts), body.header)
