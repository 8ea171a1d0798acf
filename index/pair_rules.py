"""Which marker may follow which: each rule is named after what it allows.

A rule looks at the open levels, outermost first, and a new marker, and returns the depths (from 1) at which it
would let the marker stand. Drawn for the open levels 第一章 / (一) / 2.::

    第一章            第二章  continues_sequence at 1
        (一)          (二)    continues_sequence at 2
            2.        3.      continues_sequence at 3;  5. or 2.  returns_to_ancestor at 3
                              (1)  starts_new_level at 4, 3 or 2
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from index.marker_forms import FAMILY, Kind


@dataclass(frozen=True, slots=True)
class Level:
    """An open level: its marker's kind and ordinal; a label also knows the kind of the list it introduces."""

    kind: Kind
    ordinal: int
    introduces: Kind | None = None


Rule = Callable[[Sequence[Level], Level], list[int]]

_OUTERMOST = frozenset({Kind.BOOK, Kind.PART, Kind.CHAPTER})  # never inside 一、 or 1.
_LOWEST = frozenset({Kind.DASH, Kind.CIRCLE})
_NEVER_UNDER_LOWEST = frozenset({*FAMILY, Kind.HAN, Kind.HAN_PAREN})


def _annex_depth(levels: Sequence[Level]) -> int:
    """Return how deep the innermost annex stands, 0 outside of any: its numbering is its own."""
    return max((depth for depth, level in enumerate(levels, 1) if level.kind is Kind.ANNEX), default=0)


def continues_sequence(levels: Sequence[Level], new: Level) -> list[int]:
    """Allow 3. after 2. of any open level, and a dash after a dash."""
    if new.kind in (Kind.LABEL, Kind.ANNEX):
        return []
    return [
        depth
        for depth, level in enumerate(levels, 1)
        if level.kind is new.kind and (level.ordinal + 1 == new.ordinal or new.kind is Kind.DASH)
    ]


def returns_to_ancestor(levels: Sequence[Level], new: Level) -> list[int]:
    """Allow an ordinal out of order at the open level of its kind: real documents miscount."""
    if new.kind in (Kind.LABEL, Kind.ANNEX):
        return []
    own = _annex_depth(levels)
    return [depth for depth, level in enumerate(levels, 1) if depth > own and level.kind is new.kind]


def introduces_list(levels: Sequence[Level], new: Level) -> list[int]:
    """Allow a label where neither the list it introduces nor a label like it is open: it closes those."""
    if new.kind is not Kind.LABEL:
        return []
    own = _annex_depth(levels)
    for depth, level in enumerate(levels, 1):
        if depth > own and (level.kind is new.introduces or level == new):
            return list(range(own + 1, depth + 1))
    return list(range(own + 1, len(levels) + 2))


def _family_depths(levels: Sequence[Level], new: Level, own: int) -> list[int]:
    rank = FAMILY.index(new.kind)
    above = [depth for depth, level in enumerate(levels, 1) if depth > own and level.kind in FAMILY[:rank]]
    if above:
        return [above[-1] + 1]
    return [own + 1] if new.kind in _OUTERMOST else list(range(own + 1, len(levels) + 2))


def starts_new_level(levels: Sequence[Level], new: Level) -> list[int]:
    """Allow a kind that is not open to open below any open level, 章 节 条 in their fixed order."""
    if new.kind is Kind.LABEL:
        return []
    own = _annex_depth(levels)
    if new.kind in FAMILY:
        return _family_depths(levels, new, own)
    depths = range(own + 1, len(levels) + 2)
    if new.kind not in _NEVER_UNDER_LOWEST:
        return list(depths)
    lowest = [depth for depth, level in enumerate(levels, 1) if level.kind in _LOWEST]
    return [depth for depth in depths if not lowest or depth <= lowest[0]] or [own + 1]
