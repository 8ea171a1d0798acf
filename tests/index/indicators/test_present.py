"""What is and what shall be: chapters of what is, forecasts, what is lacking."""

from collections.abc import Callable

import pytest

from index.indicators import extract
from index.tree import parse
from index.types import Document

Read = Callable[[str], list[str]]

PLAN = """第一章 {chapter}
第一节 发展成效
(一){heading}。建成社区工厂30家。
第二节 {inside}
就业人员中技能人才占比仅为26.4%,月均岗位缺口约3200个。
第二章 主要任务
(一)解决突出问题。建成社区工厂45家。
"""


def roles(plan: Document, text: str) -> list[str]:
    """List the value, the role and the period of each row."""
    return [
        f"{row.value} {row.role.value} {row.period}" for row in extract(plan, text, parse("x", text)).rows
    ]


@pytest.mark.parametrize("chapter", ["规划背景", "发展基础", "发展基础与面临形势"])
@pytest.mark.parametrize("heading", ["保障水平稳步提高", "重点任务全面落实", "改革措施不断完善"])
@pytest.mark.parametrize("inside", ["面临形势", "存在的主要问题", "短板和不足", "机遇和挑战"])
def test_a_chapter_of_what_is_holds_for_its_sections(
    plan: Document, chapter: str, heading: str, inside: str
) -> None:
    """A section named 保障 or 任务 there tells of what was done; solving a problem is a task."""
    text = PLAN.format(chapter=chapter, heading=heading, inside=inside)
    assert roles(plan, text) == [
        "30 actual 十三五期末",
        "26.4 actual 十三五期末",
        "3200 actual 十三五期末",
        "45 target 十四五期间",
    ]


def test_a_section_of_aims_turns_from_what_is(plan: Document) -> None:
    """Below 工作基础与目标, and below 基础, a heading that names aims is one."""
    text = "一、工作基础\n(一)现状。有工匠300名。\n(二)下一步目标任务\n工匠达到500名。\n二、基础与目标\n力争工匠达到900名。\n"
    assert [row.split()[1] for row in roles(plan, text)] == ["actual", "target", "target"]


def test_a_forecast_leaves_its_year_to_nothing_else(plan: Document) -> None:
    """预计到2025年 dates the forecast alone; what follows is of now."""
    text = "一、发展环境\n预计到2025年,常住人口将超过310万人。目前,轨道站点覆盖率仅有18.2%,公园不足60个。\n"
    assert roles(plan, text) == ["310 target 2025", "18.2 actual 十三五期末", "60 actual 十三五期末"]


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ("注册护士占比仅为31.5%。", "注册护士占比 = 31.5 % @ actual 十三五期末"),
        ("高级技师仅180名。", "高级技师 = 180 名 @ actual 十三五期末"),
        ("全市规上企业只有96家。", "规上企业 = 96 家 @ actual 十三五期末"),
        ("截至2025年底,已建成公园12个。", "公园 = 12 个 @ actual 2025"),
    ],
)
def test_words_of_what_is_lacking_are_no_part_of_a_name(text: str, row: str, read: Read) -> None:
    """仅, 只有 and 不足 say that it is little, and that it is so now."""
    assert read(text) == [row]


def test_houses_that_stand_are_no_target_reached(plan: Document) -> None:
    """已建成居住区 says which houses are meant; by when they get what they lack is a target."""
    text = "已建成居住区到2023年底前按照每百户20平方米的标准补足用房。"
    assert [row.role.value for row in extract(plan, text, ()).rows] == ["target"]
