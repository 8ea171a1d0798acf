"""Headings that a file's format marks and its text does not number: where they stand among the numbered ones.

A marked heading closes the marked headings of its level or deeper and every list below them; what follows stands
inside it until a marker of a level above, or a heading, closes it. Chapters stand above all unnumbered headings,
unless the format gives them a level of their own.
"""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from index.marker_forms import HEADINGS, Kind
from index.markers import Marker
from index.types import HeadingLine, Span

_MAX_HEADING = 60  # characters; what is longer, or states something, is text that someone set large
_STATES = re.compile(r"[。;\uff1b]|[,\uff0c]$")
_SENTENCE_END = re.compile(r"[。;\uff1b!\uff01]\s*$", re.MULTILINE)
_WORD = re.compile(r"[^\W\d_]")
_FOR_PATHS = str.maketrans({"/": "\uff0f", "#": "\uff03"})
_OUTER = HEADINGS - {Kind.SECTION}


@dataclass(frozen=True, slots=True)
class Hints:
    """``unnumbered`` are the heading lines to become clauses; ``levels`` those of markers, by their offset."""

    unnumbered: tuple[HeadingLine, ...] = ()
    levels: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class _Open:
    raw: int  # depth among the markers; 0 for an unnumbered heading
    level: int  # of the heading; 0 for what the format does not mark


def _is_title(text: str, heading: HeadingLine, others: Sequence[HeadingLine]) -> bool:
    """Whether a heading names the whole document: alone on its level, outermost, nothing stated before it."""
    outermost = all(other.level > heading.level for other in others)
    return outermost and not _SENTENCE_END.search(text, 0, heading.span.start)


def _names(text: str, heading: HeadingLine) -> bool:
    words = heading.span.of(text)
    return len(words) <= _MAX_HEADING and bool(_WORD.search(words)) and not _STATES.search(words)


def read_hints(
    text: str, headings: Sequence[HeadingLine], markers: Sequence[Marker], hidden: Sequence[Span]
) -> Hints:
    """Sort a format's heading lines: those that open with a marker, and those that stand for themselves.

    The document's title, lines that state something and lines inside ``hidden`` are neither.
    """
    starts = [marker.span.start for marker in markers]
    unnumbered, levels = [], []
    for at, heading in enumerate(headings):
        if any(heading.span in span for span in hidden):
            continue
        marker = bisect_right(starts, heading.span.end) - 1
        if marker >= 0 and starts[marker] >= heading.span.start:
            levels.append((starts[marker], heading.level))
        elif _names(text, heading) and not (at == 0 and _is_title(text, heading, headings[1:])):
            unnumbered.append(heading)
    return Hints(tuple(unnumbered), tuple(levels))


def _closes_marked(opened: _Open, level: int) -> bool:
    return bool(opened.level) and opened.level >= level


def _level_of(marker: Marker, levels: dict[int, int]) -> int:
    return levels.get(marker.span.start, 1 if marker.kind in _OUTER else 0)


def _keeps(text_open: Sequence[_Open], new: _Open) -> int:
    """Return how many of the open clauses stay open when ``new`` begins."""
    for at, opened in enumerate(text_open):
        if new.raw and opened.raw >= new.raw:
            return at
        if new.level and _closes_marked(opened, new.level) and not (new.raw and opened.raw):
            return at
        if not new.raw and not opened.level:
            return at
    return len(text_open)


def merge_depths(
    markers: Sequence[Marker], depths: Sequence[int], hints: Hints
) -> tuple[list[int], list[int]]:
    """Return the depths of the markers and of the unnumbered headings once they stand in one tree.

    :param depths: of the markers among themselves, from 1
    """
    levels = dict(hints.levels)
    places = [(m.span.start, 0, at) for at, m in enumerate(markers)]
    places += [(h.span.start, 1, at) for at, h in enumerate(hints.unnumbered)]
    stack: list[_Open] = []
    found: tuple[list[int], list[int]] = ([], [])
    for _, unnumbered, at in sorted(places):
        level = hints.unnumbered[at].level if unnumbered else _level_of(markers[at], levels)
        new = _Open(0 if unnumbered else depths[at], level)
        del stack[_keeps(stack, new) :]
        stack.append(new)
        found[unnumbered].append(len(stack))
    return found


def segment_of(heading: str) -> str:
    """Write an unnumbered heading as a path's segment: without blanks, ``/`` and ``#`` in full width."""
    return "".join(heading.split()).translate(_FOR_PATHS)
