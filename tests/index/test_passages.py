import re
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.passages import MAX_HEADING_CHARS, split
from index.readers import read
from index.tree import parse
from index.types import Passage

CORPUS = Path(__file__).parents[2] / "docs_corpus"
SHIPPED = ("qingpu", "xiangyang")
WIDE = {code: code + 0xFEE0 for code in range(0x21, 0x7F) if chr(code) != "|"}


def passages_of(text: str, title: str = "某市规划", max_chars: int = 300) -> tuple[Passage, ...]:
    """Split a text."""
    return split("x", title, text, parse("x", text), max_chars)


def quotes(text: str, max_chars: int = 300) -> list[str]:
    """List the words of a text's passages."""
    return [passage.span.of(text) for passage in passages_of(text, max_chars=max_chars)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "一、目标\n落实就业政策,稳岗。加大投入!好吗?好;行",
            ["落实就业政策,稳岗。", "加大投入!", "好吗?", "好;", "行"],
        ),
        ("一、目标\n打造“进门舒心;自助省心”大厅。", ["打造“进门舒心;自助省心”大厅。"]),
        ("一、目标\n落实《办法。》和(一。二)规定。", ["落实《办法。》和(一。二)规定。"]),
        ("一、目标\n他们说,“没关的引号。第二句。", ["他们说,“没关的引号。", "第二句。"]),
        ("一、成效\n社会保障更加健全。覆盖面不断扩大。", ["社会保障更加健全。覆盖面不断扩大。"]),
        ("一、目标\n“稳就业。”", ["“稳就业。”"]),
        (
            "(一)加强标准化建设。优化服务,完善指南。统一标识。",
            ["加强标准化建设。优化服务,完善指南。", "统一标识。"],
        ),
        ("(一)扶持创业\n落实贷款。\n", ["落实贷款。"]),
        ("(一)身份证\n(二)户口簿", ["身份证", "户口簿"]),
        ("一、目标\n1.593亿元专账资金。3.0社保服务事项", ["1.593亿元专账资金。", "3.0社保服务事项"]),
        ("具体路径:1.建设园区。\n2.招商。", ["建设园区。", "招商。"]),
        ("一、电话\n\n  联系电话:0710-1  \n。。。\n", ["联系电话:0710-1"]),
        ("", []),
        ("第一章\n第二章", []),
    ],
)
@pytest.mark.parametrize("width", ["half", "full"])
def test_sentences(text: str, found: list[str], width: str):
    """Whole sentences without markers and heading lines, in either width."""
    if width == "half":
        assert quotes(text) == found
    else:
        assert quotes(text.translate(WIDE)) == [quote.translate(WIDE) for quote in found]


def test_a_long_sentence_is_cut_at_its_commas():
    """Pieces end behind a comma, else an enumeration comma, never inside a number."""
    text = "一、目标\n投入18,000万元建设,甲乙丙丁、戊己庚辛壬癸子丑寅卯辰巳午未。"
    assert quotes(text, max_chars=16) == [
        "投入18,000万元建设,",
        "甲乙丙丁、",
        "戊己庚辛壬癸子丑寅卯辰巳午未。",
    ]


def test_cover_and_contents_give_only_facts():
    """Title, addressee and the table of contents are passed over; number and date are kept."""
    text = (
        "某市规划\n某政发〔2021〕5号\n主动公开\n各县人民政府:\n2021年12月30日\n现印发给你们。\n"
        "目录\n第一章 总则\n第二章 任务\n第一章 总则\n落实。\n第二章 任务\n推进。"
    )
    assert quotes(text) == ["某政发〔2021〕5号", "2021年12月30日", "现印发给你们。", "落实。", "推进。"]


def test_a_table_row_is_one_passage_with_its_category_and_header():
    """The merged category carries down to rows that lack its cell; the header is words, no passage."""
    text = (
        "一、目标\n主要指标\n序号|类别|指标|单位|2025年|\n---|---|---|---|---|\n"
        "1|就业|新增岗位|个|18000||\n2|零就业家庭|户|0|||\n3|社保|参保率|%|95|\n注:均为预期。\n二、措施\n抓好落实。"
    )
    passages = passages_of(text)
    assert [(p.clause, p.span.of(text)) for p in passages] == [
        ("一/表1", "主要指标"),
        ("一/表1", "1|就业|新增岗位|个|18000||"),
        ("一/表1", "2|零就业家庭|户|0|||"),
        ("一/表1", "3|社保|参保率|%|95|"),
        ("一/表1", "注:均为预期。"),
        ("二", "抓好落实。"),
    ]
    assert passages[2].indexed_text == "目标 主要指标 就业 2 零就业家庭 户 0 序号 类别 指标 单位 2025年"
    assert passages[2].headings == ("目标", "主要指标")


