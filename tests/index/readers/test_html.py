from collections.abc import Callable

import pytest

from index.errors import CorpusError
from index.readers.types import StoredText

Read = Callable[[str, bytes | str], StoredText]

ARTICLE = "<p>第一条 为了促进就业,制定本办法。</p><p>第二条 本办法自2024年1月1日起施行,有效期五年。</p>"
TEXT = "第一条 为了促进就业,制定本办法。\n第二条 本办法自2024年1月1日起施行,有效期五年。\n"


def page(body: str, head: str = "<title>某市就业办法</title>") -> str:
    return f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>"


def cells(stored: StoredText, table: int = 0) -> list[tuple[int, int, int, int, str]]:
    return [(c.row, c.column, c.rows, c.columns, c.span.of(stored.text)) for c in stored.tables[table].cells]


@pytest.mark.parametrize(
    "body",
    [
        f'<div class="nav"><a href="/">首页</a><a href="/b">政务公开</a></div><div id="zoom">{ARTICLE}</div>',
        f'<table><tr><td><div class="TRS_Editor">{ARTICLE}</div></td></tr></table><p>主办:某市政府,备案号1</p>',
        f"<nav><p>首页,新闻,公开,服务,互动</p></nav><main><div>{ARTICLE}</div></main><footer>版权所有,备案</footer>",
        f'<div id="UCAP-CONTENT">{ARTICLE}<div class="share">分享到:微信</div><script>var a=1;</script></div>',
        f'<div id="UCAP-CONTENT">{ARTICLE}<p style="display: none">不显示,的字,在这里</p></div>',
        f'<div style="visibility:hidden"><div class="article-content">{ARTICLE}<!-- 注释,注释 --></div></div>',
    ],
    ids=["menu", "layout table", "unnamed", "share button", "hidden", "shown by script"],
)
def test_the_article_is_found_without_what_stands_around_it(read_as: Read, body: str):
    """Menus, footers, scripts, share buttons, comments and hidden parts are no words of the document."""
    assert read_as("a.html", page(body)).text == "某市就业办法\n" + TEXT


def test_the_title_is_not_said_twice(read_as: Read):
    """Where the article prints its title, over two lines or passed on, it stands once."""
    for head in (
        "<title>某市就业办法 - 某市政府网</title>",
        '<meta name="ArticleTitle" content="(转载)某市就业办法">',
    ):
        body = f'<div id="zoom"><p>某市</p><p>就业办法</p>{ARTICLE}</div>'
        assert read_as("a.html", page(body, head)).text == "某市\n就业办法\n" + TEXT


@pytest.mark.parametrize(
    ("encoding", "declared"),
    [
        ("utf-8", ""),
        ("gb18030", "gb2312"),
        ("gb18030", ""),
        ("utf-8", "utf-8"),
        ("utf-16", ""),
        ("utf-8", "rot13"),
    ],
)
def test_the_encoding_is_the_declared_or_found(read_as: Read, encoding: str, declared: str):
    """GB2312 is read as its superset; a wrong or strange declaration does not matter."""
    source = page(
        f'<div id="zoom">{ARTICLE}</div>', f'<meta charset="{declared}"><title>某市就业办法</title>'
    )
    assert read_as("a.htm", source.encode(encoding)).text == "某市就业办法\n" + TEXT


@pytest.mark.parametrize(
    ("html", "lines"),
    [
        ("<p>&#12288;&nbsp;第一章&nbsp;&nbsp;总则</p>", ["第一章 总则"]),
        ("<p>发放\n   社保卡</p>", ["发放社保卡"]),
        ("<p>GDP\n growth</p>", ["GDP growth"]),
        ("<p>甲<br>乙<br/>丙</p>", ["甲", "乙", "丙"]),
        ("<p><b>(一)</b>支持<i>多</i>渠道。</p>", ["(一)支持多渠道。"]),
        ("<div>甲<p>乙</p>丙</div>", ["甲", "乙", "丙"]),
        ("<ol start='3'><li>甲</li><li>乙</li></ol>", ["3. 甲", "4. 乙"]),
        ("<ol type='a'><li>甲</li><li><p>(二)乙</p></li></ol>", ["a. 甲", "(二)乙"]),
        ("<ul><li>甲</li></ul>", ["甲"]),
        ("<pre>甲\n乙</pre>", ["甲", "乙"]),
        ("<p>首页 | 新闻 | 公开</p>", ["首页 \uff5c 新闻 \uff5c 公开"]),
        ("<p>零\u200b宽\ufeff\xad字</p>", ["零宽字"]),
        ("<p>收入&lt;5万&amp;就业&sp;</p>", ["收入<5万&就业"]),
    ],
)
def test_words_stand_as_the_page_shows_them(read_as: Read, html: str, lines: list[str]):
    """Blanks fold as in a browser, marks of lists are written out, one paragraph is one line."""
    stored = read_as("a.html", page(f'<div id="zoom">{ARTICLE}{html}</div>', ""))
    assert stored.text.removeprefix(TEXT).splitlines() == lines


