"""The nouns of the charts: frozen, slotted, no I/O."""

from dataclasses import dataclass

from index.types import Role


@dataclass(frozen=True, slots=True)
class Bar:
    """One value: what it is (``2020年基准``), its length in the chart's unit (≥ 0), the value as printed."""

    label: str
    role: Role
    length: float
    printed: str


@dataclass(frozen=True, slots=True)
class Group:
    """The bars of one measure of one region, in the order of time."""

    label: str
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class ChartData:
    """What a chart shows, before any drawing: bars of one unit, all from zero.

    ``left_out`` names values that no bar can show, words or another unit; ``sources`` where the values stand.
    """

    title: str
    unit: str
    groups: tuple[Group, ...]
    sources: tuple[str, ...]
    left_out: tuple[str, ...] = ()

    @property
    def longest(self) -> float:
        """The length of the longest bar."""
        return max(bar.length for group in self.groups for bar in group.bars)
