"""Characters of a page → printed lines."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any

from index.readers.parts.words import tidy

_SAME_LINE = 0.5  # of a character's height that two must share to stand on one line
_BLANK = 0.45  # of the size: a wider gap between characters is a blank; justified text spreads less
_TYPED = 0.15  # of the size: the same where the file has a blank there too
_APART = 2.5  # sizes: what stands further apart on a line may stand in two columns
_COLUMN_GAP = 0.8  # sizes between columns at least


@dataclass(frozen=True, slots=True)
class PrintedLine:
    """A line as printed; places in points, ``y`` from the top of the page."""

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    size: float  # of most of its characters
    column: int = 0  # 1 and 2 beside a gutter, 0 on a page without one or across it


def _rows(chars: Iterable[dict[str, Any]]) -> list[list[dict[str, Any]]]:
    """Group characters by the line they stand on."""
    rows: list[list[dict[str, Any]]] = []
    top = bottom = 0.0
    for char in sorted(chars, key=lambda c: ((c["top"] + c["bottom"]) / 2, c["x0"])):
        shared = min(bottom, char["bottom"]) - max(top, char["top"])
        if rows and shared > _SAME_LINE * min(bottom - top, char["bottom"] - char["top"]):
            rows[-1].append(char)
            top, bottom = min(top, char["top"]), max(bottom, char["bottom"])
        else:
            rows.append([char])
            top, bottom = char["top"], char["bottom"]
    return [sorted(row, key=lambda c: c["x0"]) for row in rows if _shown(row)]


def _text(chars: Sequence[dict[str, Any]]) -> str:
    parts: list[str] = []
    right: float | None = None
    typed = False
    for char in chars:
        if char["text"].isspace():
            typed = True
            continue
        gap = 0.0 if right is None else char["x0"] - right
        parts.append(" " if gap > (_TYPED if typed else _BLANK) * char["size"] else "")
        parts.append(char["text"])
        right, typed = char["x1"], False
    return tidy("".join(parts))


def _shown(chars: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    return [char for char in chars if not char["text"].isspace()]


def _line(chars: Sequence[dict[str, Any]], column: int = 0) -> PrintedLine:
    shown = _shown(chars)
    return PrintedLine(
        _text(chars),
        min(char["x0"] for char in shown),
        max(char["x1"] for char in shown),
        min(char["top"] for char in shown),
        max(char["bottom"] for char in shown),
        float(median(char["size"] for char in shown)),
        column,
    )


def _parts(row: Sequence[dict[str, Any]]) -> list[list[dict[str, Any]]]:
    parts: list[list[dict[str, Any]]] = []
    for char in _shown(row):
        if parts and char["x0"] - parts[-1][-1]["x1"] <= _APART * char["size"]:
            parts[-1].append(char)
        else:
            parts.append([char])
    return parts


def _at_gutter(row: Sequence[dict[str, Any]], gutter: float) -> list[PrintedLine]:
    """Part a row where the gutter runs through a gap of it; text across the gutter stays whole."""
    shown = _shown(row)
    left = [char for char in shown if (char["x0"] + char["x1"]) / 2 < gutter]
    right = shown[len(left) :]
    if left and right and right[0]["x0"] - left[-1]["x1"] < _COLUMN_GAP * right[0]["size"]:
        return [_line(row)]
    return [_line(part, column) for column, part in ((1, left), (2, right)) if part]


def runs_of(chars: Iterable[dict[str, Any]]) -> list[PrintedLine]:
    """Return the runs of characters that stand together, rows parted at wide gaps."""
    return [_line(part) for row in _rows(chars) for part in _parts(row)]


def lines_of(chars: Iterable[dict[str, Any]], gutter: float | None) -> list[PrintedLine]:
    """Return the printed lines of characters, from top to bottom.

    :param gutter: where two columns are parted, in points; ``None`` where the text has one column
    """
    rows = _rows(chars)
    if gutter is None:
        return [_line(row) for row in rows]
    return [line for row in rows for line in _at_gutter(row, gutter)]


def words_of(chars: Iterable[dict[str, Any]]) -> list[str]:
    """Return the texts of the printed lines: what stands in a cell."""
    return [_text(row) for row in _rows(chars)]
