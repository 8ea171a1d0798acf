"""What holds for every parser of a text, whatever the text: hypothesis writes it from the pieces that steer them."""

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index import address, indicators, passages, tree
from index.contents import find_contents
from index.depth import find_depths
from index.errors import CorpusError
from index.manifest import check_entry
from index.markers import find_markers
from index.proposals import propose
from index.proposals.words import read_date, read_period, read_region
from index.readers.types import StoredText
from index.recipe import read_file
from index.sentences import split_sentences
from index.settings import IndexSettings
from index.table_grids import read_lines
from index.table_lines import cells_of, find_tables, read_rows
from index.types import Span

PIECES = (
    *(
        "第",
        "章",
        "节",
        "条",
        "部分",
        "一",
        "二",
        "十",
        "零",
        "〇",
        "廿",
        "2",
        "\uff12",
        "0",
        "9",
        "21",
        "99",
        "亿",
        "万",
    ),
    *(
        "一、",
        "(一)",
        "\uff08二\uff09",
        "1.",
        "3、",
        "1)",
        "②",
        "㈢",
        "⒈",
        "——",
        "附件",
        "附表1",
        "专栏",
        "具体路径",
        "\uff1a",
    ),
    *(
        "。",
        "\uff1b",
        "\uff01",
        "\uff0c",
        "、",
        "”",
        "“",
        "《",
        "》",
        "\n",
        "\n\n",
        " ",
        "\u3000",
        "\t",
        "\u00a0",
        "\u2028",
    ),
    *(
        "2025年",
        "十四五",
        "末",
        "到",
        "累计",
        "年均",
        "达到",
        "5万人",
        "3.5%",
        "百分之五",
        "不低于",
        "以上",
        "左右",
        "约束性",
    ),
    *(
        "就业",
        "新增岗位",
        "目录",
        "……",
        "12",
        "|",
        "| --- |",
        "指标 | 单位 | 2020年",
        "—",
        "-",
        "甲市",
        "国办发〔2021〕5号",
    ),
    *(
        "自2021年1月1日起施行",
        "有效期五年",
        "2021年13月45日",
        "\U0001f600",
        "\ufeff",
        "\u200b",
        "\x00",
        "a",
        "%",
        "元",
    ),
)
TEXTS = st.lists(st.sampled_from(PIECES), max_size=40).map("".join)
SETTLED = settings(max_examples=150, deadline=None)


@given(TEXTS)
@SETTLED
def test_markers_stand_where_they_say(text: str):
    """Each marker is a piece of the text, they do not overlap, and each has a depth."""
    markers = find_markers(text)
    assert [marker.text for marker in markers] == [marker.span.of(text) for marker in markers]
    edges = [edge for marker in markers for edge in (marker.span.start, marker.span.end)]
    assert edges == sorted(edges)
    assert [depth >= 0 for depth in find_depths(markers)] == [True] * len(markers)


@pytest.mark.parametrize(
    "line", ["第二2条 总则", "第2二章 总则", "第一章 总则 第3三条 内容", "第\uff12二条 总则"]
)
def test_digits_of_two_kinds_are_no_number(line: str):
    """A number half in Chinese and half in Arabic digits is read as words, not refused and not guessed."""
    assert [m.segment for m in find_markers(line)] in ([], ["第一章"])
    assert tree.parse("a", line)[0].span == Span(0, len(line))


@given(TEXTS, st.integers(40, 400))
@SETTLED
def test_sentences_are_the_text(text: str, most: int):
    """In order, none longer than allowed, and no word or digit between them."""
    spans = split_sentences(text, Span(0, len(text)), most)
    edges = [edge for span in spans for edge in (span.start, span.end)]
    assert edges == sorted(edges)
    assert all(0 < span.end - span.start <= most for span in spans)
    assert re.findall(r"\w", "".join(span.of(text) for span in spans)) == re.findall(r"\w", text)


@given(TEXTS)
@SETTLED
def test_the_tree_holds_every_character(text: str):
    """The root covers all but blanks at the end; a child lies within its parent; passages and values lie in clauses that exist."""
    clauses = tree.parse("a", text)
    by_path = {clause.path: clause for clause in clauses}
    root = by_path[""].span
    assert (root.start, text[root.end :].strip()) == (0, "")
    assert len(by_path) == len(clauses)
    for clause in clauses:
        if clause.parent is not None:
            assert clause.span in by_path[clause.parent].span
    for passage in passages.split("a", "甲", text, clauses, 300):
        assert passage.span in by_path[passage.clause].span
    document = check_entry(
        {"id": "a", "title": "甲", "region": "甲市", "issuer": None, "number": None, "published": None}
        | {"file": "a.txt", "sha256": "0" * 64}
    )
    for row in indicators.extract(document, text, clauses).rows:
        assert (row.value, row.value_span in row.span) == (row.value_span.of(text), True)


@given(TEXTS)
@SETTLED
def test_tables_of_lines_lie_in_the_text(text: str):
    """Rows, cells and grids are spans of the text; a table of contents too."""
    whole = Span(0, len(text))
    for table in find_tables(text):
        assert [row in whole for row in table.rows] == [True] * len(table.rows)
        list(read_rows(text, table))
        grid = read_lines(text, table.rows) if table.rows else None
        assert grid is None or all(cell.span in grid.span for cell in grid.cells if cell.span.of(text))
    for line in text.splitlines():
        assert all(cell in line for cell in cells_of(line))
    contents = find_contents(text)
    assert contents is None or contents in whole


@given(TEXTS)
@SETTLED
def test_addresses_are_found_or_not(text: str):
    """A mention is a piece of the question; looking it up in any tree gives clauses of it."""
    clauses = tree.parse("a", text)
    for mention in address.mentions(text):
        assert mention.text == mention.span.of(text)
        assert set(address.find(clauses, mention.text)) <= set(clauses)


@given(TEXTS)
@SETTLED
def test_proposals_stand_in_the_text(text: str):
    """Title, number, dates and period are proposed from words of the text, or not at all."""
    proposed = propose(StoredText(text), Path("甲市规划.txt"))
    assert proposed is not None
    for read in (read_date, read_period, read_region):
        read(text)


@given(data=st.binary(max_size=400))
@SETTLED
def test_any_bytes_are_a_document_or_refused(tmp_path_factory: pytest.TempPathFactory, data: bytes):
    """Read as a text file all the way to values: a version, or one line of refusal."""
    path = tmp_path_factory.getbasetemp() / "any.txt"
    path.write_bytes(data + "第一条 每年新增5万人。".encode())
    document = check_entry(
        {"id": "a", "title": "甲", "region": "甲市", "issuer": None, "number": None, "published": None}
        | {"file": "any.txt", "sha256": "0" * 64}
    )
    try:
        version = read_file(path, document, IndexSettings())
    except CorpusError as error:
        assert str(path) in str(error)  # noqa: PT017 - one of two right outcomes
    else:
        assert (version.clauses[0].span.start, version.text[version.clauses[0].span.end :].strip()) == (0, "")
