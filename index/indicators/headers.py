"""Where a table's header stands: one row or more, on top or, where measures are the columns, at the left."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from index.indicators.columns import (
    BARE_NUMBER,
    Column,
    ColumnKind,
    clean_head,
    is_blank,
    is_head,
    read_column,
    with_name,
)
from index.indicators.grids import Cell, Grid
from index.indicators.periods import MARK
from index.indicators.units import UNIT_FORM

_MAX_HEIGHT = 3
# Rows looked at to tell a column of numbers: enough for any real table, and it bounds the work on glued ones.
_SAMPLE = 60
_MOSTLY = 0.5
_COUNTED = re.compile(rf"{BARE_NUMBER.pattern}\s?(?:{UNIT_FORM})?(?:以上|以下|以内|左右)?(?:\([^()\d]*\))?")
_STATED = re.compile(rf"[^,。;]{{0,12}}\d[\d.,]*\s?{UNIT_FORM}[^,。;]{{0,6}}")
_TIME_LABEL = re.compile(
    rf"(?:{re.sub(r'[?]P<[a-z]+>', '?:', MARK.pattern)}|[年末底度(),、]|目标值?|规划值?|预期值?|基准值?|基期值?|现状值?|实际值?|"
    r"完成(?:值|情况|数)?|年均|增长率?|增速)+"
)
_CORNER = re.compile(r"年份|年度|时间|时期|指标|项目|名称|类别|")


@dataclass(frozen=True, slots=True)
class Header:
    """The columns of a table and how many rows their heads take; ``heads`` tells a repeated header."""

    columns: tuple[Column, ...]
    height: int

    @property
    def heads(self) -> tuple[str, ...]:
        """The heads as printed, level by level joined."""
        return tuple(column.head for column in self.columns)


def _is_time(text: str) -> bool:
    return _TIME_LABEL.fullmatch(clean_head(text)) is not None


def _is_stacked(grid: Grid, at: int) -> bool:
    """Whether the row below the first of a header only divides its heads: 2028年 | 2030年 below 目标值 | 目标值.

    It says nothing, or once more what stands above it, but for the times.
    """
    if at + 1 >= len(grid.rows):
        return False
    above, below = grid.rows[at], grid.rows[at + 1]
    pairs = [(up, down) for up, down in zip(above, below, strict=False) if down is not up and down.text]
    times = [down for up, down in pairs if up.text != down.text]
    return bool(times) and len(below) <= len(above) and all(_is_time(cell.text) for cell in times)


def _height(grid: Grid, at: int) -> int:
    """Return how many rows the merges of a row, or the times below it, say its header has."""
    if _is_stacked(grid, at):
        return min(2, len(grid.rows) - at)
    row = grid.rows[at]
    tall = max((cell.row + cell.rows - at for cell in row), default=1)
    split = any(1 < cell.columns < grid.columns and cell.rows == 1 for cell in row)
    return min(max(tall, 2 if split else 1), _MAX_HEIGHT, len(grid.rows) - at)


def _levels(grid: Grid, at: int, height: int) -> list[list[str]]:
    """Return the heads of each column from the outermost down, a merged one once."""
    rows = grid.rows[at : at + height]
    columns: list[list[str]] = [[] for _ in range(max(map(len, rows)))]
    for column, levels in enumerate(columns):
        seen: list[Cell] = []
        for row in rows:
            if column < len(row) and row[column] not in seen and row[column].text:
                seen.append(row[column])
        levels += [clean_head(cell.text) for cell in seen]
    while columns and not columns[-1]:
        columns.pop()
    return columns


def _counted(grid: Grid, below: int, column: int) -> bool:
    """Whether the cells of a column are mostly numbers, with or without a unit."""
    cells = [row[column].text for row in grid.rows[below : below + _SAMPLE] if column < len(row)]
    said = [cell for cell in cells if not is_blank(cell)]
    numbers = [cell for cell in said if _COUNTED.fullmatch(cell) or _STATED.fullmatch(cell)]
    return bool(numbers) and len(numbers) >= _MOSTLY * len(said)


def _read(grid: Grid, at: int, height: int, sure: bool) -> Header | None:
    levels = _levels(grid, at, height)
    if not all(is_head(head) for heads in levels for head in heads):
        return None
    named = [
        read_column(heads, counted=not sure and column > 0 and _counted(grid, at + height, column))
        for column, heads in enumerate(levels)
    ]
    columns = with_name(named)
    kinds = {column.kind for column in columns}
    return Header(columns, height) if {ColumnKind.NAME, ColumnKind.VALUE} <= kinds else None


def find_header(grid: Grid, at: int, sure: bool = False) -> Header | None:
    """Read the header that begins in row ``at``; ``None`` where the row begins none.

    A header needs a name column and a value column, and nothing in it may be a number, an attribute or a sentence.

    :param sure: take words for a header only where they say so themselves, not because numbers stand below
    """
    for height in range(_height(grid, at), 0, -1):
        if header := _read(grid, at, height, sure):
            return header
    return None


def _labels(cells: Sequence[Cell]) -> list[str]:
    return [cell.text for cell in cells if cell.text]


def turned(grid: Grid) -> Grid | None:
    """Return a table whose measures are its columns with rows and columns swapped; ``None`` where they are not.

    Such a table has times or roles (2025年, 目标值) down its first column and measures along its first row.
    """
    if len(grid.rows) < 2 or len(grid.rows[0]) < 2:
        return None
    corner, *measures = grid.rows[0]
    times = [row[0].text for row in grid.rows[1:] if row and row[0].text not in {"单位", "计量单位"}]
    heads = _labels(measures)
    if not (times and heads and _CORNER.fullmatch(clean_head(corner.text))):
        return None
    if not all(map(_is_time, times)) or any(
        _is_time(head) or not is_head(clean_head(head)) for head in heads
    ):
        return None
    return grid.swapped()
