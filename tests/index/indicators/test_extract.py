"""What holds for every row of every text, and what the chapters decide."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index import tree
from index.indicators import extract
from index.types import Clause, ClauseKind, Document, Indicator, Period, Role, Span

PLAN = Document(
    "binhai",
    "滨海市“十四五”规划",
    "滨海市",
    ("滨海",),
    None,
    None,
    None,
    Period(2021, 2025),
    "binhai.txt",
    "0" * 64,
)
WORD_LIST = (
    "到2025年 “十三五”期末 力争 全市 新增就业 就业率 达到 不低于 控制在 其中: 均为 分别为 由 提高到 3 98.5 12,000 2-3 １２ % 万人 个 家 年 "
    "以上 以内 、 , 。 ; ( ) | 指标 | 单位 | 2020年 | 目标值 | 约束性 | — | \n 第 每 《 》 “ ” 动态清零 至少一人 百分之三十 + / . 〔25〕"
)
WORDS = st.sampled_from(WORD_LIST.split(" "))


def node(path: str, heading: str, span: Span, parent: str = "", marker: str = "") -> Clause:
    """Build a clause of the tree."""
    kind, depth = ClauseKind.HEADING, path.count("/") + 1 if path else 0
    return Clause("binhai", path, parent if path else None, marker, heading, kind, depth, span, span)


@given(st.lists(WORDS, max_size=60).map("".join))
@settings(max_examples=150, deadline=None)
def test_every_row_is_a_slice_of_the_text(text: str) -> None:
    """Whatever the text, values stand where they say, inside their span, in document order, with a name."""
    rows = extract(PLAN, text, ()).rows
    assert [row.value_span.of(text) for row in rows] == [row.value for row in rows]
    assert all(row.value_span in row.span and row.name and "\n" not in row.span.of(text) for row in rows)
    assert [row.span for row in rows] == sorted(row.span for row in rows)
    assert all(row.comparator in {"=", ">=", "<=", ">", "<", "~"} for row in rows)


@given(st.text(max_size=200))
@settings(max_examples=100, deadline=None)
def test_any_text_is_read(text: str) -> None:
    """Nothing raises on arbitrary characters."""
    assert all(row.value_span.of(text) == row.value for row in extract(PLAN, text, ()).rows)


CHAPTERS = (
    "第一章 发展基础\n公路里程达到300公里。\n第二章 发展目标\n公路里程达到500公里。\n1.3个乡镇通高速。\n"
)


def chapters() -> tuple[Clause, ...]:
    """Build the tree of ``CHAPTERS``."""
    second, third = CHAPTERS.index("第二章"), CHAPTERS.index("1.3个")
    end = len(CHAPTERS)
    return (
        node("", "", Span(0, end)),
        node("第一章", "发展基础", Span(0, second), marker="第一章"),
        node("第二章", "发展目标", Span(second, end), marker="第二章"),
        node("第二章/1", "", Span(third, end), parent="第二章", marker="1."),
    )


def brief(rows: tuple[Indicator, ...]) -> list[tuple[str, str, Role, str]]:
    """Reduce rows to clause, value, role and period."""
    return [(row.clause, row.value, row.role, row.period) for row in rows]


def test_chapter_decides_role_and_marker_is_no_value() -> None:
    """The same sentence is an achievement under 发展基础 and a target under 发展目标; ``1.`` belongs to the marker."""
    assert brief(extract(PLAN, CHAPTERS, chapters()).rows) == [
        ("第一章", "300", Role.ACTUAL, "十三五期末"),
        ("第二章", "500", Role.TARGET, "十四五期间"),
        ("第二章/1", "3", Role.TARGET, "十四五期间"),
    ]


@pytest.mark.parametrize(
    ("sentence", "role", "period"),
    [
        ("“十三五”期末,参保人数达到50万人。", Role.ACTUAL, "十三五期末"),
        ("“十三五”期间,发放补贴3亿元。", Role.ACTUAL, "十三五期间"),
        ("到“十四五”末,参保人数达到50万人。", Role.TARGET, "十四五期末"),
        ("到二〇二五年,参保人数达到50万人。", Role.TARGET, "2025"),
        ("2019年,参保人数达到50万人。", Role.ACTUAL, "2019"),
        ("参保人数比2019年增长5%。", Role.TARGET, "十四五期间"),
        ("较“十二五”末增长5%。", Role.TARGET, "十四五期间"),
        ("目前,已建成学校50所。", Role.ACTUAL, "十三五期末"),
        ("年均新增岗位50个。", Role.TARGET, "十四五年均"),
        ("每年培训50人。", Role.TARGET, "每年"),
        ("“十四五”期间,每年培训50人。", Role.TARGET, "十四五每年"),
        ("每季度检查50次。", Role.TARGET, "每季度"),
        ("累计培训50人。", Role.TARGET, "十四五累计"),
        ("培训能力50人/年。", Role.TARGET, "每年"),
    ],
)
def test_sentence_decides_role_and_period(sentence: str, role: Role, period: str) -> None:
    """A plan, a year, a rhythm or a word of achievement in the sentence outranks everything else."""
    assert [(row.role, row.period) for row in extract(PLAN, sentence, ()).rows] == [(role, period)]


def test_a_time_carries_to_the_next_sentence_of_its_paragraph_only() -> None:
    """A paragraph that opens with a plan speaks of it until another is named; the next paragraph starts anew."""
    text = "到“十四五”期末,参保50万人。失业保险参保20万人。\n工伤保险参保10万人。\n"
    assert [row.period for row in extract(PLAN, text, ()).rows] == ["十四五期末", "十四五期末", "十四五期间"]


@pytest.mark.parametrize(
    ("title", "period", "published", "expected"),
    [
        ("滨海市就业三年行动方案", Period(2023, 2025), None, [("target", "2023-2025")]),
        ("滨海市2023年统计公报", None, date(2024, 3, 1), [("actual", "")]),
        ("滨海市稳岗补贴通知", None, date(2022, 3, 1), [("target", "")]),
        ("滨海市“十五五”规划", None, None, [("target", "十五五期间")]),
    ],
)
def test_document_decides_where_the_sentence_is_silent(
    title: str, period: Period | None, published: date | None, expected: list[tuple[str, str]]
) -> None:
    """Title and period of the document stand in for a sentence that names no time."""
    document = Document("x", title, "滨海市", (), None, None, published, period, "x.txt", "0" * 64)
    assert [(row.role.value, row.period) for row in extract(document, "培训职工500人。", ()).rows] == expected


@pytest.mark.parametrize(
    "line",
    [
        "1" * 200_000,
        "1人" * 20_000,
        "由1张提高到" * 5_000,
        "(" * 200_000,
        "“" * 200_000,
        "分之一" * 5_000,
        "2|" * 50_000,
    ],
    ids=["digits", "values", "changes", "brackets", "quotes", "fractions", "cells"],
)
def test_a_long_line_without_punctuation_is_read_in_one_pass(line: str) -> None:
    """Every look back and ahead is bounded: a line as long as a book does not hang, its values are still slices."""
    assert all(row.value_span.of(line) == row.value for row in extract(PLAN, line, ()).rows)


def test_an_article_of_a_law_is_named_without_its_number() -> None:
    """第二条 is where a value stands, no part of what it measures."""
    text = "第一条 为促进就业,给予补贴。\n第二条 失业保险金(每月)1200元。\n"
    document = Document("law", "甲市办法", "甲市", (), None, None, None, None, "law.txt", "")
    (row,) = extract(document, text, tree.parse("law", text)).rows
    assert (row.name, row.value, row.unit, row.clause) == ("失业保险金(每月)", "1200", "元", "第二条")
