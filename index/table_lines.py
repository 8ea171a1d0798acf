"""Runs of table rows with their captions, and the cells of a row."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from index.table_plain import PlainTable, find_plain_tables
from index.types import Span

_ROW = re.compile(r"(?m)^[^\n|]*\|[^\n|]*\|[^\n]*$")
_RULE = re.compile(r"[\s|:+-]+")
_UNIT_LINE = re.compile(r"[(\uff08]?\s*(?:计量)?单位\s*[:\uff1a][^。]*$")
_NOTE_LINE = re.compile(r"\s*(?:备?注|说明)\s*\d*\s*[:\uff1a]")
_SENTENCE = re.compile(r"[。;:,\uff1b\uff1a\uff0c]\s*$")
_NUMBERING = re.compile(r"\d{1,3}")
_MAX_CAPTION = 60  # characters: a longer line above a table is text


@dataclass(frozen=True, slots=True)
class TableLines:
    """A table of a text. ``span`` runs from the caption to the last row or the note (注:…) under it."""

    span: Span
    caption: Span  # empty, at the first row, where the table has none
    rows: tuple[Span, ...]  # whole lines, rules such as |---|---| left out; the first is the header
    notes: tuple[Span, ...]
    cells: tuple[tuple[Span, ...], ...] = ()  # of each row, where no bars stand between them


@dataclass(frozen=True, slots=True)
class Row:
    """A row below the header: its cells that hold something, and the category that carries down to it."""

    span: Span
    cells: tuple[str, ...]
    category: str


def _line_above(text: str, start: int, floor: int) -> Span | None:
    """Return the nearest line above ``start`` that is not blank, at most one blank line away."""
    for _ in range(2):
        if start <= floor:
            return None
        line = Span(text.rfind("\n", floor, start - 1) + 1 or floor, start - 1)
        if line.of(text).strip():
            return line
        start = line.start
    return None


def _caption(text: str, start: int, floor: int) -> Span:
    line = _line_above(text, start, floor)
    if line and _UNIT_LINE.match(line.of(text).strip()):
        line = _line_above(text, line.start, floor)
    words = line.of(text) if line else ""
    if line is None or len(words.strip()) > _MAX_CAPTION or _SENTENCE.search(words):
        return Span(start, start)
    left = len(words) - len(words.lstrip())
    return Span(line.start + left, line.start + len(words.rstrip()))


def _notes(text: str, end: int) -> tuple[Span, ...]:
    notes = []
    while (match := _NOTE_LINE.match(text, end)) and match.start() < len(text):
        stop = text.find("\n", match.end())
        stop = len(text) if stop < 0 else stop
        notes.append(Span(end + len(text[end : match.end()]) - len(text[end : match.end()].lstrip()), stop))
        end = stop
    return tuple(notes)


def _table(text: str, lines: Sequence[Span], floor: int) -> TableLines:
    caption = _caption(text, lines[0].start, floor)
    notes = _notes(text, lines[-1].end)
    rows = tuple(line for line in lines if not _RULE.fullmatch(line.of(text)))
    end = notes[-1].end if notes else lines[-1].end
    return TableLines(Span(caption.start, end), caption, rows, notes)


def _runs(text: str) -> Iterator[list[Span]]:
    """Yield the runs of lines with two ``|`` or more."""
    run: list[Span] = []
    for match in _ROW.finditer(text):
        line = Span(*match.span())
        if run and line.start != run[-1].end + 1:
            yield run
            run = []
        run.append(line)
    if run:
        yield run


def find_tables(text: str) -> list[TableLines]:
    """Return the tables of a text in order: runs of lines with two ``|`` or more, and those printed without bars.

    The caption is a short line above that is no sentence, with a line 单位:… or one blank line allowed between.
    """
    found: list[list[Span] | PlainTable] = [*_runs(text), *find_plain_tables(text)]
    tables: list[TableLines] = []
    for one in sorted(found, key=lambda it: it.span.start if isinstance(it, PlainTable) else it[0].start):
        floor = tables[-1].span.end if tables else 0
        if isinstance(one, PlainTable):
            tables.append(replace(_table(text, one.lines, floor), rows=one.lines, cells=one.rows))
        else:
            tables.append(_table(text, one, floor))
    return tables


def cells_at(text: str, table: TableLines, at: int) -> tuple[str, ...]:
    """Return the cells of a row that hold something."""
    if table.cells:
        return tuple("".join(cell.of(text).split("\n")) for cell in table.cells[at] if cell.start < cell.end)
    return cells_of(table.rows[at].of(text))


def cells_of(line: str) -> tuple[str, ...]:
    """Return the cells of a table line that hold something."""
    return tuple(cell for part in line.split("|") if (cell := part.strip()))


def read_rows(text: str, table: TableLines) -> Iterator[Row]:
    """Yield the rows below the header.

    A category merged over several rows is printed in the first of them only, which so has one cell more than those
    below: it stands before the others, behind a running number.
    """
    cells = [cells_at(text, table, at) for at in range(1, len(table.rows))]
    counts = Counter(map(len, cells))
    full = max(counts, default=0)
    merged = len(counts) > 1 and len(cells[0]) == full and counts[full - 1] > 0
    category = ""
    for row, row_cells in zip(table.rows[1:], cells, strict=True):
        if merged and len(row_cells) == full:
            category = next((cell for cell in row_cells[:2] if not _NUMBERING.fullmatch(cell)), "")
        yield Row(row, row_cells, category if merged else "")
