"""Which clause a position lies in, and what its headings say of the values there."""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from index.indicators.roles import chapter_role
from index.types import Clause, Role


@dataclass(frozen=True, slots=True)
class Outline:
    """The clauses of a document in the order they begin; ``roles`` holds each path's chapter role."""

    starts: tuple[int, ...]
    clauses: tuple[Clause, ...]
    by_path: Mapping[str, Clause]
    roles: Mapping[str, Role | None]

    def path_at(self, position: int) -> str:
        """Return the path of the innermost clause around ``position``, "" outside all."""
        index = bisect_right(self.starts, position) - 1
        clause = self.clauses[index] if index >= 0 else None
        while clause is not None and position >= clause.span.end:
            clause = self.by_path.get(clause.parent) if clause.parent is not None else None
        return clause.path if clause else ""


def outline(clauses: Sequence[Clause]) -> Outline:
    """Order the clauses of one document; a clause without a telling heading takes its parent's role."""
    ordered = tuple(sorted(clauses, key=lambda clause: (clause.span.start, clause.depth)))
    roles: dict[str, Role | None] = {}
    headings: dict[str, tuple[str, ...]] = {}
    for clause in ordered:
        above = headings.get(clause.parent, ()) if clause.parent is not None else ()
        # The root's heading is the document's title: 主要目标 in it says nothing of a chapter.
        headings[clause.path] = (*above, clause.heading) if clause.depth else ()
        roles[clause.path] = chapter_role(headings[clause.path])
    return Outline(
        tuple(clause.span.start for clause in ordered),
        ordered,
        {clause.path: clause for clause in ordered},
        roles,
    )
