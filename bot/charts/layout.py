"""Where everything of a chart stands, in pixels from the top left: horizontal bars from zero, one line of text a bar.

Horizontal bars leave room for Chinese names and stay readable on a phone held upright.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from bot.charts.look import axis_title, footer, width, wrapped
from bot.charts.scale import tick_text, ticks
from bot.charts.types import Bar, ChartData
from index.types import Role

WIDTH = 640  # a phone's width in landscape, half a page in print
MARGIN = 20
TITLE_SIZE, GROUP_SIZE, LABEL_SIZE, SMALL_SIZE = 19, 14, 13, 11  # pixels
_LEADING = 1.4  # line height in em
_BAR, _GAP, _GROUP_GAP = 22, 8, 14
_LABELS = 0.34  # of the width at most for the bars' labels
_ROOM = 8  # between a bar and the words beside it


@dataclass(frozen=True, slots=True)
class Box:
    """A bar."""

    x: float
    y: float
    width: float
    height: float
    role: Role


@dataclass(frozen=True, slots=True)
class Rule:
    """A vertical line of the grid; ``strong`` for the line at zero."""

    x: float
    top: float
    bottom: float
    strong: bool


@dataclass(frozen=True, slots=True)
class Words:
    """A line of text on its baseline; ``anchor`` is start, middle or end; ``halo`` clears the grid behind it."""

    x: float
    y: float
    text: str
    size: int
    anchor: str = "start"
    bold: bool = False
    muted: bool = False
    halo: bool = False


@dataclass(frozen=True, slots=True)
class Scene:
    """A whole chart, ready to be drawn."""

    height: float
    boxes: tuple[Box, ...]
    rules: tuple[Rule, ...]
    words: tuple[Words, ...]


class _Pen:
    """Walks down the page."""

    def __init__(self) -> None:
        self.y = float(MARGIN)
        self.words: list[Words] = []
        self.boxes: list[Box] = []

    def paragraph(self, text: str, size: int, *, bold: bool = False, muted: bool = False) -> None:
        """Write a text over as many lines as it needs."""
        for line in wrapped(text, (WIDTH - 2 * MARGIN) / size):
            self.y += size * _LEADING
            self.words.append(Words(MARGIN, self.y - size * 0.3, line, size, bold=bold, muted=muted))

    def bar(self, bar: Bar, left: float, scale: float, labels: list[str]) -> None:
        """Draw one bar with its name before and its value behind it."""
        middle = self.y + _BAR / 2
        top = middle - (len(labels) - 1) * SMALL_SIZE * 0.6
        for n, line in enumerate(labels):
            at = top + n * SMALL_SIZE * 1.25 + LABEL_SIZE * 0.35
            size = LABEL_SIZE if len(labels) == 1 else SMALL_SIZE
            self.words.append(Words(left - _ROOM, at, line, size, "end"))
        length = bar.length * scale
        self.boxes.append(Box(left, self.y, length, _BAR, bar.role))
        self.words.append(
            Words(
                left + length + _ROOM,
                middle + LABEL_SIZE * 0.35,
                bar.printed,
                LABEL_SIZE,
                bold=True,
                halo=True,
            )
        )
        self.y += _BAR + _GAP


def _bars(data: ChartData) -> Iterator[Bar]:
    for group in data.groups:
        yield from group.bars


def _frame(data: ChartData) -> tuple[float, float]:
    """Where zero stands, and how wide the axis may be so that the longest value still fits behind its bar."""
    label = max(width(bar.label) for bar in _bars(data)) * LABEL_SIZE
    left = MARGIN + min(label, WIDTH * _LABELS) + _ROOM
    printed = max(width(bar.printed) for bar in _bars(data)) * LABEL_SIZE + 2 * _ROOM
    return left, WIDTH - MARGIN - left - printed


def _axis(pen: _Pen, data: ChartData, marks: tuple[float, ...], left: float, scale: float) -> None:
    pen.y += SMALL_SIZE * _LEADING
    for mark in marks:
        pen.words.append(Words(left + mark * scale, pen.y, tick_text(mark), SMALL_SIZE, "middle", muted=True))
    pen.y += SMALL_SIZE * _LEADING
    middle = left + marks[-1] * scale / 2
    pen.words.append(Words(middle, pen.y, axis_title(data), SMALL_SIZE, "middle", muted=True))
    pen.y += _GAP


def lay_out(data: ChartData) -> Scene:
    """Lay a chart out; its height follows from what it shows."""
    pen, rules = _Pen(), []
    pen.paragraph(data.title, TITLE_SIZE, bold=True)
    left, room = _frame(data)
    marks = ticks(data.longest, data.unit)
    scale = room / marks[-1]
    pen.y += _GAP
    for n, group in enumerate(data.groups):
        pen.y += _GROUP_GAP if n else 0
        if len(data.groups) > 1 or group.label != data.title:
            pen.paragraph(group.label, GROUP_SIZE, bold=True)
            pen.y += _GAP
        top = pen.y - _GAP / 2
        for bar in group.bars:
            pen.bar(bar, left, scale, wrapped(bar.label, WIDTH * _LABELS / LABEL_SIZE))
        rules += [Rule(left + mark * scale, top, pen.y - _GAP / 2, mark == 0) for mark in marks]
    _axis(pen, data, marks, left, scale)
    for line in footer(data):
        pen.paragraph(line, SMALL_SIZE, muted=True)
    return Scene(pen.y + MARGIN, tuple(pen.boxes), tuple(rules), tuple(pen.words))
