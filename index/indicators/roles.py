"""Whether a value is a target or an achievement, and of which period: by the sentence, then the chapter, then the title."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from index.indicators.horizon import Horizon, is_past
from index.indicators.periods import Mark
from index.types import Role

_DONE_HEADING = re.compile(
    r"成效|成就|成绩|回顾|完成情况|进展(?:情况|表)?$|现状|总结|发展历程"
    r"|(?:发展|工作|现实|良好|有利|规划)基础|^基础(?:和|与|$)|基础(?:和|与)(?:面临|形势)"
    r"|(?:规划|发展|编制|现实|时代|基本)背景|^背景|(?:面临|发展|当前|宏观|国内外?|环境)形势|^形势|形势(?:分析|研判|环境|$)"
    r"|(?:存在|面临|主要|突出|薄弱|现存|短板)[一-龥、]{0,6}(?:问题|短板|弱项|不足|困难|挑战|差距|瓶颈)|^(?:问题|短板|不足|差距)"
    r"|(?:机遇|问题)(?:和|与|及|、)挑战"
)
# 补齐主要短板, 解决突出问题, 通报国内外形势: what is to be done about it.
_MENDING = re.compile(
    r"^[一-龥]{0,4}(?:补齐|补上|补强|解决|破解|整治|整改|应对|化解|消除|缩小|攻克|防范|聚焦|通报|讨论|研究|学习|宣传)"
)
_AIM_HEADING = re.compile(r"目标|任务|举措|措施|路径|指标|要求|安排|保障|展望|行动|专栏|建议")
# Below what is, only such a heading turns to what shall be: （三）下一步目标任务, not （二）保障更加有力.
_TURNING = re.compile(r"(?:目标|要求|目标任务|(?:主要|重点|工作)任务|思路|打算|展望)$")
_HEADING_PARTS = re.compile(r"[与和及、]")
_DONE = re.compile(
    r"(?:实现|完成|达到|建成|增长|提高|提升|下降|降低|减少|增加|建立|开通|形成|获得|突破|培育|培训|新增|发放|帮助|解决|压减)了"
    r"|已(?:经|达|建(?!成?的?[一-龥]{0,4}(?:居住|小区|住宅|社区|城区|片区|房屋|楼))|有|完成|实现|开通|累计|形成|成|超)|目前|现有|近[几\d一二三五十]{1,2}年|年来|以来|截至|截止|同比"
)
_HOPE = re.compile(
    r"力争|争取|目标|计划|拟|预期|预计|应当|不得|可以?(?:申请|享受|按|给予|领取)|将(?:达|新|建|实|完)|(?<!截)(?<!截止)(?:到|至)[^,。;]{0,8}年底?前?,|\d年[底末]?前"
)
# 占比仅为42.6%, 缺口约260名: what is lacking now, whatever year was named before.
_LACK = re.compile(
    r"(?:仅(?:为|占|有|达|是)?|只(?:有|占))\s?\d|缺口|仍然?(?:存在|突出|不足|薄弱|较|偏)|尚(?:未|不)|供给不足|短缺|薄弱|滞后"
)
# 预计到2025年,老年人口将超过92万人: a forecast is no aim, and its year is not the year of what follows.
_FORECAST = re.compile(r"(?:预计|预测|估计|测算|据估|据测)[^。;]{0,20}$")
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
    lack: bool = False


def read_cues(text: str, start: int, end: int) -> Cues:
    """Look for the words that tell an achievement from a target in ``text[start:end]``."""
    return Cues(*(pattern.search(text, start, end) is not None for pattern in (_DONE, _HOPE, _BASE, _LACK)))


def is_forecast(text: str, start: int, end: int) -> bool:
    """Whether a time that ends at ``end`` says when something is expected, not when it is to be reached."""
    return _FORECAST.search(text, start, end) is not None


def _heading_role(heading: str) -> Role | None:
    done = _DONE_HEADING.search(heading) is not None and not _MENDING.search(heading)
    if not done:
        return Role.TARGET if _AIM_HEADING.search(heading) else None
    halves = _HEADING_PARTS.split(heading)
    mixed = any(_TURNING.search(half) and not _DONE_HEADING.search(half) for half in halves)
    return None if mixed else Role.ACTUAL


def chapter_role(headings: Sequence[str]) -> Role | None:
    """Return what the headings around a value say of it, the outermost first; ``None`` where none tells.

    The innermost telling one holds. Below a chapter of what is, 发展基础 or 存在问题, only a heading that names aims
    turns to them.
    """
    role: Role | None = None
    for heading in headings:
        own = _heading_role(heading)
        if own is Role.TARGET and role is Role.ACTUAL and not _TURNING.search(heading):
            continue
        role = own or role
    return role


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
    if cues.lack and chapter is not Role.TARGET:
        chapter = Role.ACTUAL
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
    return past is not None and past == (role is not Role.TARGET)


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