def test_headings_are_noted_with_their_levels(read_as: Read):
    """The heading's span covers its words."""
    stored = read_as(
        "a.html", page(f'<div id="zoom"><h2>办理条件</h2>{ARTICLE}<h3><span>线上</span>办理</h3></div>', "")
    )
    assert [(h.level, h.span.of(stored.text)) for h in stored.headings] == [(2, "办理条件"), (3, "线上办理")]


def test_merged_cells_are_printed_once_where_they_begin(read_as: Read):
    """Rows are lines of cells between bars; the grid beside them says the merges."""
    table = (
        "<table><caption>表1 主要指标</caption><thead><tr><th rowspan=2>指标</th><th colspan=2>年份</th></tr>"
        "<tr><th>2020</th><th>2025</th></tr></thead><tr><td>新增<br>就业|岗位<p>(个)</p></td><td></td><td> 18000 </td></tr></table>"
    )
    stored = read_as("a.html", page(f'<div id="zoom">{ARTICLE}{table}</div>', ""))
    assert stored.text.removeprefix(TEXT) == (
        "表1 主要指标\n| 指标 | 年份 |  |\n|  | 2020 | 2025 |\n| 新增 就业\uff5c岗位 (个) |  | 18000 |\n"
    )
    assert cells(stored) == [
        (0, 0, 2, 1, "指标"),
        (0, 1, 1, 2, "年份"),
        (1, 1, 1, 1, "2020"),
        (1, 2, 1, 1, "2025"),
        (2, 0, 1, 1, "新增 就业\uff5c岗位 (个)"),
        (2, 1, 1, 1, ""),
        (2, 2, 1, 1, "18000"),
    ]


def test_odd_spans_follow_the_standard(read_as: Read):
    """rowspan=0 reaches down to the end, nonsense counts as 1, what no cell begins in vanishes."""
    table = (
        "<table><tr><td rowspan=0 colspan=3>甲</td><td rowspan=x>乙</td></tr>"
        "<tr><td colspan=99999999>丙</td></tr><tr></tr></table>"
    )
    stored = read_as("a.html", page(f'<div id="zoom">{ARTICLE}{table}</div>', ""))
    assert cells(stored) == [(0, 0, 2, 1, "甲"), (0, 1, 1, 1, "乙"), (1, 1, 1, 1, "丙")]


def test_tables_in_tables_and_two_in_a_row(read_as: Read):
    """A layout table is read through, a small table in a cell becomes its words, neighbours stay two tables."""
    one = "<table><tr><td>项</td><td>值</td></tr><tr><td>甲</td><td>{}</td></tr></table>"
    inner = one.format("1") + one.format("<table><tr><td>2</td><td>3</td></tr></table>")
    stored = read_as(
        "a.html", page(f'<div id="zoom">{ARTICLE}<table><tr><td>{inner}</td></tr></table></div>', "")
    )
    assert stored.text.removeprefix(TEXT) == "| 项 | 值 |\n| 甲 | 1 |\n\n| 项 | 值 |\n| 甲 | 2 3 |\n"
    assert [(t.rows, t.columns) for t in stored.tables] == [(2, 2), (2, 2)]


def test_what_the_page_says_of_itself_is_declared(read_as: Read):
    """Meta tags, title, and the box of facts, its labels with gaps or beside their values."""
    box = "<table><tr><td>发文字号:</td><td>甲政发〔2024〕1号</td></tr><tr><td>成 文 日 期:2024年1月2日</td></tr></table>"
    head = '<meta name="PubDate" content="2024-01-03"><title>某市就业办法-某市人民政府网</title>'
    assert read_as("a.html", page(f'{box}<div id="zoom">{ARTICLE}</div>', head)).declared == (
        ("PubDate", "2024-01-03"),
        ("title", "某市就业办法"),
        ("发文字号", "甲政发〔2024〕1号"),
        ("成文日期", "2024年1月2日"),
    )


@pytest.mark.parametrize(
    "source",
    [
        page(
            "<ul>"
            + "".join(f'<li><a href="{n}">关于某事项的通知</a>[2024-01-0{n}]</li>' for n in range(9))
            + "</ul>"
        ),
        page("<script>load('正文')</script>"),
        "<html></html>",
    ],
    ids=["list of links", "loaded by script", "empty"],
)
def test_a_page_without_an_article_is_refused(read_as: Read, source: str):
    """The message says so and what to do."""
    with pytest.raises(CorpusError, match=r"a\.html.*没有找到正文.*请"):
        read_as("a.html", source)


def test_declared_entities_are_not_resolved(read_as: Read):
    """Neither files of the machine nor swelling entities come into the text."""
    source = (
        '<!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/passwd"><!ENTITY a "啊啊啊啊"><!ENTITY b "&a;&a;&a;&a;">]>'
        f'<html><body><div id="zoom">{ARTICLE}<p>&x;&b;</p></div></body></html>'
    )
    text = read_as("a.html", source).text
    assert "root:" not in text
    assert "啊啊啊啊啊" not in text
    assert TEXT in text


def test_nothing_is_cut_off_in_deep_nesting(read_as: Read):
    """A page nested a thousandfold is read to its end."""
    deep = "<div>" * 1000 + ARTICLE + "</div>" * 1000
    assert read_as("a.html", page(deep, "")).text == TEXT
