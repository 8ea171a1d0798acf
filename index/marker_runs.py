"""Which candidates are markers: numbered runs are believed as a whole."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from index.marker_forms import Kind, Marker

_PASTED = frozenset(
    {Kind.HAN, Kind.HAN_PAREN, Kind.NUM, Kind.ARTICLE}
)  # (1) and ① stand inside sentences, too
UNNUMBERED = frozenset({Kind.DASH, Kind.LABEL, Kind.ANNEX})


@dataclass(frozen=True, slots=True)
class Candidate:
    """Something that may be a marker; ``plain`` where its place alone shows that it is one.

    ``began_line``: it may have started one before the text lost its line ends.
    """

    marker: Marker
    starts_line: bool
    plain: bool
    began_line: bool = False


@dataclass(slots=True)
class _Run:
    """Candidates of one kind whose ordinals follow each other."""

    members: list[Candidate] = field(default_factory=list)

    def continues_with(self, marker: Marker) -> bool:
        return bool(self.members) and self.members[-1].marker.ordinal + 1 == marker.ordinal

    def is_believed(self) -> bool:
        """Whether a plain member, or two that start lines, vouch for all, or a run from one on for itself."""
        vouched = any(c.plain for c in self.members) or sum(c.starts_line for c in self.members) > 1
        return vouched or self._began_lines()

    def _began_lines(self) -> bool:
        first, *others = self.members
        itself = bool(others) and first.marker.kind in _PASTED and first.marker.ordinal == 1
        return itself and all(c.began_line for c in others)


def _runs(candidates: Iterable[Candidate]) -> Iterable[_Run]:
    """Sort the candidates of one kind into runs.

    A list inside a sentence may stand between two markers that start lines, so the run of the lines stays open
    beside the run inside.
    """
    lines, inside = _Run(), _Run()
    runs = []
    for candidate in candidates:
        if candidate.starts_line and lines.continues_with(candidate.marker):
            run = lines
        elif inside.continues_with(candidate.marker):
            run = inside
        elif lines.continues_with(candidate.marker):
            run = lines
        else:
            run = _Run()
            runs.append(run)
        run.members.append(candidate)
        lines, inside = (run, _Run()) if candidate.starts_line or run is lines else (lines, run)
    return runs


def believed(candidates: Sequence[Candidate]) -> set[Marker]:
    """Return the markers among the numbered candidates; the others are numbers inside sentences."""
    kinds: dict[Kind, list[Candidate]] = {}
    for candidate in candidates:
        if candidate.marker.kind not in UNNUMBERED:
            kinds.setdefault(candidate.marker.kind, []).append(candidate)
    return {
        member.marker
        for same_kind in kinds.values()
        for run in _runs(same_kind)
        if run.is_believed()
        for member in run.members
    }
