"""Headings that only the file's format marks, among those the text numbers."""

from collections.abc import Sequence

import pytest

from index.tree import parse
from index.types import ClauseKind, HeadingLine, Span


def paths(lines: Sequence[tuple[str, int]]) -> list[str]:
    """Parse lines, each with its heading level or 0; return the paths below the root."""
    text, headings = "", []
    for words, level in lines:
        if level:
            headings.append(HeadingLine(Span(len(text), len(text) + len(words)), level))
        text += words + "\n"
    return [clause.path for clause in parse("d", text, headings)[1:]]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (
            [
                ("某指南", 1),
                ("办理条件", 2),
                ("1. 有户口。", 0),
                ("2. 有住房。", 0),
                ("办理 材料", 2),
                ("1. 身份证。", 0),
            ],
            ["办理条件", "办理条件/1", "办理条件/2", "办理材料", "办理材料/1"],
        ),
        (
            [("某法", 1), ("第一章 总则", 2), ("第一条 甲。", 0), ("第二章 附则", 2), ("第二条 乙。", 0)],
            ["第一章", "第一章/第一条", "第二章", "第二章/第二条"],
        ),
        (
            [
                ("第一章 总则", 1),
                ("概述", 2),
                ("一、甲。", 0),
                ("现状", 2),
                ("二、乙。", 0),
                ("第二章 目标", 1),
                ("一、丙。", 0),
            ],
            [
                "第一章",
                "第一章/概述",
                "第一章/概述/一",
                "第一章/现状",
                "第一章/现状/二",
                "第二章",
                "第二章/一",
            ],
        ),
        (
            [
                ("某规划", 1),
                ("前言", 2),
                ("为了就业。", 0),
                ("第一章 总则", 0),
                ("第一条 甲。", 0),
                ("第二条 乙。", 0),
            ],
            ["前言", "第一章", "第一章/第一条", "第一章/第二条"],
        ),
        (
            [
                ("线上", 1),
                ("步骤", 2),
                ("点击同意。", 0),
                ("线下", 1),
                ("步骤", 2),
                ("步骤", 2),
                ("到窗口。", 0),
            ],
            ["线上", "线上/步骤", "线下", "线下/步骤", "线下/步骤#2"],
        ),
        ([("收入/支出#1", 1), ("甲。", 0), ("其他", 1), ("乙。", 0)], ["收入\uff0f支出\uff031", "其他"]),
        ([("这一段说的是事情,不是标题。", 1), ("甲。", 0), ("长" * 61, 1), ("01", 1)], []),
        ([("某通知", 1), ("各区政府:", 0), ("请执行。", 0)], []),
        ([("请执行。", 0), ("办理条件", 1), ("有户口。", 0)], ["办理条件"]),
        (
            [("A 类", 1), ("(一)甲。", 0), ("(二)乙。", 0), ("1. 丙。", 0), ("B 类", 1), ("1. 丁。", 0)],
            ["A类", "A类/(一)", "A类/(二)", "A类/(二)/1", "B类", "B类/1"],
        ),
    ],
    ids=[
        "guide",
        "law with a title",
        "below chapters",
        "chapters without style",
        "repeated",
        "signs of paths",
        "no headings",
        "only a title",
        "behind a sentence",
        "lists begin anew",
    ],
)
def test_marked_headings_stand_among_numbered_ones(lines: list[tuple[str, int]], expected: list[str]):
    """They hold what follows until a heading of their level; the title of all is none of them."""
    assert paths(lines) == expected


def test_a_marked_heading_is_a_heading_without_a_marker():
    """Its own first line is the heading; its span reaches over what stands inside."""
    text = "序。\n办理条件\n1. 有户口。\n2. 有住房。\n结尾\n完。\n"
    headings = [
        HeadingLine(Span(at, at + len(words)), 2)
        for words in ("办理条件", "结尾")
        for at in [text.index(words)]
    ]
    first = parse("d", text, headings)[1]
    assert (first.marker, first.heading, first.kind, first.depth) == ("", "办理条件", ClauseKind.HEADING, 1)
    assert (first.span, first.own) == (Span(3, text.index("\n结尾")), Span(3, 7))


def test_headings_inside_tables_and_contents_are_none():
    """A heading style inside a table of contents makes no clause."""
    text = "目录\n办理条件 1\n办理材料 2\n办理条件\n甲。\n办理材料\n乙。\n"
    at = [text.index("办理条件"), text.index("办理材料"), text.rindex("办理条件"), text.rindex("办理材料")]
    headings = [HeadingLine(Span(start, start + 4), 1) for start in at]
    assert [c.path for c in parse("d", text, headings)[1:]] == ["办理条件", "办理材料"]


def test_the_last_item_above_a_marked_heading_is_no_heading():
    """What stands behind it is beside it, not below: it states something, and is searched."""
    text = "申请材料\n1. 身份证。\n2. 解除劳动关系证明。\n领取期限\n24个月。\n"
    headings = [HeadingLine(Span(text.index(w), text.index(w) + 4), 2) for w in ("申请材料", "领取期限")]
    assert [c.heading for c in parse("d", text, headings)[1:]] == ["申请材料", "", "", "领取期限"]
