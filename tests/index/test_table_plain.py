"""Tables without bars: their cells, their clauses, their passages."""

import pytest

from index.passages import split
from index.table_plain import find_plain_tables
from index.tree import parse


def cells(text: str) -> list[list[list[str]]]:
    """List the cells of each table of a text, row by row."""
    return [[[cell.of(text) for cell in row] for row in table.rows] for table in find_plain_tables(text)]


BROKEN = """专栏3 主要指标
序号
指标
单位
2020年
2025年
指标属性
1
每千人口托位数
个
—
4.5
预期性
2
城乡社区体育设施
覆盖率
%
62.1
≥90
约束性
注:数据来自统计局。
"""


def test_cells_of_a_line_each_are_put_together_to_rows() -> None:
    """A dash is a blank cell, a name may be broken over two lines, the note is no row."""
    assert cells(BROKEN) == [
        [
            ["序号", "指标", "单位", "2020年", "2025年", "指标属性"],
            ["1", "每千人口托位数", "个", "—", "4.5", "预期性"],
            ["2", "城乡社区体育设施\n覆盖率", "%", "62.1", "≥90", "约束性"],
        ]
    ]


def test_a_category_printed_once_leaves_a_gap_below() -> None:
    """The second row of 就业 has one line less."""
    text = "类别\n指标名称\n单位\n2020年\n2025年\n就业\n城镇新增就业\n万人\n3.1\n[16]\n调查失业率\n%\n4.9\n<5.5\n"
    assert cells(text)[0][1:] == [
        ["就业", "城镇新增就业", "万人", "3.1", "[16]"],
        ["", "调查失业率", "%", "4.9", "<5.5"],
    ]


def test_heads_may_be_broken_and_rows_may_lack_a_number() -> None:
    """(目标值) on a line of its own belongs to the year above it; no running numbers are needed."""
    text = "指标名称\n计量单位\n2025年\n(基期值)\n2030年\n(目标值)\n轨道交通里程\n公里\n120\n260\n货运铁路占比\n%\n/\n15左右\n"
    assert cells(text)[0] == [
        ["指标名称", "计量单位", "2025年\n(基期值)", "2030年\n(目标值)"],
        ["轨道交通里程", "公里", "120", "260"],
        ["货运铁路占比", "%", "/", "15左右"],
    ]


def test_a_page_number_and_the_header_again_stand_between_rows() -> None:
    """A table that goes on overleaf is one."""
    head = "序号\n指标\n单位\n2025年\n"
    text = f"{head}1\n森林覆盖率\n%\n45\n— 12 —\n{head}2\n湿地保护率\n%\n60\n"
    assert [row[1] for row in cells(text)[0]] == ["指标", "森林覆盖率", "湿地保护率"]


@pytest.mark.parametrize(
    ("line", "row"),
    [
        ("绿色建筑占比\t%\t60\t100", ["绿色建筑占比", "%", "60", "100"]),
        ("绿色建筑占比\t%\t\t100", ["绿色建筑占比", "%", "", "100"]),
        ("绿色建筑占比\t%\t60", ["绿色建筑占比", "%", "60"]),
    ],
)
def test_tabs_part_cells(line: str, row: list[str]) -> None:
    """Cells may be empty; the tabs of empty cells at the end may be gone."""
    text = f"指标名称\t单位\t2020年\t2025年\n{line}\n下一段。"
    assert cells(text) == [[["指标名称", "单位", "2020年", "2025年"], row]]


def test_wide_gaps_part_cells() -> None:
    """Text that keeps the layout of a page has blanks between its columns."""
    text = "  项目名称      建设年限     总投资(亿元)\n  东湖水厂      2022-2024      3.6\n  西山隧道      2021-2025     12.8\n"
    assert cells(text)[0][2] == ["西山隧道", "2021-2025", "12.8"]


@pytest.mark.parametrize(
    "text",
    [
        "联系人\n张三\n电话\n0710-3611234\n地址\n人民路1号\n",
        "第一章\t总则\n第二章\t目标\n第三章\t任务\n",
        "单位:\n序号\n数量多\n",
        "主要任务\n重点项目\n保障措施\n一、加强领导\n二、落实责任\n三、强化监督\n",
        "序号\n重点任务\n牵头单位\n建设道路\n改造管网\n",
    ],
)
def test_other_short_lines_are_no_table(text: str) -> None:
    """Without heads that are sure, or without rows that fit them, text stays text."""
    assert cells(text) == []


def test_a_dash_in_a_cell_opens_no_clause() -> None:
    """What stands behind the dash stays in the table; the next heading is its own clause."""
    text = f"一、发展目标\n{BROKEN}二、主要任务\n——建设一批托育机构。\n—\n其他。\n"
    paths = [clause.path for clause in parse("x", text)]
    assert paths == ["", "一", "一/专栏3", "一/专栏3/表1", "二", "二/——1"]


def test_a_row_is_one_passage_with_the_words_of_the_header() -> None:
    """The quote runs from the first cell of the row to its last."""
    made = split("x", "某市规划", BROKEN, parse("x", BROKEN), 300)
    rows = [passage for passage in made if "每千人口托位数" in passage.indexed_text]
    assert [row.span.of(BROKEN) for row in rows] == ["1\n每千人口托位数\n个\n—\n4.5\n预期性"]
    assert "2025年" in rows[0].indexed_text
