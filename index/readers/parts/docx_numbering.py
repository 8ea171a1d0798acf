"""The numbers of lists that live in a Word document's numbering part (ECMA-376, 17.9)."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from index.readers.parts.docx_styles import W, number, value
from index.readers.parts.numbering import written

_PLACE = re.compile(r"%([1-9])")
# Behind a mark that ends like these Chinese print leaves no blank: (一)支持, 一、总则.
_TIGHT = tuple(")\uff09、\uff0e\u3000】〕")


@dataclass(frozen=True, slots=True)
class _Level:
    start: int
    style: str
    text: str
    tight: bool
    legal: bool  # all numbers of the mark in digits
    restart: int  # the level, from 1, whose next item begins the count anew; 0: never


@dataclass(frozen=True, slots=True)
class _List:
    shape: str  # its w:abstractNum: lists of one shape count on
    levels: Mapping[int, _Level]
    starts: Mapping[int, int]  # level → where this list begins anew


@dataclass(slots=True)
class Numbering:
    """The lists of a document, and how far each has counted."""

    lists: Mapping[str, _List]
    by_style: Mapping[str, tuple[str, int]]  # style id → list and level that name it
    counts: dict[str, dict[int, int]] = field(default_factory=dict)
    begun: set[tuple[str, int]] = field(default_factory=set)

    def mark(self, list_id: str, level: int) -> str:
        """Count one item and return its mark with the blank behind it; empty for bullets and unknown lists."""
        listed = self.lists.get(list_id)
        shape = listed.levels.get(level) if listed else None
        if listed is None or shape is None:
            return ""
        counts = self.counts.setdefault(listed.shape, {})
        if (list_id, level) not in self.begun and level in listed.starts:
            counts[level] = listed.starts[level]
        else:
            counts[level] = counts[level] + 1 if level in counts else shape.start
        self.begun.add((list_id, level))
        for deeper in [at for at in counts if at > level]:
            restart = listed.levels[deeper].restart if deeper in listed.levels else deeper
            if restart and level < restart:
                del counts[deeper]
        return _print(listed, shape, counts)


def _print(listed: _List, shape: _Level, counts: Mapping[int, int]) -> str:
    def place(match: re.Match[str]) -> str:
        at = int(match[1]) - 1
        level = listed.levels.get(at)
        count = counts.get(at, level.start if level else 1)
        return written(count, "decimal" if shape.legal or level is None else level.style)

    if shape.style in ("bullet", "none") and not _PLACE.search(shape.text):
        return shape.text if shape.style == "none" else ""
    if shape.style == "bullet":
        return ""
    words = _PLACE.sub(place, shape.text)
    return words if shape.tight or not words or words.endswith(_TIGHT) else f"{words} "


def _level(element: Any) -> _Level:
    at = number(element.get(f"{W}ilvl"), 0)
    return _Level(
        start=number(value(element, f"{W}start"), 0 if element.find(f"{W}start") is None else 1),
        style=value(element, f"{W}numFmt") or "decimal",
        text=value(element, f"{W}lvlText") or "",
        tight=value(element, f"{W}suff") == "nothing",
        legal=element.find(f"{W}isLgl") is not None,
        restart=number(value(element, f"{W}lvlRestart"), at),
    )


def _levels(element: Any) -> dict[int, _Level]:
    return {number(level.get(f"{W}ilvl"), 0): _level(level) for level in element.iterchildren(f"{W}lvl")}


def _list(element: Any, shapes: Mapping[str, dict[int, _Level]]) -> _List:
    shape = value(element, f"{W}abstractNumId") or ""
    levels = dict(shapes.get(shape, {}))
    starts = {}
    for override in element.iterchildren(f"{W}lvlOverride"):
        at = number(override.get(f"{W}ilvl"), 0)
        levels.update(_levels(override))
        start = value(override, f"{W}startOverride")
        if start is not None:
            starts[at] = number(start, 1)
    return _List(shape, levels, starts)


def numbering_of(document: Any) -> Numbering:
    """Return the lists of a document, nothing counted yet."""
    part = next(
        (
            r.target_part
            for r in document.part.rels.values()
            if r.reltype.endswith("/numbering") and not r.is_external
        ),
        None,
    )
    if part is None:
        return Numbering({}, {})
    root = part.element
    abstract = {a.get(f"{W}abstractNumId", ""): a for a in root.iterchildren(f"{W}abstractNum")}
    shapes = {shape: _levels(element) for shape, element in abstract.items()}
    lists = {num.get(f"{W}numId", ""): _list(num, shapes) for num in root.iterchildren(f"{W}num")}
    linked = {}
    for list_id, listed in lists.items():
        for level in abstract[listed.shape].iterchildren(f"{W}lvl") if listed.shape in abstract else ():
            style = value(level, f"{W}pStyle")
            if style is not None:
                linked[style] = (list_id, number(level.get(f"{W}ilvl"), 0))
    return Numbering(lists, linked)
