"""Printed lines → paragraphs.

A line ends its paragraph when it stops short of the right edge of its text, and a line begins one when it is set in
from the left edge, in another size, further below the line before than lines usually are, or opens with a clause's
marker. Without these signs lines run on, also over a page's end.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

from index.readers.parts.pdf_lines import PrintedLine
from index.readers.parts.pdf_page import Page
from index.readers.parts.pdf_tables import PrintedTable, goes_on, joined
from index.readers.parts.types import Block, Line, PageStart
from index.readers.parts.words import join_wrapped

_SHORT = (
    1.6  # sizes that a line may stop before the right edge: one character that did not fit, and half a mark
)
_INDENT = 1.2  # sizes that a first line is set in at least; two are usual
_LARGER = 1.12  # ratio of sizes that tells a heading from text
_FURTHER = 1.45  # of the usual distance between lines
_TELLING = 6  # lines of a column from which on their right ends show its edge
_FARTHEST = 4.0  # sizes: lines further apart say nothing about the usual distance
_MARKER = re.compile(
    r"第[零〇一二三四五六七八九十百\d]{1,6}[编卷篇章节条]|[一二三四五六七八九十]{1,3}、|"
    r"[(\uff08][一二三四五六七八九十]{1,3}[)\uff09]|附件?\s*\d{0,2}\s*[:\uff1a]"
)


@dataclass(slots=True)
class _Paragraph:
    """The paragraph being put together."""

    text: str = ""
    last: PrintedLine | None = None
    page_starts: list[int] = field(default_factory=list)

    def add(self, line: PrintedLine, pages: int) -> None:
        """Add a line behind so many page ends."""
        self.text = join_wrapped(self.text, line.text) if self.text else line.text
        self.page_starts += [len(self.text) - len(line.text)] * pages
        self.last = line

    def close(self) -> Iterator[Block]:
        """Yield what was put together and begin anew."""
        if self.text:
            yield Line(self.text, page_starts=tuple(self.page_starts))
        self.text, self.last, self.page_starts = "", None, []


@dataclass(frozen=True, slots=True)
class _Setting:
    """How a column of text is set: its edges, and how far the lines of one paragraph stand apart."""

    left: float
    right: float
    pitch: float


def _distances(lines: Sequence[PrintedLine], left: float, right: float) -> list[float]:
    """Return the distances from a full line to a line below that is not set in."""
    return [
        below.top - above.top
        for above, below in pairwise(lines)
        if above.x1 > right - _SHORT * above.size
        and below.x0 < left + _INDENT * below.size
        and 0 < below.top - above.top < _FARTHEST * above.size
    ]


def _setting(lines: Sequence[PrintedLine], width: float) -> _Setting:
    """Read the setting off the lines of a column, passing over the few that stand out.

    Few lines do not show where the right edge is: it is taken to be as far in as the left one.
    """
    lefts = sorted(line.x0 for line in lines)
    rights = sorted(line.x1 for line in lines)
    left, right = lefts[len(lefts) // 10], rights[-1 - len(rights) // 20]
    if len(lines) < _TELLING and not lines[0].column:
        right = max(right, width - left)
    distances = _distances(lines, left, right)
    return _Setting(
        left, right, median(distances) if distances else 1.5 * median(line.size for line in lines)
    )


def _settings(pages: Sequence[Page]) -> dict[tuple[int, int], _Setting]:
    """Return the setting of each column of each width of page."""
    columns: dict[tuple[int, int], list[PrintedLine]] = {}
    for page in pages:
        for printed in page.content:
            if isinstance(printed, PrintedLine):
                columns.setdefault((round(page.width), printed.column), []).append(printed)
    return {key: _setting(lines, key[0]) for key, lines in columns.items()}


def _begins(before: PrintedLine, above: _Setting, line: PrintedLine, here: _Setting) -> bool:
    """Whether ``line`` begins a paragraph behind ``before``."""
    if before.x1 < above.right - _SHORT * before.size or _MARKER.match(line.text):
        return True
    if line.x0 > here.left + _INDENT * line.size:
        return True
    if max(line.size, before.size) > _LARGER * min(line.size, before.size):
        return True
    return line.top - before.top > _FURTHER * here.pitch  # a line at the next page's head stands above


@dataclass(slots=True)
class _Walk:
    """Where the walk over the pages stands."""

    paragraph: _Paragraph = field(default_factory=_Paragraph)
    setting: _Setting = _Setting(0.0, 0.0, 0.0)
    table: PrintedTable | None = None  # may go on overleaf
    pages: int = 0  # begun, and not yet noted

    def settle(self) -> Iterator[Block]:
        """Yield what is open, and note the pages begun behind it."""
        yield from self.paragraph.close()
        if self.table is not None:
            yield self.table.grid
        self.table = None
        yield from [PageStart()] * self.pages
        self.pages = 0

    def take_line(self, line: PrintedLine, setting: _Setting) -> Iterator[Block]:
        """Add a line to the open paragraph, or begin one."""
        before = self.paragraph.last
        if before is None or _begins(before, self.setting, line, setting):
            yield from self.settle()
        self.paragraph.add(line, self.pages)
        self.pages, self.setting = 0, setting

    def take_table(self, table: PrintedTable, first: bool) -> Iterator[Block]:
        """Go on with the table of the page before, or begin one."""
        if self.table and first and self.pages == 1 and goes_on(self.table, table):
            self.table, self.pages = joined(self.table, table), 0
        else:
            yield from self.settle()
            self.table = table


def blocks_of(pages: Sequence[Page]) -> Iterator[Block]:
    """Yield the paragraphs and tables of pages in reading order, and where pages begin."""
    settings = _settings(pages)
    walk = _Walk()
    for page in pages:
        walk.pages += 1
        for at, printed in enumerate(page.content):
            if isinstance(printed, PrintedTable):
                yield from walk.take_table(printed, at == 0)
            else:
                yield from walk.take_line(printed, settings[round(page.width), printed.column])
    yield from walk.settle()
