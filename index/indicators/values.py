"""Where values stand in a run of text: the number, its unit, its comparator.

Everything here reads the *view* of ``folding.hide``: same length as the stored text, so spans are spans of it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from index.indicators.units import UNIT, is_time
from index.types import Span


@dataclass(frozen=True, slots=True)
class Amount:
    """A value as printed, not yet named.

    ``reach`` runs from its comparator to the end of its suffix (``不低于98%``, ``8000家以上``), ``value`` covers
    the digits or words alone, ``unit`` is printed without 余 or 多. ``comparator`` is one of ``= >= <= > < ~``.
    """

    reach: Span
    value: Span
    unit: str
    comparator: str


# One number, no longer than any a plan prints: bounds the work on a line of nothing but digits.
_NUM = r"(?:\d{1,3}(?:,\d{3}){1,4}(?!\d)|\d{1,15})(?:\.\d{1,6})?"
NUMBER = re.compile(
    # A letter, a sign or an ordinal before the digits makes them part of a name: 5G, 1+1, 第46届, 每10万人.
    rf"(?<![\d.A-Za-z+×*÷/第每前])(?<!每 )(?<!\d,){_NUM}(?:(?:%|[百千万亿]{{1,2}})?\s?[-~—–至]\s?{_NUM}|/\d{{1,3}}(?=以上|以下|左右))?(?![\d.+×*÷A-Z])"
)

_BEFORE = {
    ">=": "不低于 不少于 不小于 不得低于 不得少于 至少 最低 不短于 ≥ ≧ >=",
    "<=": "不超过 不高于 不多于 不大于 不长于 不得超过 不得高于 不得多于 至多 最多 最高 不突破 ≤ ≦ <=",
    ">": "超过 超出 突破 超 高于 大于 多于 逾 >",
    "<": "低于 少于 小于 不足 不到 <",
    "~": "约 约为 大约 接近 近 ~",
}
_AFTER = {
    ">=": "及以上 或以上 (含)以上 以上 之上",
    "<=": "或以下 (含)以下 及以内 以内 之内 及以下 以下 之下 内",
    "~": "左右 上下",
}


def _pattern(signs: dict[str, str]) -> str:
    words = sorted((word for line in signs.values() for word in line.split()), key=len, reverse=True)
    return "|".join(map(re.escape, words))


_SIGN = {word: sign for signs in (_BEFORE, _AFTER) for sign, line in signs.items() for word in line.split()}
_PREFIX = re.compile(rf"(?:{_pattern(_BEFORE)})\s?$")
_SUFFIX = re.compile(rf"\s?(?:{_pattern(_AFTER)})(?![部外涵容地陆资需])")
# 不得低于在职职工总数的1.5%: the bound stands before the measure it is a share of.
_FAR = re.compile(r"不得?(?P<way>低于|少于|超过|高于|多于)(?=[一-龥])[^,。;、:()\d]{1,24}$")
_FAR_CHARS = 30
_CAPPED = re.compile(r"控制在\s?$")
# How far before a number its comparator can stand: the longest is four characters.
_PREFIX_CHARS = 6

# A run of time is a value when it bounds something or is a term; else it is a date, an age, a history (近5年).
_TERM = re.compile(
    r"(?:年限|期限|时限|时间|时长|周期|寿命|天数|日数|工期|学制|有效期|期间隔|压缩|缩短|延长|减少|缩减|认定后|确认后|之后)"
    r"(?:了|为|达|达到|至|到|在)*(?:[由从][^,。;\d]{0,8})?$"
    r"|\d(?:年|个月|天)(?:逐步)?(?:提高|延长|增加|缩短|压缩|减少)[到至]$"  # 受教育年限由10.5年提高到11.3年
    r"|\d(?:年|个月|天)\($"  # 15年(180个月)
)
# 近3年内, 过去5年: how far one looks back.
_HISTORY = re.compile(r"(?:近|最近|过去|此前|以往|连续|每|每满|满)\s?$")
_HISTORY_CHARS = 4
_CIRCLE = re.compile(r"[^,。;、(){}]{0,6}圈")
# 下列3项, 以下2种情形, 分为4个方面: the items of a list are counted, nothing is measured.
_LISTED = re.compile(r"(?:下列|以下|上述|前述|前款|如下|任何|任意|\d[个项种类]或)\s?$")
_PARTS = re.compile(r"(?:方面|环节|部分|层面|维度|步骤|阶段|中(?![小央医心级学共国]))")
_LIST_UNIT = re.compile(r"[个项种类条款]")
# 预期寿命由2020年的77.6岁提高到2025年的79.2岁: both are ages of the measure.
_AGE = re.compile(
    r"(?:寿命|平均年龄)(?:[^,。;]{0,6}|[由从到至达为约在提高升增加逐步稳的年末底\d.\s岁\ufffd]{0,30})$"
)
_AGE_CHARS = 36
# 500米覆盖率, 3公里范围: a length before a noun describes it.
_LENGTHS = frozenset({"米", "公里", "千米"})
_AFTER_VALUE = re.compile(r"[的并和及与提增上下降减压缩升扩延]")
_NAMED = re.compile(r"[一-龥]")
_RANGE = re.compile(r"\d[^\d.,]{0,4}?\s?[-~—–至]")
_TERM_CHARS = 10
_OPERATORS = frozenset("÷×*+=")
_ASIDE = re.compile(r"\(不?含(?:本数)?\s?$|这$|每(?:增加|减少|超过|满|招用|介绍|延长|提前|逾期)$")
_ASIDE_CHARS = 6
_TO = re.compile(rf"\s?[-~—–至]\s?{_NUM}\s?")


def bounded(view: str, value: Span, more: bool = False) -> tuple[Span, str]:
    """Return how far the words that bound ``value`` reach, and the comparator they make with it.

    ``value`` covers the number with its unit; ``more`` says that 余 or 多 stood between the two.
    """
    before = _PREFIX.search(view, max(0, value.start - _PREFIX_CHARS), value.start)
    after = _SUFFIX.match(view, value.end)
    reach = Span(before.start() if before else value.start, after.end() if after else value.end)
    if after:
        return reach, _SIGN[after[0].strip()]
    if before:
        return reach, _SIGN[before[0].strip()]
    if more:
        return reach, ">"
    if far := _FAR.search(view, max(0, value.start - _FAR_CHARS), value.start):
        return reach, ">=" if far["way"] in {"低于", "少于"} else "<="
    return reach, "<=" if _CAPPED.search(view, max(0, value.start - _PREFIX_CHARS), value.start) else "="


def is_range(value: str) -> bool:
    """Whether a value runs from one number to another: 7.3—7.4, 30万—50."""
    return _RANGE.search(value) is not None


def is_history(view: str, start: int) -> bool:
    """Whether a run of time that begins at ``start`` looks back or repeats: 近3年内, 每两年, 连续5年."""
    return _HISTORY.search(view, max(0, start - _HISTORY_CHARS), start) is not None


def is_value(view: str, amount: Amount) -> bool:
    """Whether a run with a unit states a value: runs of time and ages mostly do not."""
    before = view[max(0, amount.reach.start - _TERM_CHARS) : amount.reach.start]
    if amount.unit in {"岁", "周岁"}:
        return _AGE.search(view, max(0, amount.reach.start - _AGE_CHARS), amount.reach.start) is not None
    if amount.unit in _LENGTHS and _NAMED.match(view, amount.reach.end):
        return _AFTER_VALUE.match(view, amount.reach.end) is not None
    if not is_time(amount.unit):
        listed = _LISTED.search(before) or _PARTS.match(view, amount.reach.end)
        return not (listed and _LIST_UNIT.fullmatch(amount.unit))
    if is_history(view, amount.value.start):
        return False
    if _TERM.search(before) or _CIRCLE.match(view, amount.reach.end):
        return True
    # 3年内 is a time, not a term; 不超过3年 is one. 满5年以上的职工 is a condition.
    limit = amount.comparator in {"<=", ">="} and (
        amount.unit != "年" or amount.reach.start < amount.value.start
    )
    return limit and not (amount.comparator == ">=" and _NAMED.match(view, amount.reach.end))


def _same_unit(one: str, other: str) -> bool:
    """Whether the ends of a range are in one unit, for money whatever its scale: 5000元-1万元."""
    return other.startswith(one) or one[-1] == other[-1:] == "元"


def _range(view: str, unit: re.Match[str], end: int) -> tuple[int, str] | None:
    """Read on over a range that prints its unit twice: 3个月至6个月, 1个至5个工作日; its end and its unit."""
    to = _TO.match(view, unit.end(), end)
    other = UNIT.match(view, to.end(), end) if to else None
    if to is None or other is None or not _same_unit(unit["unit"], other["unit"]):
        return None
    return to.end(), other["unit"]


def _read_amount(view: str, number: re.Match[str], end: int) -> Amount | None:
    gap = number.end() + (view[number.end() : number.end() + 1] == " ")
    more = view[gap : gap + 1] in {"余", "多"}
    unit = UNIT.match(view, gap + more, end)
    # 250天÷12: a step of a calculation
    if unit is None or (unit["more"] and more) or view[unit.end() : unit.end() + 1] in _OPERATORS:
        return None
    if twice := _range(view, unit, end):
        stop, printed = twice
        reach, sign = bounded(view, Span(number.start(), stop + len(printed)))
        return Amount(reach, Span(number.start(), stop), printed, sign)
    printed = unit["unit"].replace(unit["more"] or "\0", "")
    reach, sign = bounded(view, Span(number.start(), unit.end()), more or bool(unit["more"]))
    return Amount(reach, Span(*number.span()), printed, sign)


def find_amounts(view: str, start: int, end: int) -> Iterator[Amount]:
    """Yield the numbers with a unit in ``view[start:end]``, in order, dates and ordinals left out."""
    done = start
    for number in NUMBER.finditer(view, start, end):
        amount = _read_amount(view, number, end) if number.start() >= done else None
        # (含50人): the bound before it said once more; 每增加1人: what the next value is for
        if amount is None or _ASIDE.search(view, max(start, number.start() - _ASIDE_CHARS), number.start()):
            continue
        done = amount.value.end
        if is_value(view, amount):
            yield replace(amount, comparator="~") if is_range(amount.value.of(view)) else amount
