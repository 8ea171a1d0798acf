"""Numbers and words in, values with unit and comparator out."""

import pytest

from index.indicators.folding import fold, hide
from index.indicators.units import is_counting, is_time, is_unit
from index.indicators.values import find_amounts
from index.indicators.words import find_worded


def amounts(text: str) -> list[tuple[str, str, str]]:
    """List (comparator, value, unit) of the numbers in a text."""
    view = hide(fold(text), ())
    return [(a.comparator, a.value.of(text), a.unit) for a in find_amounts(view, 0, len(text))]


def worded(text: str) -> list[tuple[str, str, str]]:
    """List (comparator, value, unit) of the values in words in a text."""
    return [(a.comparator, a.value.of(text), a.unit) for a in find_worded(text, 0, len(text))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("达到98%", ("=", "98", "%")),
        ("达到98%以上", (">=", "98", "%")),
        ("不低于98%", (">=", "98", "%")),
        ("至少3场", (">=", "3", "场")),
        ("控制在5%以内", ("<=", "5", "%")),
        ("控制在5%", ("<=", "5", "%")),
        ("控制在5%左右", ("~", "5", "%")),
        ("不超过20万元", ("<=", "20", "万元")),
        ("不得低于职工总数的1.5%", (">=", "1.5", "%")),
        ("突破1,200亿元", (">", "1,200", "亿元")),
        ("超过60万人次", (">", "60", "万人次")),
        ("300余家", (">", "300", "家")),
        ("1.2万余人", (">", "1.2", "万人")),
        ("约3万个", ("~", "3", "万个")),
        ("2-3万人次", ("~", "2-3", "万人次")),
        ("30%-40%", ("~", "30%-40", "%")),
        ("1万人/年", ("=", "1", "万人/年")),
        ("32微克/立方米", ("=", "32", "微克/立方米")),
        ("3个百分点", ("=", "3", "个百分点")),
        ("１８０００人", ("=", "１８０００", "人")),  # full-width digits stay as printed
        ("1000亿以上", (">=", "1000", "亿")),
        ("3项目标", ("=", "3", "项")),
        ("300 个", ("=", "300", "个")),
    ],
)
def test_number_keeps_its_digits_unit_and_bound(text: str, expected: tuple[str, str, str]) -> None:
    """A number is printed as it stands; the words around it make the comparator."""
    assert amounts(text) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "第46届", "第3名", "5G网络", "1+1+5个", "每10万人", "前3名", "2025年", "12月31日", "2021-2025年", "〔2021〕57号",
        "《关于3个100万元项目的通知》", "“3个1万人”", "24小时", "近5年", "60周岁", "3条件", "5人才", "2场所", "8本科", "3.0版",
        "5家庭", "10年以上教龄", "500米覆盖率",
    ],
)  # fmt: skip
def test_a_number_in_a_name_or_a_date_is_no_value(text: str) -> None:
    """Ordinals, dates, ages, slogans, titles and the beginnings of other words are left out."""
    assert amounts(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("缴费年限15年", ("=", "15", "年")),
        ("期限不超过3年", ("<=", "3", "年")),
        ("压缩至3个工作日以内", ("<=", "3", "个工作日")),
        ("人均预期寿命提高到80岁", ("=", "80", "岁")),
        ("15分钟服务圈", ("=", "15", "分钟")),
        ("运营里程120公里", ("=", "120", "公里")),
    ],
)
def test_time_and_length_count_where_they_measure(text: str, expected: tuple[str, str, str]) -> None:
    """A term, a limit, a life expectancy or a service circle states a value in time."""
    assert amounts(text) == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("零就业家庭动态清零", [("=", "动态清零", "")]),
        ("控制在省下达指标之内", [("<=", "省下达指标之内", "")]),
        ("确保诉讼案件“零败诉”", [("=", "零", "")]),
        ("在三十日内答复", [("<=", "三十", "日")]),
        ("至少一人实现就业", [(">=", "一", "人")]),
        ("每季度至少向社会公布一次", [(">=", "一", "次")]),
        ("认定后三个月实现就业", [("<=", "三", "个月")]),
        ("成功举办两届", [("=", "两", "届")]),
        ("不得低于百分之三十", [(">=", "百分之三十", "")]),
        ("三分之二以上", [(">=", "三分之二", "")]),
        ("一次办好、一批基地、零距离、零门槛、三方机制、一个窗口", []),
    ],
)
def test_words_state_values_only_where_they_bound_or_count(
    text: str, expected: list[tuple[str, str, str]]
) -> None:
    """Chinese numerals in idioms and 零 in 零距离 are no values."""
    assert worded(text) == expected


@pytest.mark.parametrize(
    ("unit", "whole", "time", "counting"),
    [
        ("万人", True, False, True),
        ("%", True, False, False),
        ("个月", True, True, False),
        ("人/年", True, False, False),
        ("亿元", True, False, False),
        ("约束性", False, False, False),
        ("岗位", False, False, False),
    ],
)
def test_units_are_told_by_their_words(unit: str, whole: bool, time: bool, counting: bool) -> None:
    """A cell is a unit, a time or a counting word by the whole of it."""
    assert (is_unit(unit), is_time(unit), is_counting(unit)) == (whole, time, counting)
