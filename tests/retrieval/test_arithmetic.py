"""Values as numbers: units freed of 万 and 亿, exact differences, and what is never subtracted."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.types import Indicator, Role, Span
from retrieval.arithmetic import Quantity, comparable, difference, plain, quantity


def row(value: str, unit: str, *, name: str = "参保", period: str = "2025") -> Indicator:
    """A value of one measure."""
    return Indicator("jia", "一", name, Role.TARGET, value, unit, "=", period, "", "", Span(0, 1), Span(0, 1))


@pytest.mark.parametrize(
    ("value", "unit", "amount", "base"),
    [
        ("18000", "个", "18000", "个"),
        ("18,000", "个", "18000", "个"),
        ("11.42", "万人", "114200", "人"),
        ("1.593", "亿元", "159300000", "元"),
        ("3", "千万元", "30000000", "元"),
        ("4", "个百分点", "4", "%"),
        ("两", "届", "2", "届"),
        ("十二", "个", "12", "个"),
        ("50", "", "50", ""),
        ("3.59", "%", "3.59", "%"),
    ],
)
def test_a_number_is_read_in_its_unit(value: str, unit: str, amount: str, base: str):
    """万 and 亿 are factors, 个百分点 counts as %, Chinese numerals are numbers."""
    assert quantity(value, unit) == Quantity(Decimal(amount), base)


@pytest.mark.parametrize("value", ["动态为0", "市下达指标之内", "2-3", "", "3/4", "约5", "1.2.3", "12,34"])
def test_words_and_ranges_are_no_number(value: str):
    """What is not one number is not guessed at."""
    assert quantity(value, "个") is None


@pytest.mark.parametrize(
    ("before", "after", "change", "unit", "sign", "percent"),
    [
        (row("18400", "个"), row("18000", "个"), "400", "个", -1, "2.2"),
        (row("64.5", "万人"), row("66", "万人"), "1.5", "万人", 1, "2.3"),
        (row("5000", "人"), row("1.5", "万人"), "1", "万人", 1, "200"),
        (row("46", "%"), row("50", "%"), "4", "个百分点", 1, ""),
        (row("92", "%"), row("92", "%"), "0", "个百分点", 0, ""),
        (row("0", "户"), row("3", "户"), "3", "户", 1, ""),
        (row("372.09", "万人"), row("375", "万人"), "2.91", "万人", 1, "0.8"),
    ],
)
def test_a_difference_is_exact(
    before: Indicator, after: Indicator, change: str, unit: str, sign: int, percent: str
):
    """372.09 and 375 differ by 2.91, not by 2.9100000000000250."""
    found = difference(before, after)
    assert found is not None
    assert (found.change, found.unit, found.sign, found.percent) == (change, unit, sign, percent)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (row("18000", "个"), row("39", "万人")),
        (row("4750", "人"), row("市下达指标之内", "人")),
        (row("1", "万人", period="每年"), row("5", "万人")),
        (row("450", "人", name="年均帮助创业"), row("2", "万人")),
        (row("15", "万人"), row("15", "万人次")),
    ],
)
def test_unlike_values_are_not_subtracted(one: Indicator, other: Indicator):
    """Another unit, words, or a year against five."""
    assert not comparable(one, other)
    assert difference(one, other) is None


NUMBERS = st.decimals(min_value=0, max_value=10**9, places=2, allow_nan=False)


@given(NUMBERS, NUMBERS)
def test_the_way_back_is_as_long(a: Decimal, b: Decimal):
    """Swapping the two changes the sign and nothing else; adding the change to the smaller gives the larger."""
    one, other = row(plain(a), "万元"), row(plain(b), "万元")
    there, back = difference(one, other), difference(other, one)
    assert there is not None
    assert back is not None
    assert (there.change, there.sign) == (back.change, -back.sign)
    assert min(a, b) + Decimal(there.change) == max(a, b)
