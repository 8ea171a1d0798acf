"""Markers → depths: how deep each marker of a document stands.

Chinese plans nest their kinds of markers in varying orders, so nothing but 编 章 节 条 has a fixed depth: a kind
first seen below another stays below it for the whole document.
"""

from collections.abc import Sequence

from index.marker_forms import Kind
from index.markers import Marker
from index.pair_rules import Level
from index.preferences import Nesting, note_nesting, prefer_depth


def _goes_on_after(levels: Sequence[Level], following: Sequence[Marker]) -> bool:
    """Whether an open level is continued behind an annex: then the annex stands inside it."""
    open_ordinals: dict[Kind, int] = {
        level.kind: level.ordinal for level in levels if level.kind is not Kind.DASH
    }
    seen: set[Kind] = set()
    for marker in following:
        if marker.kind not in seen and open_ordinals.get(marker.kind, -1) + 1 == marker.ordinal > 1:
            return True
        seen.add(marker.kind)
    return False


def _annex_depth(marker: Marker, levels: Sequence[Level], following: Sequence[Marker]) -> int:
    """Place a box (专栏) where it stands, an annex at the root unless the text around it goes on."""
    inside = [depth for depth, level in enumerate(levels, 1) if level.kind is Kind.ANNEX]
    depth = inside[0] if inside else len(levels) + 1
    if marker.segment.startswith("专栏") or _goes_on_after(levels[: depth - 1], following):
        return depth
    return 1


def _next_annexes(markers: Sequence[Marker]) -> list[int]:
    """For each marker the position of the first annex behind it."""
    found, ahead = [0] * len(markers), len(markers)
    for at in range(len(markers) - 1, -1, -1):
        found[at] = ahead
        if markers[at].kind is Kind.ANNEX:
            ahead = at
    return found


def find_depths(markers: Sequence[Marker]) -> list[int]:
    """Return a depth for each marker, 1 for the outermost; in time linear in their number."""
    levels: list[Level] = []
    nesting: Nesting = set()
    depths = []
    next_annexes = _next_annexes(markers)
    for at, marker in enumerate(markers):
        introduces = markers[at + 1].kind if marker.kind is Kind.LABEL and at + 1 < len(markers) else None
        new = Level(marker.kind, marker.ordinal, introduces)
        if marker.kind is Kind.ANNEX:
            depth = _annex_depth(marker, levels, markers[at + 1 : next_annexes[at]])
        else:
            depth = prefer_depth(nesting, levels, new)
            note_nesting(nesting, levels[: depth - 1], marker.kind)
        del levels[depth - 1 :]
        levels.append(new)
        depths.append(depth)
    return depths
