from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.readers import read
from index.tree import parse
from index.types import Clause, ClauseKind, Span

CORPUS = Path(__file__).parents[2] / "docs_corpus"


def outline(text: str) -> list[tuple[str, str]]:
    """List the paths and headings of a text's clauses."""
    return [(clause.path, clause.heading) for clause in parse("x", text)[1:]]


def check_tree(text: str, clauses: Sequence[Clause]) -> None:
    """Assert what holds of every tree: unique paths, nested spans in order, markers that are slices."""
    paths = [clause.path for clause in clauses]
    assert len(set(paths)) == len(paths)
    assert clauses[0].span == Span(0, len(text.rstrip()))
    by_path = {clause.path: clause for clause in clauses}
    end_of: dict[str, int] = {}
    for clause in clauses[1:]:
        parent = by_path[clause.parent or ""]
        assert clause.span in parent.span
        assert clause.own in clause.span
        assert clause.depth == parent.depth + 1
        assert text.startswith(clause.marker, clause.span.start)
        assert clause.span.start >= end_of.get(parent.path, 0)
        end_of[parent.path] = clause.span.end


def test_a_repeated_number_gets_a_suffix():
    """Two 2. in a row are two clauses with two paths."""
    assert [path for path, _ in outline("一、甲\n1.子\n2.丑\n2.寅\n(1)卯\n二、乙")] == [
        "一",
        "一/1",
        "一/2",
        "一/2#2",
        "一/2#2/(1)",
        "二",
    ]


def test_tables_are_clauses():
    """A captioned table stands under the clause with a heading line, a bare one under the clause above it."""
    text = "一、目标\n1.稳定就业。提高质量。\n全市主要指标\n单位:万人\n指标|值|\n就业|5|\n2.加强保障。扩大覆盖。\n项目|值|\n参保|9|\n"
    tables = [clause for clause in parse("x", text) if clause.kind is ClauseKind.TABLE]
    assert [(t.path, t.heading, t.span.of(text)) for t in tables] == [
        ("一/表1", "全市主要指标", "全市主要指标\n单位:万人\n指标|值|\n就业|5|"),
        ("一/2/表1", "", "项目|值|\n参保|9|"),
    ]
    assert [clause.path for clause in parse("x", text)] == ["", "一", "一/1", "一/表1", "一/2", "一/2/表1"]


def test_a_heading_above_a_table_stays_a_heading():
    """The heading is no caption: the table is nameless below it."""
    assert outline("第一节 主要指标\n指标|值|\n就业|5|\n第二节 措施") == [
        ("第一节", "主要指标"),
        ("第一节/表1", ""),
        ("第二节", "措施"),
    ]


@pytest.mark.parametrize(
    ("text", "headings"),
    [
        ("(一)支持灵活就业。提供服务。", ["支持灵活就业"]),
        ("(一)支持灵活就业。\n提供服务。", ["支持灵活就业"]),
        ("(一)支持灵活就业\n提供服务。", ["支持灵活就业"]),
        ("(一)按规定落实补贴政策。", [""]),
        ("(一)身份证原件\n(二)户口簿", ["", ""]),
        ("(一)加强行风建设,推进一网通办。优化环境。", ["加强行风建设,推进一网通办"]),
        ("(一)加强建设,推进改革,优化环境。做好服务。", [""]),
        ("第三节 内 涵\n就业是民生。", ["内涵"]),
        ("附件1\n\n实施方案\n一、目标", ["实施方案", ""]),
        ("第三条 按下列规定:\n(一)补助金六个月。\n(二)津贴照发。\n前款规定另行公布。", ["", "", ""]),
        ("第三条 原则:\n(一)公平原则。一视同仁。\n(二)公开原则。结果公布。", ["", "公平原则", "公开原则"]),
    ],
)
def test_headings(text: str, headings: list[str]):
    """A title run names what follows; a sentence that is all a clause says is no title."""
    assert [heading for _, heading in outline(text)] == headings


def test_the_shipped_plans_have_their_clauses():
    """Chapters that repeat their sections keep them apart; both tables stand under what they are about."""
    qingpu = read(CORPUS / "qingpu.txt").text
    xiangyang = read(CORPUS / "xiangyang.txt").text
    in_qingpu = {clause.path: clause for clause in parse("qingpu", qingpu)}
    in_xiangyang = {clause.path: clause for clause in parse("xiangyang", xiangyang)}
    assert in_qingpu["三/(四)/3"].heading == "加强标准化建设"
    assert {"一/(一)/表1", "二/(三)/表1"} == {p for p, c in in_qingpu.items() if c.kind is ClauseKind.TABLE}
    assert in_xiangyang["第五章/第三节/(六)/具体路径/2"].heading == "加强人事考试基础建设和基地建设"
    assert in_xiangyang["第三章/第一节"].heading == "内涵"
    assert in_xiangyang["第三章/第三节/(四)/具体路径/3"].span.of(xiangyang).startswith("3.依据符合条件")
    assert [p for p in in_xiangyang if "/" not in p] == ["", *(f"第{n}章" for n in "一二三四五六七八")]
    assert not [path for path in [*in_qingpu, *in_xiangyang] if "#" in path]


@pytest.mark.parametrize(
    "text", ["", "\n \n", "没有标记的文字。\n" * 3, "第一章\n第二章\n", "二、\n一、\n(三)\n1.\n"]
)
def test_any_text_has_a_tree(text: str):
    """Empty texts, texts without markers and nothing but markers give a valid tree."""
    check_tree(text, parse("x", text))


def test_a_long_document_is_read_in_one_go():
    """Ten thousand clauses keep their numbers."""
    text = "".join(f"{n}、甲\n(1)乙\n" for n in range(1, 1000)) + "".join(
        f"第{n}条 丙\n" for n in range(1, 8001)
    )
    clauses = parse("x", text)
    assert clauses[-1].path.endswith("第八千条")
    assert clauses[1998].path == "999/(1)"


LINES = st.sampled_from(
    [
        *(
            "第一章 总则",
            "第二章",
            "第一条 为了规范。",
            "第三节 内 涵",
            "一、目标",
            "二、措施",
            "(一)扶持。落实。",
            "(三)贷款",
        ),
        *(
            "1.建设。2.招商。",
            "2.推进。",
            "(1)材料",
            "①签订;",
            "——稳定。",
            "具体路径:1.甲",
            "工作措施:",
            "附件:1.表",
        ),
        *(
            "附表1 指标",
            "专栏2",
            "目录",
            "附件1",
            "甲|乙|丙",
            "|--|--|",
            "注:甲",
            "主要指标",
            "",
            "  ",
            "就业是民生。(二)乙。",
        ),
    ]
)


@given(st.lists(LINES, max_size=25).map("\n".join))
def test_every_tree_is_sound(text: str):
    """Spans nest and follow each other, paths are unique, whatever the order of the lines."""
    check_tree(text, parse("x", text))
