"""A share, money, people, organisations: the unit a question wants."""

import pytest

from index.types import Indicator, Role, Span
from retrieval.units_asked import wanted_units, wrong_unit


@pytest.mark.parametrize(
    ("text", "value", "unit", "wrong"),
    [
        ("要求管住多大比例", "50", "人", True),
        ("占多少比例", "50", "人", True),
        ("占多少比例", "50", "%", False),
        ("失业率多少", "10", "户", True),
        ("失业率多少", "5", "%", False),
        ("持卡人数增长百分之几", "560", "万人", False),
        ("引进多少家企业", "80", "家", False),
        ("引进多少家企业", "50", "亿元", True),
        ("引进多少家企业、营收多少", "50", "亿元", False),
        ("培训多少人", "12", "万人", False),
        ("培训多少人", "98", "%", True),
        ("培训多少人", "市下达指标之内", "", False),
        ("目标多少", "98", "%", False),
    ],
)
def test_a_value_of_another_kind(text: str, value: str, unit: str, wrong: bool):
    """Only what no part of the question asks for is wrong; words never are."""
    row = Indicator("d", "一", "x", Role.TARGET, value, unit, "=", "2025", "", "", Span(0, 1), Span(0, 1))
    assert wrong_unit(wanted_units(text), row) is wrong
