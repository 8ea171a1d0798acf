"""Tables in, rows out."""

from collections.abc import Callable

import pytest

from index.indicators import extract
from index.types import Document, Role

Read = Callable[[str], list[str]]

EDUCATION = """表1 “十四五”教育发展主要指标
| 类别 | 指标 | 单位 | 2020年 | 2025年 | 属性 |
|---|---|---|---|---|---|
| 学前教育 | 1.毛入园率 | % | 92.1 | ≥95 | 预期性 |
| | 2.普惠园覆盖率 | % | 80 | 85以上 | 约束性 |
| 义务教育 | 3.巩固率 | % | 99.2 | 99.5左右 | 约束性 |
| | 4.在校生规模(万人) | | 31.2 | 33 | 预期性 |
| 高等教育 | 5.新增学位 | 万个 | — | 〔2.5〕 | 预期性 |
"""

TRANSPORT = """“十四五”时期综合交通发展主要指标
序号 | 指标名称 | 2020年现状 | 2025年目标 | 年均增速(%) | 指标属性 | 责任单位
1 | 公路总里程(公里) | 10250 | 11000 | 1.4 | 预期性 | 交通运输局
2 | 建制村通客车率(%) | 100 | 100 | — | 约束性 | 交通运输局
3 | 港口吞吐量 | 1.2亿吨 | 1.6亿吨左右 | | 预期性 | 港航局
"""

# The head 指标 covers two columns, merged first cells leave rows short, ragged ends differ.
HEALTH = """“十三五”卫生健康规划指标完成情况
指标 | “十三五”目标 | 属性 | 完成情况 | |
资源配置 | 执业医师数 | 每千人不低于2.5人 | 约束性 | 期末达到2.8人 |
千人口床位数 | 期末达到6张 | 约束性 | 期末达到6.1张 | |
健康水平 | 婴儿死亡率 | 控制在5‰以内 | 预期性 | 3.2‰ |
传染病报告发病率 | 省下达指标 | 预期性 | 保持在省下达指标以内 | ||
"""

HEALTH_2025 = """卫生健康“十四五”主要指标
序号 | 类别 | 指标名称 | 属性 | 单位 | 基准值(2020年) | 目标值 (2025年) | |
1 | 资源配置 | 年均新增床位 | 约束性 | 张 | 300 | 350 | |
2 | 每千人口护士数 | 约束性 | 人 | 3.1 | 3.8 | ||
3 | 健康水平 | 重大疫情 | 预期性 | — | — | 动态为0 | |
4 | 健康知识普及 | 预期性 | % | — | 全覆盖、可持续 | ||
"""


