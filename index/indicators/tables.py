"""Values in tables: rows of cells between ``|``, with a header that says what the columns mean."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from index.indicators.cells import CellValue, read_cell
from index.indicators.columns import Cell, Column, ColumnKind, align, is_blank, read_header, unit_in
from index.indicators.horizon import Horizon, is_past
from index.indicators.names import belongs, clean_label
from index.indicators.periods import Mark, find_marks
from index.types import Role, Span

_CELL = re.compile(r"[^|]*")
_SEPARATOR = re.compile(r"[\s|:+-]+")
_NUMBERING = re.compile(r"^(?:\d{1,2}[.、]|\(\d{1,2}\)|[#*])\s*")
_AMONG = re.compile(r"^其中:?\s*")
_HEAD_BEAT = re.compile(r"年均|每年|累计")


@dataclass(frozen=True, slots=True)
class TableValue:
    """One value cell of a table, named and dated; ``row`` is the whole line."""

    row: Span
    cell: CellValue
    name: str
    role: Role
    period: str
    attribute: str
    category: str


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What stands around a table: the time its caption names, its chapter's role, the region words names leave out."""

    mark: Mark | None
    chapter: Role | None
    region: re.Pattern[str]


def is_row(line: str) -> bool:
    """Whether a line is a row of a pipe table."""
    return line.count("|") >= 2 or " | " in line


def caption_mark(caption: str) -> Mark | None:
    """Return the time a caption names, ``None`` where it names none."""
    return next(find_marks(caption, 0, len(caption)), None)


def split_cells(folded: str, row: Span) -> tuple[Cell, ...]:
    """Cut a row at its ``|``; the empty cells outside a leading and a trailing ``|`` are left out."""
    cells = []
    at = row.start
    for raw in row.of(folded).split("|"):
        text = raw.strip()
        start = at + len(raw) - len(raw.lstrip())
        cells.append(Cell(text, Span(start, start + len(text))))
        at += len(raw) + 1
    return tuple(cells[1:] if not cells[0].text and row.of(folded).lstrip().startswith("|") else cells)


def _first(pairs: Sequence[tuple[Column, Cell]], kind: ColumnKind) -> str:
    """Return the text of the first cell of a kind, "" where there is none or it is a dash."""
    text = next((cell.text for column, cell in pairs if column.kind is kind), "")
    return "" if is_blank(text) else text


def _role(column: Column, around: Surroundings, when: Horizon) -> Role:
    """Take the role a head states, else by its year, else the chapter's."""
    if column.role:
        return column.role
    past = is_past(column.mark, when) if column.mark else None
    if past is not None:
        return Role.BASELINE if past else Role.TARGET
    return around.chapter or when.default


def _period(column: Column, cell: CellValue, role: Role, around: Surroundings, when: Horizon) -> str:
    """Compose the period of a cell: the year of its head, else the plan of head or caption with the cell's rhythm."""
    head_beat = _HEAD_BEAT.search(column.head)
    beat = cell.beat or (head_beat[0] if head_beat else "")
    mark = column.mark or around.mark
    if mark and not mark.plan and beat != "累计":
        return mark.text
    plan = mark.plan if mark and mark.plan else when.earlier if role is not Role.TARGET else when.plan
    return plan + (beat or "期末") if plan else when.years if role is Role.TARGET else ""


def _read_row(
    view: str,
    row: Span,
    pairs: Sequence[tuple[Column, Cell]],
    name: str,
    category: str,
    around: Surroundings,
    when: Horizon,
) -> Iterator[TableValue]:
    row_unit = _first(pairs, ColumnKind.UNIT) or unit_in(_first(pairs, ColumnKind.NAME))
    attribute = _first(pairs, ColumnKind.ATTRIBUTE)
    described = bool(attribute or any(column.kind is ColumnKind.UNIT for column, _ in pairs))
    for column, cell in pairs:
        value = read_cell(view, cell, column.unit or row_unit) if column.kind is ColumnKind.VALUE else None
        # Words count as a value only in a table of indicators, not under any column headed 目标.
        if value and (described or not value.worded):
            role = _role(column, around, when)
            period = _period(column, value, role, around, when)
            yield TableValue(row, value, name + column.measure, role, period, attribute, category)


def _row_name(text: str, previous: str, region: re.Pattern[str]) -> str:
    """Reduce a name cell to its measure: numbering, unit and time go; 其中 leans on the row above."""
    text = _NUMBERING.sub("", text)
    unit = unit_in(text)
    text = text.replace(f"({unit})", "").replace(f"[{unit}]", "") if unit else text
    item = _AMONG.sub("", text)
    name = clean_label(item, region) or item
    return belongs(name, previous, bracketed=False) if item != text and previous else name


def read_table(
    folded: str, view: str, rows: Sequence[Span], around: Surroundings, when: Horizon
) -> Iterator[TableValue]:
    """Yield the values of a run of table lines in order; rows before a header is found state nothing.

    A category cell merged over several rows carries down; a second header starts a second table.
    """
    columns: tuple[Column, ...] = ()
    category = name = ""
    for row in rows:
        if _SEPARATOR.fullmatch(row.of(folded)):
            continue
        cells = split_cells(folded, row)
        if header := read_header(cells):
            columns, category, name = header, "", ""
        elif columns:
            pairs = align(columns, cells)
            category = _first(pairs, ColumnKind.CATEGORY) or category
            name = _row_name(_first(pairs, ColumnKind.NAME), name, around.region)
            if name:
                yield from _read_row(view, row, pairs, name, category, around, when)
