"""How values and periods are worded."""

import pytest

from index.types import Indicator, Role, Span
from retrieval import wording


def row(**facts: str) -> Indicator:
    said = {
        "name": "失业率",
        "value": "5",
        "unit": "%",
        "comparator": "<=",
        "period": "十四五期末",
        "attribute": "",
        **facts,
    }
    return Indicator(
        document="d",
        clause="一",
        role=Role(said.pop("role", "target")),
        category="",
        span=Span(0, 1),
        value_span=Span(0, 1),
        **said,
    )


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (row(), "失业率:不超过5%(“十四五”期末目标)"),
        (row(comparator=">=", attribute="约束性"), "失业率:不低于5%(“十四五”期末目标,约束性)"),
        (row(period="2020", role="baseline", comparator="="), "失业率:5%(2020年基准)"),
        (row(period="十三五年均", role="actual", comparator=">"), "失业率:超过5%(“十三五”年均完成)"),
        (row(value="动态为0", unit="户", comparator="="), "失业率:动态为0户(“十四五”期末目标)"),
        (
            row(value="市下达指标之内", unit="人"),
            "失业率:市下达指标之内(“十四五”期末目标)",
        ),  # words carry their own limit
        (row(period=""), "失业率:不超过5%"),  # a rule of a law is no target of a plan
    ],
)
def test_a_value(value: Indicator, said: str):
    """Name, limit, value with unit, then period and role."""
    assert wording.value(value) == said
