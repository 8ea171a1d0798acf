"""Whether a value is a target or an achievement, and of which period: by the sentence, then the chapter, then the title."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from index.indicators.horizon import Horizon, is_past
from index.indicators.periods import Mark
from index.types import Role

_DONE_HEADING = re.compile(
    r"成效|成就|成绩|回顾|完成情况|进展(?:情况|表)?$|现状|总结|发展历程"
    r"|(?:发展|工作|现实|良好|有利)基础|^基础(?:和|与|$)|基础(?:和|与)(?:面临|形势)"
)
_AIM_HEADING = re.compile(r"目标|任务|举措|措施|路径|指标|要求|安排|保障|展望|行动|专栏|建议")
_DONE = re.compile(
    r"(?:实现|完成|达到|建成|增长|提高|提升|下降|降低|减少|增加|建立|开通|形成|获得|突破|培育|培训|新增|发放|帮助|解决|压减)了"
    r"|已(?:经|达|建|有|完成|实现|开通|累计|形成|成|超)|目前|现有|近[几\d一二三五十]{1,2}年|年来|以来|截至|截止|同比"
)
_HOPE = re.compile(
    r"力争|争取|目标|计划|拟|预期|预计|应当|不得|可以?(?:申请|享受|按|给予|领取)|将(?:达|新|建|实|完)|(?:到|至)[^,。;]{0,8}年底?前?,"
)
_BASE = re.compile(r"基准值|基期|(?<!缴费)(?<!计发)基数为|基础值")

# Stocks stand at a moment: an 累计 earlier in the sentence does not reach them.
_STOCK = re.compile(
    r"规模|实有|总量|总数|存量|参保|持卡|在校|在岗|在册|拥有|覆盖|率$|比重|比例|占比|面积|水平"
)
_HAPPENED = re.compile(r"次|元|场|届|期|批$")
_RHYTHMS_OF_A_PLAN = frozenset({"累计", "年均", "每年"})


@dataclass(frozen=True, slots=True)
class Cues:
    """What the words of one sentence part say: done (已建成), hoped for (力争), a base value (基准值)."""

    done: bool
    hope: bool
    base: bool


def read_cues(text: str, start: int, end: int) -> Cues:
    """Look for the words that tell an achievement from a target in ``text[start:end]``."""
    return Cues(*(pattern.search(text, start, end) is not None for pattern in (_DONE, _HOPE, _BASE)))


def chapter_role(headings: Sequence[str]) -> Role | None:
    """Return what the innermost telling heading says of the values below it, ``None`` where none tells."""
    for heading in reversed(headings):
        if _DONE_HEADING.search(heading):
            return Role.ACTUAL
        if _AIM_HEADING.search(heading):
            return Role.TARGET
    return None


def role_of(
    cues: Cues, named: Mark | None, carried: Mark | None, chapter: Role | None, when: Horizon
) -> Role:
    """Decide a role: the time ``named`` in the sentence, its words, the chapter, the time ``carried`` from before."""
    if cues.base or when.rules:
        # a standard in force is what shall be, even where it speaks of 已建立劳动关系的
        return Role.BASELINE if cues.base and not when.rules else Role.TARGET
    past = is_past(named, when) if named else None
    if past is not None:
        return Role.ACTUAL if past or (cues.done and not cues.hope) else Role.TARGET
    if cues.hope and chapter is not Role.ACTUAL:
        return Role.TARGET
    if chapter:
        return chapter
    if cues.done and not cues.hope:
        return Role.ACTUAL
    earlier = is_past(carried, when) if carried else None
    return when.default if earlier is None else Role.ACTUAL if earlier else Role.TARGET


def carries(mark: Mark | None, role: Role, when: Horizon) -> bool:
    """Whether a time named in an earlier sentence may be this value's: never a past one for a target."""
    past = is_past(mark, when) if mark else None
    return past is not None and past == (role is Role.ACTUAL)


def is_stock(name: str, unit: str) -> bool:
    """Whether a measure stands at a moment rather than adding up."""
    return unit[:1] in {"%", "‰"} or _STOCK.search(name) is not None


def period_of(role: Role, mark: Mark | None, beat: str, unit: str, when: Horizon) -> str:
    """Compose the period of a value: the plan or year it names, its rhythm, else the document's own.

    ``beat`` is 年均, 每年, 累计, … or "". A value of an earlier plan with neither stands at its end, unless its
    unit counts what happened (人次, 元, 场).
    """
    if role is Role.BASELINE and mark and mark.plan == when.plan:
        mark = None
    if (mark and not mark.plan) or (beat and beat not in _RHYTHMS_OF_A_PLAN):
        return mark.text if mark and not mark.plan else beat
    plan = mark.plan if mark else when.plan if role is Role.TARGET else when.earlier
    if beat:
        # 每年推荐1家 without a plan named is a standing task, not one of the five years.
        return ("" if beat == "每年" and not mark and role is Role.TARGET else plan) + beat
    if mark and mark.phase:
        return mark.text
    if not plan:
        return when.years
    return plan + ("期末" if role is not Role.TARGET and not _HAPPENED.search(unit) else "期间")
