"""Values in words: 动态清零, 市下达指标之内, “零败诉”, 翻一番, 一个月内, 至少一人, 五千元, 百分之三十.

Chinese numerals are read only where the sentence bounds or counts something, or where they are money or a share: 一批,
一次办好, 五个统一 are idioms.
"""

import re
from collections.abc import Iterator

from index.indicators.units import UNIT, is_time
from index.indicators.values import Amount, bounded, is_history, is_value
from index.types import Span

_DIGIT = r"[一二两三四五六七八九十百千零〇]"
_NUMERAL = r"[一二两三四五六七八九十百千万]{1,6}"
_PLACE = r"(?:国家|省|自治区|州|市|区|县|上级|中央)"

_CLEARED = re.compile(r"(?P<value>动态(?:清零|归零|为零|为0|消除))(?P<unit>)")
_ALLOTTED = re.compile(
    rf"(?:控制|保持|稳定)在(?P<value>{_PLACE}{{1,3}}[^,。;、\s]{{0,4}}(?:下达|规定|核定|确定|要求)[^,。;、\s]{{0,8}}?"
    r"(?:之内|以内|以下|范围内|之下))(?P<unit>)"
)
_NONE_OF = re.compile(
    r"“?(?P<value>零)(?P<unit>)(?=(?:败诉|事故|伤亡|死亡|发生|积压|新增|直排|上访|差错)[”,。;、])"
)
_DOUBLED = re.compile(r"(?P<value>翻(?:[一两二三]番|番))(?P<unit>)")
_WITHIN = re.compile(
    rf"(?P<value>{_NUMERAL})(?P<unit>个月|个?工作日|小时|[天日周])(?:以内|之内|内)(?![部外涵容])"
    rf"|后(?P<value2>{_NUMERAL})(?P<unit2>个月|个?工作日)(?:之?内|以内)?(?!以)"
)
_AT_LEAST = re.compile(
    rf"(?:至少|不少于|不低于)[^,。;、至\d]{{0,8}}?(?P<value>{_NUMERAL})(?P<unit>人次|[人名次场家户所项件届期]|个(?!工作日|自然日|月))(?![性体]|以上)"
)
_HELD = re.compile(
    rf"(?:举办|召开|承办|组织开展|开展|举行)(?:了)?(?P<value>{_NUMERAL})(?P<unit>[届次场期])(?![性])"
)
_FRACTION = re.compile(rf"(?P<value>{_NUMERAL}分之{_NUMERAL}(?:点{_NUMERAL})?)")
# 五千, 二万五千, 一百二十 before a unit; 五万元 is 五 + 万元, as 5万元 is. 第三, 每一, 五月十日 are no amounts.
_COUNT = re.compile(
    rf"(?<![第每这某任之月年分点十百千万零〇一二两三四五六七八九])(?:{_DIGIT}{{1,4}}[万亿])?{_DIGIT}{{1,7}}(?:点[零〇一二三四五六七八九]{{1,4}})?(?=[^一二两三四五六七八九])"
)
_MONEY = re.compile(r"[十百千万亿]*(?:元|倍)(?:/.*)?")
# 一元化, 二元结构, 多元素 are words
_NO_MONEY = re.compile(r"[化素论月旦首老件结]")
_ONE = re.compile(r"[一二两]")


def _amount(found: re.Match[str], comparator: str, group: str = "", tight: bool = False) -> Amount:
    value, unit = f"value{group}", f"unit{group}"
    reach = Span(found.start(value), found.end()) if tight else Span(*found.span())
    return Amount(reach, Span(*found.span(value)), found[unit], comparator)


def _fraction(view: str, found: re.Match[str]) -> Amount:
    value = Span(*found.span("value"))
    reach, comparator = bounded(view, value)
    return Amount(reach, value, "", comparator)


def _count(view: str, found: re.Match[str], end: int) -> Amount | None:
    """Read a numeral with its unit where it is money or bounded; 两个以上, 一次 without a bound are idioms."""
    unit = UNIT.match(view, found.end(), end)
    if unit is None or unit["more"]:
        return None
    reach, comparator = bounded(view, Span(found.start(), unit.end()))
    amount = Amount(reach, Span(*found.span()), unit["unit"], comparator)
    if _MONEY.fullmatch(amount.unit):
        return None if _NO_MONEY.match(view, unit.end()) else amount
    vague = _ONE.fullmatch(found[0]) and not is_time(amount.unit)
    return amount if comparator != "=" and not vague and is_value(view, amount) else None


def _worded(view: str, start: int, end: int) -> Iterator[Amount]:
    yield from (_amount(m, "=") for m in _CLEARED.finditer(view, start, end))
    yield from (_amount(m, "<=") for m in _ALLOTTED.finditer(view, start, end))
    yield from (_amount(m, "=") for m in _NONE_OF.finditer(view, start, end))
    yield from (_amount(m, "=") for m in _DOUBLED.finditer(view, start, end))
    yield from (_amount(m, "=", tight=True) for m in _HELD.finditer(view, start, end))
    yield from (_amount(m, ">=", tight=True) for m in _AT_LEAST.finditer(view, start, end))
    yield from (_fraction(view, m) for m in _FRACTION.finditer(view, start, end))
    for found in _WITHIN.finditer(view, start, end):
        if not is_history(view, found.start()):
            # Both a limit: 一个月内 says so, 认定后三个月 counts from an event.
            yield _amount(found, "<=", "2" if found["value2"] else "")
    for found in _COUNT.finditer(view, start, end):
        if amount := _count(view, found, end):
            yield amount


def find_worded(view: str, start: int, end: int) -> tuple[Amount, ...]:
    """List the values in words in ``view[start:end]``, in order, none over another."""
    found = sorted(_worded(view, start, end), key=lambda amount: (amount.value.start, -amount.value.end))
    kept: list[Amount] = []
    for amount in found:
        if not kept or amount.value.start >= kept[-1].value.end:
            kept.append(amount)
    return tuple(kept)
