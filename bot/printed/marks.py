"""Where quoted words stand on a printed page."""

import re
import unicodedata
from collections.abc import Iterator, Sequence

from bot.printed.types import Box, PrintedPage

_PIECES = re.compile(r"[|\uff5c\n。\uff1b;\uff0c,]")
_FEWEST = 4  # letters of a piece that is told from others by its words alone
_BESIDE = 2.0  # heights: a wider gap between two letters begins another mark


def folded(text: str) -> str:
    """Fold the forms of letters, each by itself, and leave out blanks and the bars of table rows."""
    plain = "".join(unicodedata.normalize("NFKC", letter) for letter in text)
    return "".join(letter for letter in plain if not letter.isspace() and letter != "|")


class _Order:
    """The letters of a page in one order, folded, each with its place among the boxes."""

    def __init__(self, page: PrintedPage, places: Sequence[int]) -> None:
        pairs = [(letter, place) for place in places for letter in folded(page.letters[place])]
        self.letters = "".join(letter for letter, _ in pairs)
        self._places = [place for _, place in pairs]

    def found(self, words: str) -> list[list[int]]:
        """Return the places of the letters of each occurrence."""
        at, runs = self.letters.find(words), []
        while words and at >= 0:
            runs.append(self._places[at : at + len(words)])
            at = self.letters.find(words, at + len(words))
        return runs


def _by_rows(boxes: Sequence[Box]) -> list[int]:
    """Order letters as they are read: by the line they stand on, then from left to right."""
    rows: list[list[int]] = []
    foot = 0
    for place in sorted(range(len(boxes)), key=lambda n: boxes[n][1] + boxes[n][3]):
        middle = (boxes[place][1] + boxes[place][3]) // 2
        if rows and middle < foot:
            rows[-1].append(place)
        else:
            rows.append([place])
            foot = boxes[place][3]
    return [place for row in rows for place in sorted(row, key=lambda n: boxes[n][0])]


def _joined(boxes: Sequence[Box]) -> Iterator[Box]:
    """Join the boxes of letters that stand beside each other on a line."""
    run: Box | None = None
    for box in boxes:
        if run is None:
            run = box
            continue
        height = max(run[3] - run[1], 1)
        level = min(run[3], box[3]) - max(run[1], box[1]) > height / 2
        if level and -height < box[0] - run[2] < _BESIDE * height:
            run = (min(run[0], box[0]), min(run[1], box[1]), max(run[2], box[2]), max(run[3], box[3]))
        else:
            yield run
            run = box
    if run:
        yield run


def _places(orders: Sequence[_Order], words: str, before: str) -> list[int]:
    wanted = folded(words)
    for order in orders:
        runs = order.found(wanted)
        if runs:
            return runs[min(folded(before).count(wanted), len(runs) - 1)]
    # a cell of several lines, or a note set among the lines: what is surely one of the quote's pieces
    found: list[int] = []
    for piece in map(folded, _PIECES.split(words)):
        runs = next((runs for order in orders if (runs := order.found(piece))), [])
        if len(piece) >= _FEWEST and len(runs) == 1:
            found += runs[0]
    return found


def marks(page: PrintedPage, words: str, before: str = "") -> tuple[Box, ...]:
    """Return the boxes to mark for words of a page, a line one; none where they are not found.

    :param words: of the stored text, as far as they stand on this page
    :param before: the stored text of the page before them: which of several occurrences is meant
    """
    as_drawn = range(len(page.boxes))
    orders = (_Order(page, as_drawn), _Order(page, _by_rows(page.boxes)))
    return tuple(_joined([page.boxes[place] for place in _places(orders, words, before)]))
