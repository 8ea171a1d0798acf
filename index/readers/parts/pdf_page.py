"""A PDF page → its printed lines and tables, from top to bottom, column by column."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from index.readers.parts.pdf_columns import gutter_of, in_reading_order
from index.readers.parts.pdf_lines import PrintedLine, lines_of, runs_of
from index.readers.parts.pdf_tables import PrintedTable, tables_of

if TYPE_CHECKING:
    from pdfplumber.page import Page as PlumberPage

_PICTURE_SHARE = 0.5  # of a page that pictures must cover for a page without words to be a scan
_FEW = 10  # characters: a scan may carry a page number or a stamp as text


@dataclass(frozen=True, slots=True)
class Page:
    """A page: what is printed on it in reading order; sizes in points, ``y`` from the top."""

    width: float
    height: float
    content: tuple[PrintedLine | PrintedTable, ...]
    characters: int
    unreadable: int  # characters whose font does not say what they are
    is_picture: bool


def shown_characters(chars: Sequence[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Leave out watermarks set aslant, characters without size, and copies printed to look bold."""
    seen: set[tuple[str, int, int]] = set()
    for char in chars:
        place = (char["text"], round(char["x0"] / 2), round(char["top"] / 2))
        if char["upright"] and char["size"] > 1 and char["text"] and place not in seen:
            seen.add(place)
            yield char


def _pictured(page: "PlumberPage") -> float:
    area = float(page.width * page.height) or 1.0
    return float(sum(abs(image["width"] * image["height"]) for image in page.images)) / area


def _within(char: dict[str, Any], box: tuple[float, float, float, float]) -> bool:
    x, y = (char["x0"] + char["x1"]) / 2, (char["top"] + char["bottom"]) / 2
    return bool(box[0] <= x <= box[2] and box[1] <= y <= box[3])


def read_page(page: "PlumberPage") -> Page:
    """Read one page; its cached objects are let go, so that a long file does not fill the memory."""
    chars = list(shown_characters(page.chars))
    tables = tables_of(page, chars)
    outside = [char for char in chars if not any(_within(char, cell) for t in tables for cell in t.cells)]
    gutter = gutter_of(runs_of(outside), float(page.width))
    lines = [line for line in lines_of(outside, gutter) if line.text]
    shown = sum(not char["text"].isspace() for char in chars)
    made = Page(
        float(page.width),
        float(page.height),
        tuple(in_reading_order(lines, tables, gutter)),
        shown,
        sum(char["text"].startswith("(cid:") or "\ue000" <= char["text"] <= "\uf8ff" for char in chars),
        shown <= _FEW and _pictured(page) > _PICTURE_SHARE,
    )
    page.close()
    return made
