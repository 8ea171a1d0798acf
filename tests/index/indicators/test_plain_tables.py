"""Tables without bars and headers of two rows in, rows and doubts out."""

from collections.abc import Callable

import pytest

from index.indicators import extract
from index.types import Document

Read = Callable[[str], list[str]]

BROKEN = """专栏2 “十四五”水务发展主要指标
序号
指标名称
单位
2020年
2025年
属性
1
再生水利用率
%
21.5
≥25
预期性
2
水土流失治理面积
平方公里
—
[120]
约束性
"""

TABS = "指标名称\t单位\t2020年\t2023年\t2025年\n公共充电桩\t个\t820\t1500\t2400—2600\n公交出行分担率\t%\t31.2\t35\t≥40\n"

REPEATED = """| 领域 | 主要指标 | 单位 | 2020年 | 目标值 | 目标值 | 性质 |
|---|---|---|---|---|---|---|
| | | | | 2023年 | 2025年 | |
| 创新 | 研发经费投入强度 | % | 1.8 | 2.1 | 2.3—2.5 | 预期性 |
"""

TABLES = [
    (
        BROKEN,
        [
            "再生水利用率 = 21.5 % @ baseline 2020",
            "再生水利用率 >= 25 % @ target 2025",
            "水土流失治理面积 = 120 平方公里 @ target 十四五累计",
        ],
    ),
    (
        TABS,
        [
            "公共充电桩 = 820 个 @ baseline 2020",
            "公共充电桩 = 1500 个 @ target 2023",
            "公共充电桩 ~ 2400—2600 个 @ target 2025",
            "公交出行分担率 = 31.2 % @ baseline 2020",
            "公交出行分担率 = 35 % @ target 2023",
            "公交出行分担率 >= 40 % @ target 2025",
        ],
    ),
    (
        REPEATED,
        [
            "研发经费投入强度 = 1.8 % @ baseline 2020",
            "研发经费投入强度 = 2.1 % @ target 2023",
            "研发经费投入强度 ~ 2.3—2.5 % @ target 2025",
        ],
    ),
    (
        "| 指标 | 单位 | 2020年 | 2025年 |\n|---|---|---|---|\n| 结核病发病率 | 1/10万 | 51.3 | ≤45 |\n",
        ["结核病发病率 = 51.3 /10万 @ baseline 2020", "结核病发病率 <= 45 /10万 @ target 2025"],
    ),
    (
        "序号\t工作任务\t具体措施\t牵头单位\n1\t改造老旧管网\t完成改造30公里\t市住建局\n",
        ["改造老旧管网 = 30 公里 @ target 十四五期间"],
    ),
]


@pytest.mark.parametrize(("table", "rows"), TABLES, ids=[table[:8] for table, _ in TABLES])
def test_tables_of_every_print_are_read_alike(table: str, rows: list[str], read: Read) -> None:
    """Cells between tabs, a cell a line, a year row under a head that is printed twice."""
    assert [row.replace("期末", "期间") for row in read(table)] == rows


def test_a_value_points_to_its_row(plan: Document) -> None:
    """The quote of a value is its row, from the first cell to the last; attribute and unit are the row's."""
    row = extract(plan, BROKEN, ()).rows[1]
    assert row.span.of(BROKEN) == "1\n再生水利用率\n%\n21.5\n≥25\n预期性"
    assert (row.value_span.of(BROKEN), row.attribute) == ("25", "预期性")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("东城区\t120\t130\n西城区\t98\t105\n", "像是用制表符分栏的表"),
        ("东城区\n120\n130\n西城区\n98\n105\n南城区\n77\n80\n", "像是拆成一格一行的表"),
    ],
)
def test_what_looks_like_a_table_and_is_not_read_is_doubted(text: str, said: str, plan: Document) -> None:
    """The doubt stands at the first row and says what to do."""
    found = extract(plan, text, ())
    assert found.rows == ()
    assert [(warning.quote[:3], warning.message[: len(said)]) for warning in found.warnings] == [
        ("东城区", said)
    ]


def test_a_table_that_is_read_is_not_doubted(plan: Document) -> None:
    """Every row of it fits."""
    assert [extract(plan, text, ()).warnings for text in (BROKEN, TABS, REPEATED)] == [(), (), ()]
