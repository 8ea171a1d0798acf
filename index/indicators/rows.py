"""The values of one row of a table: each named by its row and its column, with role and period."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace

from index.indicators.cells import CellValue, is_sentence, read_cell
from index.indicators.columns import Column, ColumnKind, unit_in
from index.indicators.grids import Cell, line_around
from index.indicators.horizon import Horizon, is_past
from index.indicators.labels import Pairs, first, outer_name
from index.indicators.prose import Line, read_line
from index.indicators.surroundings import Surroundings
from index.indicators.units import as_suffix
from index.types import Role, Span

_HEAD_BEAT = re.compile(r"年均|每年|累计")
# Cells of any column but the value ones hold prose where they are this long and end a sentence.
_MIN_PROSE = 12
_SHORT_NAME = 4
_NO_PROSE = re.compile(r"公式|方法|来源|责任|牵头|部门|联系|地址|电话|备注|含义|说明|解释")


@dataclass(frozen=True, slots=True)
class TableValue:
    """One value of a table, named and dated; ``row`` is the whole line, or the sentence of a cell that holds prose."""

    row: Span
    cell: CellValue
    name: str
    role: Role
    period: str
    attribute: str
    category: str


@dataclass(frozen=True, slots=True)
class Row:
    """A row under its header; ``name`` is its measure, "" where it has none; ``category`` carries down."""

    pairs: Pairs
    name: str
    category: str

    def first(self, kind: ColumnKind) -> str:
        """Return the text of the first cell of a kind, "" where there is none or it is a dash."""
        return first(self.pairs, kind)


@dataclass(frozen=True, slots=True)
class Page:
    """What every row of a table is read with: the text, folded and as a view; what stands around; the time."""

    folded: str
    view: str
    around: Surroundings
    when: Horizon
    lines: tuple[Span, ...] = ()  # the run of text each row takes, where that is not one line

    def place_of(self, cell: Cell) -> Span:
        """Return the row a cell stands in, as the text prints it."""
        at = bisect_right(self.lines, cell.span.start, key=lambda line: line.start) - 1
        inside = at >= 0 and cell.span in self.lines[at]
        return self.lines[at] if inside else line_around(self.folded, cell.span)


def _role(column: Column, page: Page) -> Role:
    """Take the role a head states, else by its year, else the chapter's."""
    if column.role:
        return column.role
    past = is_past(column.mark, page.when) if column.mark else None
    if past is not None:
        return Role.BASELINE if past else Role.TARGET
    return page.around.chapter or page.when.default


def _period(column: Column, cell: CellValue, role: Role, page: Page) -> str:
    """Compose the period of a cell: the year of its head, else the plan of head or caption with the cell's rhythm."""
    head_beat = _HEAD_BEAT.search(column.head)
    beat = cell.beat or (head_beat[0] if head_beat else "")
    mark = column.mark or page.around.mark
    if mark and not mark.plan and beat != "累计":
        return mark.text
    when = page.when
    plan = mark.plan if mark and mark.plan else when.earlier if role is not Role.TARGET else when.plan
    return plan + (beat or "期末") if plan else when.years if role is Role.TARGET else ""


def _joined(name: str, own: str) -> str:
    """Name a value of a cell by its row and by the words beside it, without saying either twice."""
    if own and own in name:
        return name
    return own if name in own else name + own


def _from_prose(page: Page, column: Column, cell: Cell, row: Row, subject: str) -> Iterator[TableValue]:
    role = _role(column, page) if column.kind is ColumnKind.VALUE else page.around.chapter
    line = Line(cell.span, role, page.around.region, subject, column.mark or page.around.mark)
    attribute = row.first(ColumnKind.ATTRIBUTE)
    for found in read_line(page.folded, page.view, line, page.when):
        amount = found.measure.amount
        value = CellValue(amount.value, amount.unit, amount.comparator, "")
        own = found.measure.title
        # 全长45公里 in the row of a project is the project's length; longer names stand alone
        owner = subject or (row.name if len(own) <= _SHORT_NAME else "")
        where = page.place_of(cell) if owner else found.part
        yield TableValue(where, value, _joined(owner, own), found.role, found.period, attribute, row.category)


def _units(column: Column, row: Row, page: Page) -> tuple[str, str]:
    """Return the unit a cell's column or row states, and the one it falls back on."""
    named = unit_in(row.first(ColumnKind.NAME)) or unit_in(outer_name(row.pairs))
    own = as_suffix(column.unit or row.first(ColumnKind.UNIT) or named)
    return own, own or page.around.unit


def _described(pairs: Pairs) -> bool:
    """Whether a row is one of indicators: words are values there, not under any column headed 目标."""
    return bool(first(pairs, ColumnKind.ATTRIBUTE)) or any(c.kind is ColumnKind.UNIT for c, _ in pairs)


def _state(page: Page, column: Column, cell: Cell, row: Row, name: str) -> Iterator[TableValue]:
    """Yield the value a cell states outright."""
    own, unit = _units(column, row, page)
    value = read_cell(page.view, cell, unit)
    if value is None or (value.worded and not _described(row.pairs)):
        return
    value = replace(value, unit=own) if value.worded else value
    role = _role(column, page)
    yield TableValue(
        page.place_of(cell),
        value,
        name,
        role,
        _period(column, value, role, page),
        row.first(ColumnKind.ATTRIBUTE),
        row.category,
    )


def _is_prose(column: Column, cell: Cell) -> bool:
    return (
        len(cell.text) >= _MIN_PROSE
        and not _NO_PROSE.search(column.head)
        and any(mark in cell.text for mark in "。;,:")
    )


def read_row(page: Page, row: Row, at: int, named: str) -> Iterator[TableValue]:
    """Yield the values of a row; ``at`` is its place in the grid.

    A cell merged over rows is read in the first of them, under ``named``: the names of the rows it covers. One merged
    over columns holds for each column that means something else. Long cells of other columns are read as prose.
    """
    seen: set[tuple[int, object, object, str]] = set()
    for column, cell in row.pairs:
        meaning = (id(cell), column.role, column.mark, column.measure)
        if cell.row != at or meaning in seen:
            continue
        seen.add(meaning)
        if column.kind is not ColumnKind.VALUE:
            if _is_prose(column, cell) and cell.span.start < cell.span.end:
                yield from _from_prose(page, column, cell, row, "")
        elif row.name:
            name = (named if cell.rows > 1 else row.name) + column.measure
            read = list(_from_prose(page, column, cell, row, name)) if is_sentence(page.view, cell) else []
            yield from read or _state(page, column, cell, row, name)
