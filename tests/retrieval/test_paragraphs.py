"""Staff ask for a paragraph (款) of an article and get its words alone."""

import pytest

from retrieval.pipeline import Answerer
from retrieval.types import AnswerStatus
from tests.retrieval.small import answerer_over

LAW = """某劳动合同条例
第一章 总则
第一条 为了保护劳动者的合法权益,制定本条例。
第二章 劳动合同的解除
第二条 用人单位应当按月支付工资。
用人单位有下列情形之一的,劳动者可以解除劳动合同:
(一)未按照约定提供劳动条件的;
(二)未及时足额支付劳动报酬的。
用人单位应当在十五日内办理社会保险关系转移手续。
第三条 本条例自2025年1月1日起施行。
"""


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> Answerer:
    """One ordinance of a city."""
    title = {"law": {"title": "某劳动合同条例", "region": "甲州市"}}
    return answerer_over(tmp_path_factory.mktemp("paragraphs"), {"law": LAW}, title)


@pytest.mark.parametrize(
    ("question", "quoted"),
    [
        ("第二条第一款讲什么", ["第二条 用人单位应当按月支付工资。"]),
        ("甲州劳动合同条例第二条第三款的原文", ["用人单位应当在十五日内办理社会保险关系转移手续。"]),
        ("第二条第二款第(二)项是什么", ["(二)未及时足额支付劳动报酬的。"]),
    ],
)
def test_the_words_of_a_paragraph(asked: Answerer, question: str, quoted: list[str]):
    """Neither the paragraphs before it nor those behind it."""
    answer = asked.ask(question)
    assert answer.status is AnswerStatus.ANSWERED
    assert [citation.quote for citation in answer.citations] == quoted


def test_a_paragraph_there_is_none_of(asked: Answerer):
    """An article of three has no ninth."""
    assert asked.ask("第二条第九款讲什么").status is AnswerStatus.NOT_FOUND
