"""What a document says of its own time: the plan it sets out, the one before it, the first year it plans for."""

import re
from dataclasses import dataclass

from index.indicators.folding import fold
from index.indicators.periods import Mark, own_plan, plan_before
from index.types import Document, Role

_RULES = re.compile(
    r"(?:法|条例|办法|规定|规则|细则|章程|决定|解释)(?:[一二三四五六七八九十()\d\-年修正订试行暂]*)$"
)
_REPORT = re.compile(r"公报|总结|统计|年报|述职|评估报告")


@dataclass(frozen=True, slots=True)
class Horizon:
    """A document's own time; ``plan`` and ``earlier`` name five-year plans or are "", ``start`` is a year or 0.

    ``years`` is its period where that is no five-year plan (``2023-2025``), else "". ``default`` is the role of a
    value about which neither sentence nor chapter says anything.
    """

    plan: str
    earlier: str
    start: int
    years: str
    default: Role
    rules: bool = False


def horizon(document: Document) -> Horizon:
    """Read a document's own time from its title, its period and its date of publication."""
    plan = own_plan(document)
    period, published = document.period, document.published
    start = period.first if period else published.year if published else 0
    years = f"{period.first}-{period.last}" if period and not plan else ""
    default = Role.ACTUAL if _REPORT.search(document.title) else Role.TARGET
    rules = _RULES.search(fold(document.title)) is not None
    return Horizon(plan, plan_before(plan), start, years, default, rules)


def is_past(mark: Mark, when: Horizon) -> bool | None:
    """Whether a time lies before the document's own; ``None`` where the document does not say when it is."""
    if mark.plan and mark.plan == when.plan:
        return False
    return mark.year < when.start if when.start else None
