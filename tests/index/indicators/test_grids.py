"""Grids of tables in, rows out: merges, header rows, continuations, tables on their side, and what is wrong with them."""

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.indicators import Extract, extract
from index.types import Cell, Document, Span, Table

Written = (
    str | tuple[str, int, int]
)  # the words of a cell, or the words with the rows and columns it is merged over


def lay(rows: Sequence[Sequence[Written]], before: str = "") -> tuple[str, Table]:
    """Write rows as the readers do: a merged cell once, where it begins, the places it covers empty."""
    taken: set[tuple[int, int]] = set()
    cells: list[tuple[int, int, str, int, int]] = []
    for at, row in enumerate(rows):
        column = 0
        for written in row:
            words, tall, wide = written if isinstance(written, tuple) else (written, 1, 1)
            while (at, column) in taken:
                column += 1
            taken |= {(at + r, column + c) for r in range(tall) for c in range(wide)}
            cells.append((at, column, words, tall, wide))
            column += wide
    width = max(column + wide for _, column, _, _, wide in cells)
    text, found = before, []
    words_at = {(row, column): words for row, column, words, _, _ in cells}
    spans = {}
    start = len(text)
    for at in range(len(rows)):
        for column in range(width):
            text += "| "
            words = words_at.get((at, column), "")
            spans[at, column] = Span(len(text), len(text) + len(words))
            text += words + " "
        text += "|\n"
    found = [Cell(r, c, spans[r, c], tall, wide) for r, c, _, tall, wide in cells]
    return text, Table(Span(start, len(text) - 1), len(rows), width, tuple(found))


def read(plan: Document, rows: Sequence[Sequence[Written]], before: str = "", after: str = "") -> list[str]:
    """Read one table; each row as one line."""
    text, table = lay(rows, before)
    return described(extract(plan, text + after, (), [table]))


def described(found: Extract) -> list[str]:
    """Write rows down: ``学前教育/毛入园率 >= 95 % @ target 2025``."""
    return [
        f"{f'{row.category}/' if row.category else ''}{row.name} {row.comparator} {row.value}{row.unit} @ {row.role.value} {row.period}"
        for row in found.rows
    ]


def test_two_header_rows_and_merged_categories(plan: Document) -> None:
    """2025年 over 目标 and 基准 heads both; a category reaches down over its rows."""
    rows: list[list[Written]] = [
        [("类别", 2, 1), ("指标", 2, 1), ("单位", 2, 1), ("2020年", 1, 1), ("2025年", 1, 2)],
        ["基准值", "目标值", "年均增速(%)"],
        [("教育", 2, 1), "在校生", "万人", "31.2", "33", "1.1"],
        ["毛入园率", "%", "92.1", "≥95", "—"],
    ]
    assert read(plan, rows) == [
        "教育/在校生 = 31.2万人 @ baseline 2020",
        "教育/在校生 = 33万人 @ target 2025",
        "教育/在校生年均增速 = 1.1% @ target 2025",
        "教育/毛入园率 = 92.1% @ baseline 2020",
        "教育/毛入园率 >= 95% @ target 2025",
    ]


def test_heads_that_measure(plan: Document) -> None:
    """A head of numbers that says neither time nor role is part of the measure, level by level."""
    rows: list[list[Written]] = [
        [("序号", 2, 1), ("病种", 2, 1), ("最高支付限额", 1, 2)],
        ["职工医保", "居民医保"],
        ["1", "高血压", "200元/月", "50元/月"],
        ["2", "糖尿病", ("300元/月", 1, 2)],
    ]
    assert read(plan, rows) == [
        "高血压最高支付限额职工医保 = 200元/月 @ target 十四五期末",
        "高血压最高支付限额居民医保 = 50元/月 @ target 十四五期末",
        "糖尿病最高支付限额职工医保 = 300元/月 @ target 十四五期末",
        "糖尿病最高支付限额居民医保 = 300元/月 @ target 十四五期末",
    ]


def test_a_value_merged_over_rows_is_of_all_of_them(plan: Document) -> None:
    """Five billion for two projects are not five billion for each."""
    rows: list[list[Written]] = [
        ["项目", "总投资(亿元)"],
        ["东环路", ("50", 2, 1)],
        ["西环路"],
        ["南环路", "8"],
    ]
    assert read(plan, rows) == [
        "东环路、西环路总投资 = 50亿元 @ target 十四五期末",
        "南环路总投资 = 8亿元 @ target 十四五期末",
    ]


