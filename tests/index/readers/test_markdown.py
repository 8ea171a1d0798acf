from collections.abc import Callable

import pytest

from index.errors import CorpusError
from index.readers.types import StoredText

Read = Callable[[str, bytes | str], StoredText]


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("# 某某法\n\n第一条 为了*促进*就业,制定本法。\n", "某某法\n第一条 为了促进就业,制定本法。\n"),
        ("**第一条**\u3000为了就业。\n\n**(一)**支持。", "第一条\u3000为了就业。\n(一)支持。\n"),
        ("第一条 有下列情形:\n(一)甲;\n(二)乙。", "第一条 有下列情形:\n(一)甲;\n(二)乙。\n"),
        ("\u3000\u3000第一条 甲。\n\n    第二条 乙。", "第一条 甲。\n第二条 乙。\n"),
        ("1. 甲\n2. 乙\n\n- 丙\n- [丁](http://x)", "1. 甲\n2. 乙\n丙\n丁\n"),
        ('见[附件](a.doc "题")和![图](b.png)`码`\n<!-- 注 -->', "见附件和码\n"),
        ("甲<br>乙<span>丙</span>\\*丁&amp;", "甲\n乙丙*丁&\n"),
        ("[首页](/)[新闻](javascript:void)\n\n正文。", "正文。\n"),
        ("第一章 总则\n---\n第一条 甲。", "第一章 总则\n第一条 甲。\n"),
        ("> 引用\n\n```\n代码 a|b|c\n```", "引用\n代码 a\uff5cb\uff5cc\n"),
    ],
    ids=["heading", "bold", "lines", "indents", "lists", "links", "html", "menu", "rule", "quote and code"],
)
def test_the_marks_go_and_the_words_stay(read_as: Read, source: str, text: str):
    """Each line that shows words is a line of the stored text."""
    assert read_as("a.md", source).text == text


def test_headings_keep_their_levels(read_as: Read):
    """Only lines marked with # are headings."""
    stored = read_as("a.md", "# 法\n\n## 第一章 **总则**\n\n第一条 甲。\n")
    assert [(h.level, h.span.of(stored.text)) for h in stored.headings] == [(1, "法"), (2, "第一章 总则")]


def test_pipe_tables_stay_rows(read_as: Read):
    """The rule under the header goes; a bar that is escaped becomes the full-width one."""
    stored = read_as("a.md", "| 指标 | 值 |\n|---|---|\n| a\\|b | **5** |\n")
    assert stored.text == "| 指标 | 值 |\n| a\uff5cb | 5 |\n"
    assert [(c.row, c.column, c.span.of(stored.text)) for c in stored.tables[0].cells] == [
        (0, 0, "指标"),
        (0, 1, "值"),
        (1, 0, "a\uff5cb"),
        (1, 1, "5"),
    ]


def test_html_tables_inside_are_read_with_their_merges(read_as: Read):
    """As in a page."""
    stored = read_as(
        "a.md", "前文。\n\n<table><tr><td rowspan=2>甲</td><td>1</td></tr><tr><td>2</td></tr></table>\n"
    )
    assert stored.text == "前文。\n| 甲 | 1 |\n|  | 2 |\n"
    assert stored.tables[0].cells[0].rows == 2


@pytest.mark.parametrize(
    ("source", "declared", "text"),
    [
        (
            "---\ntitle: 某法\nnumber: '甲〔2024〕1号'\n---\n\n正文。",
            (("title", "某法"), ("number", "甲〔2024〕1号")),
            "正文。\n",
        ),
        (
            "Title: 某通知 - 某网\n\nURL Source: http://x\n\nMarkdown Content:\n[首页](/)\n\n# 某通知\n\n正文。",
            (("title", "某通知 - 某网"),),
            "某通知\n正文。\n",
        ),
        ("---\n第一条 甲。", (), "第一条 甲。\n"),
    ],
    ids=["front matter", "page service", "a rule"],
)
def test_front_matter_is_declared_not_told(
    read_as: Read, source: str, declared: tuple[tuple[str, str], ...], text: str
):
    """It is no words of the document."""
    stored = read_as("a.md", source)
    assert (stored.declared, stored.text) == (declared, text)


def test_a_file_without_words_is_refused(read_as: Read):
    """Pictures and comments are none."""
    with pytest.raises(CorpusError, match=r"a\.md 里没有正文"):
        read_as("a.md", "<!-- 空 -->\n\n![图](x.png)\n")
