"""What stands around a table: its caption, the unit it declares, the notes under it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from index.indicators.periods import Mark, find_marks
from index.indicators.units import UNIT_FORM
from index.types import Role, Span

# A caption is a short line of its own; longer lines above a table are paragraphs.
_MAX_CAPTION = 60
_LINES_ABOVE = 3
_LINES_BELOW = 6
_UNIT_LINE = re.compile(rf"[(]?\s*(?:计量)?单位\s*[:为]\s*(?P<unit>{UNIT_FORM})\s*[)]?\s*$")
_UNIT_IN_CAPTION = re.compile(rf"[(\[](?:计量)?单位\s*[:为]\s*(?P<unit>{UNIT_FORM})\s*[)\]]")
# 注:…,单位为万人: said of the table only where no measure stands before it.
_UNIT_IN_NOTE = re.compile(
    rf"(?:^|[:,;。、)\]\d.]|表中|本表|以上|数据|数值)\s*(?:计量)?单位(?:均|都)?[:为是]\s*(?P<unit>{UNIT_FORM})(?=\s*(?:[,;。)]|$))"
)
_NOTE = re.compile(r"\s*(?:备?注|说明|[*※])\s*\d*\s*[:.、]?")


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The time and the unit a table's caption and notes name, its chapter's role, the region words names leave out."""

    mark: Mark | None
    unit: str
    chapter: Role | None
    region: re.Pattern[str]


def _lines_above(folded: str, start: int) -> Iterator[str]:
    """Yield the short lines right above, the nearest first."""
    end = start
    for _ in range(_LINES_ABOVE):
        if end <= 0:
            return
        begin = folded.rfind("\n", 0, end - 1) + 1
        line = folded[begin:end].strip()
        end = begin
        if len(line) > _MAX_CAPTION or "|" in line:
            return
        yield line


def _notes_below(folded: str, end: int) -> Iterator[str]:
    """Yield the lines of the notes under a table: from the first 注: to the next line that is none."""
    at = end
    for _ in range(_LINES_BELOW):
        begin = folded.find("\n", at) + 1
        if not begin:
            return
        stop = folded.find("\n", begin)
        at = stop if stop >= 0 else len(folded)
        line = folded[begin:at].strip()
        if line and not _NOTE.match(line):
            return
        yield line


def _declared_unit(above: list[str], inside: str, below: list[str]) -> str:
    for line in above:
        if found := _UNIT_LINE.match(line) or _UNIT_IN_CAPTION.search(line):
            return found["unit"]
    for line in (inside, *below):
        if found := _UNIT_IN_CAPTION.search(line) or _UNIT_IN_NOTE.search(line):
            return found["unit"]
    return ""


def look_around(
    folded: str, span: Span, inside: str, chapter: Role | None, region: re.Pattern[str]
) -> Surroundings:
    """Read what stands around a table.

    :param inside: the caption that the table's own first row holds, "" where it holds none
    """
    above = list(_lines_above(folded, span.start))
    captions = (inside, *(line for line in above if line and not _UNIT_LINE.match(line)))
    caption = next((line for line in captions if line), "")
    mark = next(find_marks(caption, 0, len(caption)), None)
    unit = _declared_unit(above, inside, list(_notes_below(folded, span.end)))
    return Surroundings(mark, unit, chapter, region)