def test_the_list_of_a_nameless_clause_is_indexed_with_its_lead_in():
    """An item of a law says what it is a condition of."""
    text = "第一章 总则\n第一条 有下列情形之一的,不予受理:\n(一)材料不全;\n(二)逾期。"
    assert passages_of(text)[1].indexed_text == "总则 有下列情形之一的,不予受理 材料不全;"
    assert passages_of(text)[1].headings == ("总则",)


def test_indexed_text_is_the_heading_path_and_the_sentence():
    """The digest is that of the indexed text; a heading said by the sentence itself is not said twice."""
    first, second = passages_of("第三章 就业\n(一)扶持创业。落实贷款。提供场地。")
    assert first.indexed_text == "就业 扶持创业。落实贷款。"
    assert second.indexed_text == "就业 扶持创业 提供场地。"
    assert second.headings == ("就业", "扶持创业")
    assert second.digest == sha256("就业 扶持创业 提供场地。".encode()).hexdigest()
    assert [first.ordinal, second.ordinal] == [0, 1]


def test_a_long_heading_path_keeps_its_inner_end():
    """What exceeds the limit is left out from the outside."""
    text = f"第一章 {'外' * 50}\n第一节 {'内' * 50}\n落实。"
    (passage,) = passages_of(text)
    assert passage.indexed_text == "内" * 50 + " 落实。"
    assert len(passage.indexed_text) <= MAX_HEADING_CHARS + len(" 落实。")


@pytest.mark.parametrize("name", SHIPPED)
def test_every_statement_of_the_shipped_plans_can_be_quoted(name: str):
    """No semicolon, percentage or amount of the texts stands outside the passages."""
    text = read(CORPUS / f"{name}.txt").text
    quoted = {at for p in passages_of(text) for at in range(p.span.start, p.span.end)}
    statements = re.finditer(r"[;%]|\d+(?:\.\d+)?(?:万|亿|人|个)", text)
    assert [match[0] for match in statements if match.start() not in quoted] == []


@pytest.mark.parametrize(
    ("name", "clause", "quote"),
    [
        (
            "qingpu",
            "三/(四)/3",
            "加强标准化建设。优化服务事项,完善办事指南,规范工作流程,优化人员配备和岗位设置。",
        ),
        ("qingpu", "二/(三)/表1", "3 | 年均帮助成功创业 | 约束性 | 人 | 460 | 450 | ||"),
        ("xiangyang", "第三章/第三节/(四)/具体路径/2", "按规定落实创业补贴、创业担保贷款政策。"),
        ("xiangyang", "第一章/第一节/——3", "技工院校招生纳入全市中招平台,在校生人数已达到10353人。"),
    ],
)
def test_the_shipped_plans_are_quoted_by_clause(name: str, clause: str, quote: str):
    """A known sentence is a passage of its clause."""
    text = read(CORPUS / f"{name}.txt").text
    assert quote in [p.span.of(text) for p in passages_of(text) if p.clause == clause]


PIECES = st.sampled_from(
    [
        *(
            "第一章 总则\n",
            "第二条 甲。",
            "一、",
            "(一)",
            "1.",
            "——",
            "具体路径:",
            "附件1\n",
            "目录\n",
            "注:",
        ),
        *(
            "就业",
            "标题\n",
            "。",
            ";",
            ",",
            "、",
            "\n",
            " ",
            "“",
            "”",
            "(",
            ")",
            "《",
            "》",
            "\u3000",
            "\uff0c",
            "\uff08",
        ),
        *("甲|乙|丙|\n", "1|二|3|\n", "|--|--|\n", "2025年", "18,000", "😀"),
    ]
)


@given(st.lists(PIECES, max_size=40).map("".join), st.integers(40, 60))
def test_passages_are_ordered_slices(text: str, max_chars: int):
    """Spans never overlap, are never blank, lie in their clause, and only table rows exceed the limit."""
    clauses = {clause.path: clause for clause in parse("x", text)}
    end = 0
    for ordinal, passage in enumerate(passages_of(text, max_chars=max_chars)):
        words = passage.span.of(text)
        assert passage.ordinal == ordinal
        assert passage.span.start >= end
        assert passage.span in clauses[passage.clause].span
        assert words == words.strip()
        assert words
        assert len(words) <= max_chars or "|" in words
        end = passage.span.end


def test_files_that_hang_on_a_page_are_no_passages():
    """附件1.docx says nothing that could be quoted; a sentence that names a form does."""
    text = "关于申请的公告\n一、材料\n提交申请表。\n附件:\n1.申请表.docx\n2.承诺书.PDF\n"
    assert quotes(text) == ["提交申请表。"]
