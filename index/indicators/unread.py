"""Numbers that stand like a table's and were not read as one: columns of tabs, one cell a line."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from index.indicators.columns import BARE_NUMBER
from index.indicators.doubts import Doubt
from index.types import Span

_LINE = re.compile(r"[^\n]+")
_COLUMNS = re.compile(r"[^\t|\n]*\S[ \u3000]*\t[^\t|\n]*\S[^|\n]*")
_CELLS = re.compile(r"\t|\n")
_MAX_CELL = 24  # characters of a line that may be a cell
_MIN_CELLS = 8  # lines of cells that make a table: a header and a row at least
_MIN_ROWS = 2
_SOME_NUMBERS = 3
_TABS = "像是用制表符分栏的表,看不出表头,没有按表读;请给各栏加上表头,或换成 Word、网页版"
_BROKEN = "像是拆成一格一行的表,对不上栏,没有按表读;请换成 Word、网页版,或用 | 分栏"


def _numbers(folded: str, lines: Sequence[Span]) -> int:
    cells = (cell.strip() for line in lines for cell in _CELLS.split(line.of(folded)))
    return sum(BARE_NUMBER.fullmatch(cell) is not None for cell in cells)


def _doubt(folded: str, lines: Sequence[Span], tabs: bool) -> Iterator[Doubt]:
    enough = len(lines) >= (_MIN_ROWS if tabs else _MIN_CELLS)
    if enough and _numbers(folded, lines) >= _SOME_NUMBERS:
        yield Doubt(lines[0], _TABS if tabs else _BROKEN)


def _kind(folded: str, line: Span, read: Sequence[Span]) -> str:
    """Return what a line may be part of: ``tabs``, ``cell``, or "" where it is text or read already."""
    last = bisect_right(read, line.start, key=lambda table: table.start) - 1
    if last >= 0 and line.start < read[last].end:
        return ""
    words = line.of(folded)
    if "|" in words:
        return ""
    if _COLUMNS.fullmatch(words):
        return "tabs"
    return "cell" if len(words.strip()) <= _MAX_CELL and words.strip()[-1] not in "。;:," else ""


def find_unread(folded: str, read: Sequence[Span]) -> list[Doubt]:
    """Doubt each run of lines that looks like a table and is none of those ``read``, once, at its first line."""
    read = sorted(read)
    doubts: list[Doubt] = []
    run: list[Span] = []
    kind = ""
    for found in _LINE.finditer(folded):
        line = Span(*found.span())
        if found[0].isspace():
            continue
        now = _kind(folded, line, read)
        if now != kind or not now:
            doubts += _doubt(folded, run, kind == "tabs") if kind else []
            run = []
        kind = now
        run.append(line)
    return [*doubts, *(_doubt(folded, run, kind == "tabs") if kind else ())]
