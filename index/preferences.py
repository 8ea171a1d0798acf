"""Which of the allowed readings is taken."""

from collections.abc import Sequence

from index.marker_forms import Kind
from index.pair_rules import (
    Level,
    Rule,
    continues_sequence,
    introduces_list,
    returns_to_ancestor,
    starts_new_level,
)

# An unbroken count outweighs all; a kind that is open is returned to before it opens anew.
RULES: tuple[Rule, ...] = (continues_sequence, returns_to_ancestor, introduces_list, starts_new_level)

Nesting = set[tuple[Kind, Kind]]


def note_nesting(nesting: Nesting, levels: Sequence[Level], kind: Kind) -> None:
    """Remember that ``kind`` was seen below the open levels, unless it was first seen above one of them."""
    nesting.update((level.kind, kind) for level in levels if (kind, level.kind) not in nesting)


def follow_document(
    nesting: Nesting, levels: Sequence[Level], new: Level, depths: Sequence[int]
) -> list[int]:
    """Keep the depths that put no kind below one this document nests the other way round."""
    for at, level in enumerate(levels):
        if (new.kind, level.kind) in nesting:
            return [depth for depth in depths if depth <= at + 1] or [min(depths)]
    return list(depths)


def prefer_depth(nesting: Nesting, levels: Sequence[Level], new: Level) -> int:
    """Return the depth (from 1) of a marker: first rule that allows one, the document's own nesting, the deepest."""
    for rule in RULES:
        depths = rule(levels, new)
        if depths:
            inverted = rule is starts_new_level
            return max(follow_document(nesting, levels, new, depths) if inverted else depths)
    return 1