@pytest.mark.parametrize(
    ("table", "rows"),
    [
        (
            EDUCATION,
            [
                "毛入园率 = 92.1 % @ baseline 2020",
                "毛入园率 >= 95 % @ target 2025",
                "普惠园覆盖率 = 80 % @ baseline 2020",
                "普惠园覆盖率 >= 85 % @ target 2025",
                "巩固率 = 99.2 % @ baseline 2020",
                "巩固率 ~ 99.5 % @ target 2025",
                "在校生规模 = 31.2 万人 @ baseline 2020",
                "在校生规模 = 33 万人 @ target 2025",
                "新增学位 = 2.5 万个 @ target 十四五累计",
            ],
        ),
        (
            TRANSPORT,
            [
                "公路总里程 = 10250 公里 @ baseline 2020",
                "公路总里程 = 11000 公里 @ target 2025",
                "公路总里程年均增速 = 1.4 % @ target 十四五年均",
                "建制村通客车率 = 100 % @ baseline 2020",
                "建制村通客车率 = 100 % @ target 2025",
                "港口吞吐量 = 1.2 亿吨 @ baseline 2020",
                "港口吞吐量 ~ 1.6 亿吨 @ target 2025",
            ],
        ),
        (
            HEALTH,
            [
                "执业医师数 >= 2.5 人 @ target 十三五期末",
                "执业医师数 = 2.8 人 @ actual 十三五期末",
                "千人口床位数 = 6 张 @ target 十三五期末",
                "千人口床位数 = 6.1 张 @ actual 十三五期末",
                "婴儿死亡率 <= 5 ‰ @ target 十三五期末",
                "婴儿死亡率 = 3.2 ‰ @ actual 十三五期末",
                "传染病报告发病率 = 省下达指标 @ target 十三五期末",
                "传染病报告发病率 <= 省下达指标以内 @ actual 十三五期末",
            ],
        ),
        (
            HEALTH_2025,
            [
                "年均新增床位 = 300 张 @ baseline 2020",
                "年均新增床位 = 350 张 @ target 2025",
                "每千人口护士数 = 3.1 人 @ baseline 2020",
                "每千人口护士数 = 3.8 人 @ target 2025",
                "重大疫情 = 动态为0 @ target 2025",
                "健康知识普及 = 全覆盖、可持续 % @ target 2025",
            ],
        ),
    ],
    ids=["education", "transport", "health", "health-2025"],
)
def test_table_gives_its_rows(read: Read, table: str, rows: list[str]) -> None:
    """Each value cell takes its name, unit, role and period from row and header."""
    assert read(table) == rows


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        (EDUCATION, ["学前教育"] * 4 + ["义务教育"] * 4 + ["高等教育"]),
        (HEALTH, ["资源配置"] * 4 + ["健康水平"] * 4),
        (HEALTH_2025, ["资源配置"] * 4 + ["健康水平"] * 2),
    ],
    ids=["blank cell", "short row", "short row with number"],
)
def test_merged_category_carries_down(plan: Document, table: str, expected: list[str]) -> None:
    """A category printed once holds for the rows below it, however the rows are cut."""
    assert [row.category for row in extract(plan, table, ()).rows] == expected


def test_row_points_to_its_line_and_its_digits(plan: Document) -> None:
    """The span is the whole line with its outer bars, the value span the digits alone."""
    first = extract(plan, EDUCATION, ()).rows[1]
    assert first.span.of(EDUCATION) == "| 学前教育 | 1.毛入园率 | % | 92.1 | ≥95 | 预期性 |"
    assert (first.value_span.of(EDUCATION), first.attribute, first.role) == ("95", "预期性", Role.TARGET)


def test_project_table_is_read_by_its_measured_heads(read: Read) -> None:
    """A head with a unit measures the row's thing; a description is read as prose, years are read over."""
    table = (
        "项目名称 | 建设内容 | 总投资(亿元) | 建设年限\n环城高速 | 全长45公里,双向六车道 | 86.5 | 2021-2024\n"
    )
    assert read(table) == [
        "环城高速全长 = 45 公里 @ target 十四五期间",
        "环城高速总投资 = 86.5 亿元 @ target 十四五期末",
    ]


def test_second_header_starts_a_second_table(read: Read) -> None:
    """Two tables glued together keep their own columns."""
    table = "类别 | 指标 | 目标值\n卫生 | 床位数(张) | 3000\n类别 | 指标 | 单位 | 现状值 | 目标值\n教育 | 学校数 | 所 | 12 | 15\n"
    assert read(table) == [
        "床位数 = 3000 张 @ target 十四五期末",
        "学校数 = 12 所 @ baseline 十三五期末",
        "学校数 = 15 所 @ target 十四五期末",
    ]


@pytest.mark.parametrize(
    "table",
    [
        "单位 | 地址 | 电话\n人社局 | 人民路1号 | 0510-12345678\n医保局 | 解放路200号 | 12393\n",
        "指标 | 2020年 | 2025年\n",
        "1 | 2 | 3\n4 | 5 | 6\n",
        "|---|---|\n",
        "指标 | 目标值\n床位数 | —\n医生数 | /\n护士数 | |\n",
    ],
    ids=["contacts", "header alone", "no header", "separator alone", "dashes"],
)
def test_a_table_without_indicators_states_nothing(read: Read, table: str) -> None:
    """Contacts, headers alone, headless numbers and dashes give no rows."""
    assert read(table) == []