def test_one_head_over_two_names(plan: Document) -> None:
    """Under 指标 over two columns the inner name is completed by the outer, unless they are one cell."""
    rows: list[list[Written]] = [
        [("指标", 1, 2), "2025年目标"],
        [("主要污染物排放总量减少(%)", 2, 1), "化学需氧量", "8"],
        ["氮氧化物", "10"],
        [("森林覆盖率(%)", 1, 2), "24.1"],
    ]
    assert read(plan, rows) == [
        "主要污染物排放总量减少化学需氧量 = 8% @ target 2025",
        "主要污染物排放总量减少氮氧化物 = 10% @ target 2025",
        "森林覆盖率 = 24.1% @ target 2025",
    ]


def test_measures_as_columns(plan: Document) -> None:
    """Years or roles down the side: each column is a measure."""
    rows: list[list[Written]] = [
        ["年份", "公路里程(公里)", "客运量", "失业率"],
        ["单位", "", "万人次", "%"],
        ["2020年", "300", "1,200", "3.5"],
        ["2025年目标值", "500", "１５００", "5以内"],
    ]
    assert sorted(read(plan, rows)) == [
        "公路里程 = 300公里 @ baseline 2020",
        "公路里程 = 500公里 @ target 2025",
        "失业率 <= 5% @ target 2025",
        "失业率 = 3.5% @ baseline 2020",
        "客运量 = 1,200万人次 @ baseline 2020",
        "客运量 = １５００万人次 @ target 2025",
    ]


@pytest.mark.parametrize(
    ("before", "after", "unit"),
    [
        ("表3 主要目标\n单位:万人\n", "", "万人"),
        ("表3 主要目标(单位:亿元)\n", "", "亿元"),
        ("", "注:1.单位为万人。\n", "万人"),
        ("", "注:带*的单位为万人。\n", ""),
        ("", "注:失业率的单位为%。\n", ""),
    ],
)
def test_a_unit_for_the_whole_table(plan: Document, before: str, after: str, unit: str) -> None:
    """A unit declared above or below holds where cell, row and column say none; one said of a part does not."""
    rows: list[list[Written]] = [["指标", "2025年"], ["参保人数", "50"], ["参保率", "95%"]]
    assert read(plan, rows, before, after) == [
        f"参保人数 = 50{unit} @ target 2025",
        "参保率 = 95% @ target 2025",
    ]


def test_a_note_says_what_brackets_mean(plan: Document) -> None:
    """〔25〕 is five years together."""
    rows: list[list[Written]] = [
        ["指标", "单位", "2025年"],
        ["新增就业", "万人", "〔25〕"],
        ["失业率", "%", "[5.5]"],
    ]
    assert read(plan, rows, after="注:〔〕内为五年累计数。\n") == [
        "新增就业 = 25万人 @ target 十四五累计",
        "失业率 = 5.5% @ target 十四五累计",
    ]


def test_a_cell_that_holds_sentences(plan: Document) -> None:
    """Each value takes the time beside it; the row names what the words beside it do not."""
    rows: list[list[Written]] = [
        ["指标", "评价标准"],
        ["签约率", "较上年提高。2023年达到80%,力争2035年达到95%。"],
    ]
    assert read(plan, rows) == ["签约率 = 80% @ target 2023", "签约率 = 95% @ target 2035"]


@pytest.mark.parametrize("between", ["", "— 3 —\n", "续表1\n"])
def test_a_table_goes_on_over_the_page(plan: Document, between: str) -> None:
    """The rest of a table as wide as the last keeps its header; a paragraph between ends it."""
    first, one = lay([["指标", "单位", "2025年"], ["公路", "公里", "500"]])
    text, two = lay([["铁路", "公里", "200"]], first + between)
    both = extract(plan, text, (), [one, two])
    assert described(both) == ["公路 = 500公里 @ target 2025", "铁路 = 200公里 @ target 2025"]
    apart = "第三章写的是另一件事,与上面的表没有关系,所以下面的表自成一体,没有表头可以沿用。\n"
    text, two = lay([["铁路", "1", "200"]], first + apart)
    alone = extract(plan, text, (), [one, two])
    assert described(alone) == ["公路 = 500公里 @ target 2025"]
    assert [(w.quote, w.message) for w in alone.warnings] == [("铁路 | 1 | 200", "看不出表头,表里的数没有读")]


def test_a_repeated_header_goes_on_with_the_table(plan: Document) -> None:
    """The same header again keeps the category; another one starts anew."""
    head: list[Written] = ["类别", "指标", "单位", "2025年"]
    rows = [
        head,
        ["交通", "公路", "公里", "500"],
        head,
        ["", "铁路", "公里", "200"],
        ["类别", "指标", "2020年", ""],
        ["", "港口", "3个", ""],
    ]
    assert read(plan, rows) == [
        "交通/公路 = 500公里 @ target 2025",
        "交通/铁路 = 200公里 @ target 2025",
        "港口 = 3个 @ baseline 2020",
    ]


