"""The reading order of a page: what stands across it from top to bottom, columns between from left to right."""

from collections.abc import Sequence

from index.readers.parts.pdf_lines import PrintedLine
from index.readers.parts.pdf_tables import PrintedTable

Printed = PrintedLine | PrintedTable

_MIDDLE = (0.35, 0.65)  # of the page's width between which a gutter may stand
_MIN_LINES = 6  # on each side of a gutter; fewer are a signature or names beside each other
_FULL = 0.7  # of a column's width that most of its lines must fill: columns are running text


def _runs_on(lines: Sequence[PrintedLine]) -> bool:
    """Whether lines fill their column, as text does and short entries do not."""
    width = max(line.x1 for line in lines) - min(line.x0 for line in lines)
    return sum(line.x1 - line.x0 >= _FULL * width for line in lines) * 2 > len(lines)


def gutter_of(runs: Sequence[PrintedLine], width: float) -> float | None:
    """Find where a page is parted into two columns of running text, in points; ``None`` where it has one.

    :param runs: what stands together on the page
    :param width: of the page, in points
    """
    places = {run.x0 - 1 for run in runs if _MIDDLE[0] * width < run.x0 < _MIDDLE[1] * width}
    for place in sorted(places, reverse=True):
        left = [run for run in runs if run.x1 <= place]
        right = [run for run in runs if run.x0 >= place]
        across = len(runs) - len(left) - len(right)
        enough = min(len(left), len(right)) >= _MIN_LINES and across * 2 <= len(left) + len(right)
        if enough and _runs_on(left) and _runs_on(right):
            return place
    return None


def _across(printed: Printed, gutter: float) -> bool:
    if isinstance(printed, PrintedLine):
        return printed.column == 0
    return printed.box[0] < gutter < printed.box[2]


def _right(printed: Printed, gutter: float) -> bool:
    return (printed.column == 2) if isinstance(printed, PrintedLine) else printed.box[0] >= gutter


def in_reading_order(
    lines: Sequence[PrintedLine], tables: Sequence[PrintedTable], gutter: float | None
) -> list[Printed]:
    """Order the lines and tables of a page."""
    content: list[Printed] = [*lines, *tables]
    placed = sorted(content, key=lambda printed: printed.top)
    if gutter is None:
        return placed
    ordered: list[Printed] = []
    columns: tuple[list[Printed], list[Printed]] = ([], [])
    for printed in placed:
        if _across(printed, gutter):
            ordered += [*columns[0], *columns[1], printed]
            columns = ([], [])
        else:
            columns[_right(printed, gutter)].append(printed)
    return [*ordered, *columns[0], *columns[1]]
