"""A row of a table that answers in words: its values are told as values, and stand among those shown."""

import pytest

from retrieval.verify import verify
from tests.retrieval.small import answerer_over

PLAN = """甲州市就业“十四五”规划(2021—2025年)
一、主要指标
序号|指标|属性|单位|2020年|2025年
1|零就业家庭|约束性|户|动态为3|动态为0
2|城镇新增就业|预期性|万人|5.1|6.2
二、重点任务
做好就业服务。
"""


@pytest.fixture(scope="module")
def plan(tmp_path_factory):
    """One plan with a table and little else."""
    entry = {"title": "甲州市就业“十四五”规划", "region": "甲州市", "period": "2021-2025"}
    return answerer_over(tmp_path_factory.mktemp("rows"), {"plan": PLAN}, {"plan": entry})


def test_a_row_that_is_the_point_is_told_by_its_values(plan):
    """Who asks of no number still gets the row in words; every number in it stands among the values."""
    answer = plan.ask("零就业家庭怎么安排")
    assert [s.text for s in answer.statements] == [
        "零就业家庭:动态为3户(2020年基准,约束性)",
        "零就业家庭:动态为0户(2025年目标,约束性)",
    ]
    assert [(v.row.period, v.row.value) for v in answer.indicators[:2]] == [
        ("2020", "动态为3"),
        ("2025", "动态为0"),
    ]
    assert answer.citations[0].quote == "1|零就业家庭|约束性|户|动态为3|动态为0"
    assert verify(answer, plan.texts) == answer
