"""款: the paragraphs of an article, which a law does not number."""

import pytest

from index.paragraphs import find, paragraphs
from index.tree import parse

TEXT = """第一章 总则
第一条 为了甲,制定本法。
第二条 用人单位应当支付工资。
劳动者有下列情形的,可以解除合同:
(一)未支付工资的;
(二)未缴纳社会保险费的。
  用人单位应当出具证明。
第三条 本法自2025年1月1日起施行。
"""
CLAUSES = parse("law", TEXT)


@pytest.mark.parametrize(
    ("address", "path", "words"),
    [
        ("第二条第一款", "第一章/第二条", "第二条 用人单位应当支付工资。"),
        ("第2条第2款", "第一章/第二条", TEXT[TEXT.index("劳动者") : TEXT.index("  用人")].strip()),
        ("第二条的第三款", "第一章/第二条", "用人单位应当出具证明。"),
        ("第一章第二条第三款", "第一章/第二条", "用人单位应当出具证明。"),
        ("第三条第一款", "第一章/第三条", "第三条 本法自2025年1月1日起施行。"),
    ],
)
def test_a_paragraph_of_an_article(address: str, path: str, words: str):
    """Its own line, and the items that follow it."""
    (clause,) = find(CLAUSES, address, TEXT)
    assert (clause.path, clause.span.of(TEXT).strip()) == (path, words)


@pytest.mark.parametrize("item", ["第二项", "第(二)项", "\uff08二\uff09"])
def test_an_item_of_a_paragraph(item: str):
    """In the paragraph that leads it, whatever way it is written."""
    (clause,) = find(CLAUSES, f"第二条第二款{item}", TEXT)
    assert clause.span.of(TEXT).strip() == "(二)未缴纳社会保险费的。"


def test_loosely_an_item():
    """Where there are fewer paragraphs, 款 is an item; where there is no such item either, nothing."""
    text = "第一条 甲:\n(一)子;\n(二)丑。"
    (clause,) = find(parse("law", text), "第一条第二款", text)
    assert clause.span.of(text) == "(二)丑。"
    assert find(CLAUSES, "第二条第五款", TEXT) == ()
    assert find(CLAUSES, "第九条第一款", TEXT) == ()


def test_lines_that_break_off_are_one_paragraph():
    """A heading and the lines of a printed page are no paragraphs of their own."""
    text = "第一条 【立法目的】\n为了规范用工,保护劳动者和用人\n单位的权益,制定本条例。\n本条例适用于甲州市。\n第二条 乙。"
    (first,) = find(parse("law", text), "第一条第一款", text)
    (second,) = find(parse("law", text), "第一条第二款", text)
    assert first.span.of(text).endswith("单位的权益,制定本条例。\n")
    assert second.span.of(text).strip() == "本条例适用于甲州市。"


def test_the_paragraphs_are_the_article():
    """Side by side from its first character to its last."""
    for clause in CLAUSES:
        if clause.path.endswith("条"):
            spans = paragraphs(clause, CLAUSES, TEXT)
            assert "".join(span.of(TEXT) for span in spans) == clause.span.of(TEXT)