def test_a_banner_inside_a_table_is_a_category(plan: Document) -> None:
    """A row merged over the whole width heads the rows below it; above the header it is the caption."""
    rows: list[list[Written]] = [
        [("“十四五”主要指标", 1, 3)],
        ["指标", "单位", "目标值"],
        [("一、交通", 1, 3)],
        ["公路", "公里", "500"],
        [("二、教育", 1, 3)],
        ["学校", "所", "20"],
    ]
    assert read(plan, rows) == [
        "交通/公路 = 500公里 @ target 十四五期末",
        "教育/学校 = 20所 @ target 十四五期末",
    ]


def test_text_tables_with_two_header_rows(plan: Document) -> None:
    """Bars show no merges: gaps in the first row that the second fills are read as one head over both."""
    text = "指标 | 2020年 | | 2025年 |\n | 目标 | 完成 | 目标 |\n床位(张) | 90 | 95 | 120 |\n"
    assert described(extract(plan, text, ())) == [
        "床位 = 90张 @ target 2020",
        "床位 = 95张 @ actual 2020",
        "床位 = 120张 @ target 2025",
    ]


@pytest.mark.parametrize(
    ("rows", "values", "messages"),
    [
        ([["指标", "单位", "2025年"]], [], ["只有表头,下面没有数据行"]),
        (
            [["指标", "单位", "2025年"], ["公路", "公里", "500"], ["铁路", "公里", ""]],
            ["500"],
            ["这一行有单位没有数,没有读"],
        ),
        (
            [["指标", "2025年"], ["公路", "500"], ["铁路", "200"]],
            ["500", "200"],
            ["从这一行起有 2 个数没有单位,照原样收下"],
        ),
        (
            [["指标", "2025年"], ["公路", "500公里"], ["", "3个"], ["", "4个"]],
            ["500"],
            ["从这一行起有 2 行有数没有名称,没有读"],
        ),
        ([["甲", "3", "4"], ["乙", "5", "6"]], [], ["看不出表头,表里的数没有读"]),
        ([["名称", "联系电话", "数量"], ["甲", "0510-12345678", "13800138000"]], [], []),
    ],
    ids=["header alone", "unit alone", "values alone", "no names", "no header", "telephones"],
)
def test_bad_tables_are_kept_or_left_out_and_said_so(
    plan: Document, rows: list[list[Written]], values: list[str], messages: list[str]
) -> None:
    """Nothing is guessed; what is doubtful is said with document and place."""
    text, table = lay(rows)
    found = extract(plan, text, (), [table])
    assert [row.value for row in found.rows] == values
    assert [warning.message for warning in found.warnings] == messages
    assert all(warning.document == "binhai" and warning.span.of(text) for warning in found.warnings)


def test_a_table_of_a_thousand_rows(plan: Document) -> None:
    """Every row is read."""
    rows: list[list[Written]] = [
        ["指标", "单位", "2020年", "2025年"],
        *([f"第{n}项工作量", "件", str(n), str(n + 1)] for n in range(1000)),
    ]
    text, table = lay(rows)
    found = extract(plan, text, (), [table]).rows
    assert [row.value for row in found[:4]] == ["0", "1", "1", "2"]
    assert len(found) == 2000


WORDS = st.sampled_from(
    [
        "",
        "指标",
        "单位",
        "2020年",
        "2025年目标",
        "公路",
        "其中:铁路",
        "公里",
        "%",
        "500",
        "≥9.5",
        "〔25〕",
        "—",
        "约束性",
        "到2025年达到90%。",
        "续",
        "１２",
        "元",
    ]
)
CELLS = st.tuples(WORDS, st.integers(1, 3), st.integers(1, 3))


@given(st.lists(st.lists(CELLS, min_size=1, max_size=4), min_size=1, max_size=5), st.integers(-2, 3))
@settings(max_examples=120, deadline=None)
def test_any_grid_is_read(rows: list[list[Written]], off: int) -> None:
    """Merges that overlap, overhang or lie outside the grid crash nothing; each value is a slice of the text."""
    plan = Document("x", "甲市“十四五”规划", "甲市", (), None, None, None, None, "x.txt", "0" * 64)
    text, table = lay(rows)
    claimed = Table(table.span, max(1, table.rows + off), max(1, table.columns + off), table.cells)
    found = extract(plan, text, (), [claimed])
    assert all(row.value_span.of(text) == row.value and row.value_span in row.span for row in found.rows)
    assert all(row.name for row in found.rows)
