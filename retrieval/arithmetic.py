"""Values as numbers, for comparison only: what is shown is always the printed value.

Everything is exact (``decimal``); only a percentage is rounded, half up, to one decimal.
"""

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from index.numerals import NUMERAL_CHARS, parse_chinese_numeral
from index.types import Indicator
from retrieval.types import Difference

PERCENT = "%"
PERCENT_POINTS = "个百分点"

_DIGITS = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?")
_CHINESE = re.compile(f"[{NUMERAL_CHARS}]+")
_SCALE = re.compile(r"(?P<scale>[十百千]?[万亿])(?P<base>.*)")
_SIZES = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8}
# One thing under several counting words, as people and plans print it
_SAME_UNIT = {
    "个百分点": PERCENT,
    "百分点": PERCENT,
    "个人": "人",
    "名": "人",
    "位": "人",
    "块": "元",
    "块钱": "元",
}
# units of measure, which stand for nothing else; all other units count
_MEASURED = re.compile(r"亩|米|公里|公顷|里|元|%|倍|吨|斤|克|瓦|小时|分钟|天|年|月|周|日|岁")
_ANNUAL = re.compile(r"年均|每年|/年")


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit, freed of 万 and 亿: 11.42万人 is 114200 人."""

    amount: Decimal
    unit: str


def _scaled(unit: str) -> tuple[int, str]:
    """Split a unit into its factor and the rest: 万人 → (10000, 人)."""
    found = _SCALE.fullmatch(unit)
    if not found:
        return 1, unit
    size = 1
    for character in found["scale"]:
        size *= _SIZES[character]
    return size, found["base"]


def _number(value: str) -> Decimal | None:
    if _DIGITS.fullmatch(value):
        return Decimal(value.replace(",", ""))
    if _CHINESE.fullmatch(value):
        return Decimal(parse_chinese_numeral(value))
    return None


def quantity(value: str, unit: str) -> Quantity | None:
    """Read a value as a number; None for words (动态为0), ranges (2-3) and anything else that is not one number."""
    number = _number(value.strip())
    if number is None:
        return None
    size, base = _scaled(unit.strip())
    return Quantity(number * size, _SAME_UNIT.get(base, base))


def quantity_of(row: Indicator) -> Quantity | None:
    """Read the value of a row as a number."""
    return quantity(row.value, row.unit)


def scale_of(unit: str) -> int:
    """The factor a unit holds: 10000 for 万人, 1 for 人."""
    return _scaled(unit)[0]


def same_kind(one: str, other: str) -> bool:
    """Whether two units may measure one thing: equal, or both counting words (个, 人, 家)."""
    if one == other:
        return True
    return not (_MEASURED.search(one) or _MEASURED.search(other))


def is_annual(row: Indicator) -> bool:
    """Whether a value counts one year; a value that does not counts a whole plan or stands at its end."""
    return bool(_ANNUAL.search(f"{row.name} {row.period} {row.unit}"))


def plain(number: Decimal) -> str:
    """Write a number without an exponent and without idle zeros: 0.30 → 0.3, 4E+2 → 400."""
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def comparable(one: Indicator, other: Indicator) -> bool:
    """Whether two values are numbers of one unit and one rhythm, so that their difference means something."""
    a, b = quantity_of(one), quantity_of(other)
    if a is None or b is None or a.unit != b.unit:
        return False
    return a.unit == PERCENT or is_annual(one) == is_annual(other)


def difference(before: Indicator, after: Indicator) -> Difference | None:
    """Work out what changes from one value to another; None where they are not comparable."""
    a, b = quantity_of(before), quantity_of(after)
    if a is None or b is None or not comparable(before, after):
        return None
    change = b.amount - a.amount
    size, _ = _scaled(after.unit)
    shares = a.unit == PERCENT
    percent = ""
    if a.amount and not shares:
        percent = plain((abs(change) / a.amount * 100).quantize(Decimal("0.1"), ROUND_HALF_UP))
    return Difference(
        before=before,
        after=after,
        change=plain(abs(change) / size),
        unit=PERCENT_POINTS if shares else after.unit,
        sign=(change > 0) - (change < 0),
        percent=percent,
    )
