"""Which cell of a ragged row stands in which column."""

import re
from collections.abc import Callable, Sequence

from index.indicators.columns import Column, ColumnKind, is_attribute, is_blank, is_label
from index.indicators.grids import Cell
from index.indicators.units import is_unit

_VALUE_CELL = re.compile(r"\d|动态|指标|以内|之内")


def _layouts(columns: tuple[Column, ...], filled: int) -> list[tuple[Column, ...]]:
    """List the ways a row of ``filled`` cells may lie under a header, the plain one first.

    First cells merged downwards leave a row short; a head over two columns leaves the header short.
    """
    layouts = [columns]
    if filled < len(columns):
        for merged in ({ColumnKind.CATEGORY}, {ColumnKind.INDEX}, {ColumnKind.CATEGORY, ColumnKind.INDEX}):
            layouts.append(tuple(column for column in columns if column.kind not in merged))
    if filled > len(columns):
        at = next(i for i, column in enumerate(columns) if column.kind is ColumnKind.NAME)
        layouts.append((*columns[:at], Column(ColumnKind.CATEGORY), *columns[at:]))
    return layouts


# What a cell of each kind looks like, what a match is worth and what a mismatch costs. An attribute is the surest
# sign of a column; words in a value column are common, so they cost nothing.
_HOME: dict[ColumnKind, tuple[Callable[[str], bool], float, float]] = {
    ColumnKind.INDEX: (lambda cell: cell.rstrip(".、").isdigit(), 1.0, -2.0),
    ColumnKind.ATTRIBUTE: (is_attribute, 2.0, -1.0),
    ColumnKind.UNIT: (is_unit, 1.0, -1.0),
    ColumnKind.VALUE: (lambda cell: _VALUE_CELL.search(cell) is not None, 1.0, 0.0),
    ColumnKind.NAME: (is_label, 1.0, -2.0),
    ColumnKind.CATEGORY: (is_label, 1.0, -2.0),
}


def _fit(kind: ColumnKind, cell: str) -> float:
    """Score a cell under a column: positive where it looks at home, negative where it looks misplaced."""
    if is_blank(cell) or kind not in _HOME:
        return -1.0 if kind is ColumnKind.NAME else 0.0
    looks, match, mismatch = _HOME[kind]
    if kind is ColumnKind.VALUE and (is_attribute(cell) or is_unit(cell)):
        return -2.0
    return match if looks(cell) else mismatch


def align(columns: tuple[Column, ...], cells: Sequence[Cell]) -> tuple[tuple[Column, Cell], ...]:
    """Pair each cell of a row with its column by what the cells look like; cells past the last column are left out.

    Ragged rows end in empty cells, so their number says little; the plain layout wins a tie.
    """
    filled = max((at for at, cell in enumerate(cells, 1) if cell.text), default=0)

    def score(layout: tuple[Column, ...]) -> float:
        beyond = max(0, filled - len(layout))
        return sum(_fit(column.kind, cell.text) for column, cell in zip(layout, cells, strict=False)) - beyond

    best = max(_layouts(columns, filled), key=score)
    return tuple(zip(best, cells, strict=False))
