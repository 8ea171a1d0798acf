"""Rows become bars of one unit, in the order of time; what no bar can show is named."""

from datetime import date

import pytest

from bot.charts.prepare import chart_of
from bot.charts.types import Bar
from bot.errors import InputError
from index.generation import Generation
from index.types import Document, Indicator, Period, Role, Span
from retrieval.arithmetic import quantity_of

DOCUMENTS = {
    key: Document(
        key, f"{region}规划", region, (), None, None, date(2021, 1, 1), Period(2021, 2025), "", "0" * 64
    )
    for key, region in (("jia", "甲市"), ("yi", "乙市"))
}


def row(
    value: str,
    unit: str,
    role: Role = Role.TARGET,
    period: str = "2025",
    *,
    name: str = "参保人数",
    document: str = "jia",
    sign: str = "=",
    attribute: str = "",
) -> Indicator:
    """A value of a plan."""
    return Indicator(
        document, "二/(一)", name, role, value, unit, sign, period, attribute, "", Span(0, 1), Span(0, 1)
    )


def test_baseline_target_and_achievement_in_the_order_of_time():
    """The old plan's target and achievement, the year it ended with, the new target; lengths in the larger unit."""
    data = chart_of(
        [
            row("3", "万人"),
            row("9000", "人", Role.TARGET, "十三五期末"),
            row("2.5", "万人", Role.BASELINE, "2020"),
            row("1.2", "万人", Role.ACTUAL, "十三五期末", sign=">"),
        ],
        DOCUMENTS,
        "参保人数",
    )
    assert data.unit == "万人"
    assert data.groups[0].bars == (
        Bar("“十三五”期末目标", Role.TARGET, 0.9, "9000人"),
        Bar("“十三五”期末完成", Role.ACTUAL, 1.2, "超过1.2万人"),
        Bar("2020年基准", Role.BASELINE, 2.5, "2.5万人"),
        Bar("2025年目标", Role.TARGET, 3.0, "3万人"),
    )
    assert data.sources == ("《甲市规划》二(一)",)


def test_two_regions_are_two_groups():
    """Each under its region and its own name of the measure."""
    data = chart_of([row("50", "%"), row("60", "%", document="yi", name="参保总数")], DOCUMENTS, "参保")
    assert [group.label for group in data.groups] == ["甲市 · 参保人数", "乙市 · 参保总数"]
    assert data.sources == ("《甲市规划》二(一)", "《乙市规划》二(一)")


def test_what_table_and_chapter_both_state_is_one_bar():
    """The table's row is kept: it says the year."""
    data = chart_of(
        [row("50", "%", period="十四五期间"), row("50", "%", attribute="约束性")], DOCUMENTS, "参保人数"
    )
    assert [bar.label for bar in data.groups[0].bars] == ["2025年目标"]


@pytest.mark.parametrize(
    ("other", "said"),
    [
        (row("动态清零", "户"), "参保人数:动态清零(2025年目标)"),
        (row("98", "%"), "参保人数:98%(2025年目标)"),
        (row("5", "人", period="每年"), "参保人数:5人(每年目标)"),
        (row("2-3", "人"), "参保人数:2-3人(2025年目标)"),
    ],
)
def test_what_no_bar_can_show_is_named(other: Indicator, said: str):
    """Words, ranges, another unit, one year beside five: never drawn to the same axis."""
    data = chart_of([row("3", "人"), row("2", "人", Role.BASELINE, "2020"), other], DOCUMENTS, "参保人数")
    assert data.left_out == (said,)
    assert data.longest == 3.0


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([], "没有能画成图的数字"),
        ([row("动态清零", "户")], "没有能画成图的数字"),
        ([row(str(n), "人", name=f"第{n}项") for n in range(25)], "一张图最多画 24 个"),
    ],
)
def test_what_cannot_be_drawn_is_said(rows: list[Indicator], said: str):
    """What happened and what to do next."""
    with pytest.raises(InputError, match=said):
        chart_of(rows, DOCUMENTS, "标题")


def test_every_measure_of_the_corpus_can_be_prepared(store: Generation):
    """Each by its own name: all that are numbers, and none that are words."""
    for name in {row.name for row in store.indicators}:
        rows = [row for row in store.indicators if row.name == name]
        if any(quantity_of(row) for row in rows):
            assert chart_of(rows, store.documents, name).longest >= 0
        else:
            with pytest.raises(InputError, match="没有能画成图的数字"):
                chart_of(rows, store.documents, name)
