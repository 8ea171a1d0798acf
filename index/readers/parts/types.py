"""The nouns between a file and its stored text: what a reader finds, in reading order."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph or heading; it becomes one line.

    ``page_starts`` are the offsets in ``text`` at which a further page begins.
    """

    text: str
    level: int = 0  # heading level from 1, the outermost; 0 for what is no heading
    page_starts: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell where it begins, and how far it is merged."""

    row: int
    column: int
    text: str
    rows: int = 1
    columns: int = 1


@dataclass(frozen=True, slots=True)
class Grid:
    """A table; ``page_starts`` are the rows with which a further page begins."""

    rows: int
    columns: int
    cells: tuple[GridCell, ...]  # by row, then column
    page_starts: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class PageStart:
    """A page begins."""


Block = Line | Grid | PageStart
