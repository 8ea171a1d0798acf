"""Tables printed without bars: cells between tabs or wide gaps, or one cell a line as text copied from a PDF has them.

Both are read only where their shape is certain: a header of words that head columns, below it rows of as many cells.
What looks like such a table and is none stays text; ``index.indicators`` says where numbers stand in it.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from index.table_heads import heads_a_column, is_label, kind_of_head, looks_like
from index.types import Span

Cells = tuple[Span, ...]

_LINE = re.compile(r"[^\n]*")
_TAB = re.compile(r"[ \u3000]*\t[ \u3000]*")
_GAP = re.compile(r"[ \u3000\xa0]{2,}")
_PAGE_NUMBER = re.compile(r"\s*(?:[-—–]+\s*\d{1,4}\s*[-—–]+|第\s?\d{1,4}\s?页.*)\s*")
# What begins with a bracket goes on with the head above it: 2025年 / (目标值).
_GOES_ON = re.compile(r"[(\uff08]")
_MIN_COLUMNS = 3
_MAX_COLUMNS = 12
_MAX_CELL = 40  # characters of a cell that takes a line of its own; a longer line is text
_MAX_WRAPPED = 3  # lines a name may be broken over
_SURE_HEADS = 2


@dataclass(frozen=True, slots=True)
class PlainTable:
    """The cells of a table row by row, the header first; a category printed once leaves an empty cell below it."""

    rows: tuple[Cells, ...]

    @property
    def lines(self) -> tuple[Span, ...]:
        """The run of text each row takes, from its first cell to its last."""
        return tuple(Span(row[0].start, max(cell.end for cell in row)) for row in self.rows)

    @property
    def span(self) -> Span:
        """From the first cell to the last."""
        return Span(self.rows[0][0].start, max(cell.end for cell in self.rows[-1]))


def _lines(text: str, start: int, end: int) -> Iterator[Span]:
    at = start
    while at <= end:
        found = _LINE.match(text, at, end)
        stop = found.end() if found else end
        yield Span(at, stop)
        at = stop + 1


def _trimmed(text: str, start: int, end: int) -> Span:
    words = text[start:end]
    left = start + len(words) - len(words.lstrip())
    return Span(left, max(left, start + len(words.rstrip())))


def _cut(text: str, line: Span, separator: re.Pattern[str]) -> Cells:
    """Cut a line at its separators; cells between two of them may be empty."""
    edges = [(m.start(), m.end()) for m in separator.finditer(text, line.start, line.end)]
    starts = [line.start, *(end for _, end in edges)]
    ends = [*(start for start, _ in edges), line.end]
    return tuple(_trimmed(text, start, end) for start, end in zip(starts, ends, strict=True))


def _filled(cells: Sequence[Span]) -> int:
    return max((at for at, cell in enumerate(cells, 1) if cell.start < cell.end), default=0)


def _is_header(text: str, cells: Cells) -> bool:
    """Whether cells head columns: each a label, two of them words that head columns everywhere."""
    words = [cell.of(text) for cell in cells if cell.start < cell.end]
    if len(words) < _MIN_COLUMNS or cells[0].start == cells[0].end:
        return False
    return all(map(is_label, words)) and sum(map(heads_a_column, words)) >= _SURE_HEADS


def _rows_below(
    text: str, lines: Iterable[Span], separator: re.Pattern[str], accepts: Callable[[Cells], bool]
) -> list[Cells]:
    rows = []
    for line in lines:
        cells = _cut(text, line, separator)
        if not accepts(cells):
            break
        rows.append(cells)
    return rows


def _line_table(text: str, lines: Sequence[Span], at: int) -> PlainTable | None:
    """Read the table that begins with line ``at``, a row a line."""
    words = lines[at].of(text)
    separator = _TAB if "\t" in words.strip() else _GAP
    header = _cut(text, _trimmed(text, lines[at].start, lines[at].end), separator)
    if "|" in words or not _is_header(text, header):
        return None
    wide = len(header)
    rest = (lines[below] for below in range(at + 1, len(lines)))
    if separator is _TAB:
        # an editor drops the tabs of empty cells at the end of a line
        rows = _rows_below(text, rest, _TAB, lambda cells: len(cells) > 1 and _filled(cells) <= wide)
    else:
        trimmed = (_trimmed(text, line.start, line.end) for line in rest)
        rows = _rows_below(text, trimmed, _GAP, lambda cells: len(cells) == wide)
    return PlainTable((header, *rows)) if rows else None


def _broken_header(text: str, lines: Sequence[Span], at: int) -> list[Cells]:
    """List the lines of a header printed one head a line, each with the lines it goes on over."""
    heads: list[list[Span]] = []
    for line in lines[at : at + 2 * _MAX_COLUMNS]:
        words = line.of(text)
        if heads and _GOES_ON.match(words) and len(words) <= _MAX_CELL:
            heads[-1].append(line)
        elif heads_a_column(words) and len(heads) < _MAX_COLUMNS:
            heads.append([line])
        else:
            break
    return [tuple(head) for head in heads]


def _fitting(text: str, lines: Sequence[Span], at: int, kinds: Sequence[str]) -> tuple[Cells, int] | None:
    """Read a row of one cell a line and how many lines it takes; a name may be broken over some."""
    name = next((at for at, kind in enumerate(kinds) if kind in {"name", "other"}), 0)
    for wrapped in range(_MAX_WRAPPED):
        taken = lines[at : at + len(kinds) + wrapped]
        if len(taken) < len(kinds) + wrapped:
            return None
        cells = list(taken)
        cells[name : name + wrapped + 1] = [Span(taken[name].start, taken[name + wrapped].end)]
        if all(looks_like(kind, cell.of(text)) for kind, cell in zip(kinds, cells, strict=True)):
            return tuple(cells), len(taken)
    return None


def _row(text: str, lines: Sequence[Span], at: int, kinds: Sequence[str]) -> tuple[Cells, int] | None:
    """Read a row; a category printed once is missing in the rows below it."""
    if found := _fitting(text, lines, at, kinds):
        return found
    if "category" not in kinds:
        return None
    missing = kinds.index("category")
    short = _fitting(text, lines, at, [*kinds[:missing], *kinds[missing + 1 :]])
    if short is None:
        return None
    cells, taken = short
    gap = Span(cells[missing].start, cells[missing].start)
    return (*cells[:missing], gap, *cells[missing:]), taken


def _is_anchored(kinds: Sequence[str]) -> bool:
    """Whether the columns tell one row from the next: by running numbers, or by units or attributes beside values."""
    return "index" in kinds or ("value" in kinds and bool({"unit", "attribute"} & set(kinds)))


def _follows(text: str, row: Cells, rows: Sequence[Cells], kinds: Sequence[str]) -> bool:
    """Whether the running number of a row is the next one."""
    if "index" not in kinds or not rows:
        return True
    at = kinds.index("index")
    last, own = (cells[at].of(text).rstrip(".、 ") for cells in (rows[-1], row))
    return int(own) == int(last) + 1


def _broken_rows(text: str, lines: Sequence[Span], at: int, header: Cells) -> list[Cells]:
    """Read the rows from line ``at`` on, one cell a line, until one fits not; the header printed again is passed over.

    Where nothing but running numbers tells rows apart, the last row is sure only at the end of the lines.
    """
    heads = [cell.of(text) for cell in header]
    kinds = [kind_of_head(head) for head in heads]
    rows: list[Cells] = []
    while at < len(lines) and _is_anchored(kinds):
        if rows and [line.of(text) for line in lines[at : at + len(heads)]] == heads:
            at += len(heads)
        elif rows and _PAGE_NUMBER.fullmatch(lines[at].of(text)):
            at += 1
        elif (found := _row(text, lines, at, kinds)) and _follows(text, found[0], rows, kinds):
            rows.append(found[0])
            at += found[1]
        else:
            return rows if {"value", "unit"} & set(kinds) else rows[:-1]
    return rows


def _broken_table(text: str, lines: Sequence[Span], at: int) -> PlainTable | None:
    """Read the table that begins with line ``at``, a cell a line."""
    heads = _broken_header(text, lines, at)
    best: tuple[Cells, ...] = ()
    for columns in range(len(heads), _MIN_COLUMNS - 1, -1):
        header = tuple(Span(head[0].start, head[-1].end) for head in heads[:columns])
        if not _is_header(text, header):
            continue
        below = _broken_rows(text, lines, at + sum(map(len, heads[:columns])), header)
        if len(below) > len(best):
            best = (header, *below)
    return PlainTable(best) if best else None


def _blocks(text: str) -> Iterator[list[Span]]:
    """Yield runs of lines without a blank one between."""
    run: list[Span] = []
    for line in _lines(text, 0, len(text)):
        trimmed = _trimmed(text, line.start, line.end)
        if trimmed.start < trimmed.end:
            run.append(line)
        elif run:
            yield run
            run = []
    if run:
        yield run


def _heads_from(text: str, lines: Sequence[Span], at: int) -> int:
    """Count the lines from ``at`` on that may be heads; more than any header has are a list of words."""
    end = at
    while end < len(lines) and heads_a_column(lines[end].of(text)):
        end += 1
    return end - at


def _table_at(text: str, block: Sequence[Span], trimmed: Sequence[Span], at: int) -> PlainTable | None:
    if heads_a_column(trimmed[at].of(text)):
        return _broken_table(text, trimmed, at)
    parted = any(separator.search(text, trimmed[at].start, trimmed[at].end) for separator in (_TAB, _GAP))
    return _line_table(text, block, at) if parted else None


def find_plain_tables(text: str) -> list[PlainTable]:
    """Return the tables printed without bars, in order."""
    found: list[PlainTable] = []
    for block in _blocks(text):
        trimmed = [_trimmed(text, line.start, line.end) for line in block]
        at = 0
        while at < len(block) - 1:
            heads = _heads_from(text, trimmed, at)
            if heads > 2 * _MAX_COLUMNS:
                at += heads
                continue
            table = _table_at(text, block, trimmed, at)
            if table is None:
                at += 1
                continue
            found.append(table)
            while at < len(block) and block[at].start < table.span.end:
                at += 1
    return found
