"""From one paragraph (款) of an article to another in a conversation, and to the lines below an item (目)."""

import pytest

from retrieval.moves import LAST, Move, counts_in, step_in
from retrieval.pipeline import Answerer
from retrieval.types import AnswerStatus, Turn
from tests.retrieval.small import answerer_over

LAW = """甲州市住房租赁条例
第一条 为了规范住房租赁活动,制定本条例。
第二条 出租人应当出示房屋权属证明。
出租人不得有下列行为:
(一)出租违法建筑;
(二)将厨房、阳台改作卧室:
1.未经原审批部门同意的;
2.人均面积低于五平方米的;
(三)虚构房源信息。
承租人应当按照约定支付租金。
第三条 押金不得超过一个月租金。
租赁期满后十五日内退还押金。
第四条 本条例自2025年1月1日起施行。
"""
FIRST = "第二条 出租人应当出示房屋权属证明。"
THIRD = "承租人应当按照约定支付租金。"
DEPOSIT = "第三条 押金不得超过一个月租金。"
REFUND = "租赁期满后十五日内退还押金。"


@pytest.fixture(scope="module")
def law(tmp_path_factory: pytest.TempPathFactory) -> Answerer:
    """One ordinance of a city."""
    entry = {"title": "甲州市住房租赁条例", "region": "甲州市"}
    return answerer_over(tmp_path_factory.mktemp("paragraph-moves"), {"law": LAW}, {"law": entry})


def talk(law: Answerer, *questions: str) -> list[str]:
    """The words quoted for the last of several questions."""
    *before, last = questions
    return [citation.quote for citation in law.ask(last, [Turn(question) for question in before]).citations]


@pytest.mark.parametrize(
    ("questions", "quoted"),
    [
        (("第二条第一款讲什么", "第三款呢"), THIRD),
        (("第二条讲什么", "第一款呢"), FIRST),
        (("第二条讲什么", "那最后一款呢"), THIRD),
        (("第二条", "这一条的第三款怎么规定"), THIRD),
        (("第三条第一款", "下一款"), REFUND),
        (("第三条第二款", "上一款呢"), DEPOSIT),
        (("第二条第一款", "第三款呢", "下一款"), DEPOSIT),
        (("第三条第一款", "上一款"), THIRD),
        (("押金最多收多少", "第二款呢"), REFUND),
        (("第二条", "第二款第一项呢"), "(一)出租违法建筑;"),
        (("第二条第二款第二项", "第2目呢"), "2.人均面积低于五平方米的;"),
        (("第二条第二款第二项第1目", "下一目"), "2.人均面积低于五平方米的;"),
        (("甲州住房租赁条例第二条第(二)项第2目",), "2.人均面积低于五平方米的;"),
        (("第二条第二款第二项第一目的原文",), "1.未经原审批部门同意的;"),
    ],
)
def test_the_paragraph_one_moves_to(law: Answerer, questions: tuple[str, ...], quoted: str):
    """Counted in the article one is in; past its end one reads on in the next."""
    assert talk(law, *questions) == [quoted]


def test_the_next_article_after_a_paragraph(law: Answerer):
    """下一条 is an article still."""
    assert talk(law, "第二条第一款", "下一条") == [f"{DEPOSIT}\n{REFUND}"]


@pytest.mark.parametrize("questions", [("第三条", "第五款呢"), ("第二条第二款第二项第7目",)])
def test_a_paragraph_there_is_none_of(law: Answerer, questions: tuple[str, ...]):
    """Neither another article's nor the whole clause."""
    *before, last = questions
    answer = law.ask(last, [Turn(question) for question in before])
    assert (answer.status, answer.citations) == (AnswerStatus.NOT_FOUND, ())


def test_the_steps_a_message_asks_for():
    """款 counts paragraphs, the others what bears a number; the last one is asked for without one."""
    assert counts_in("第二款第一项呢") == (Move(nth=2, paragraph=True), Move(nth=1))
    assert counts_in("末款讲什么") == (Move(nth=LAST, paragraph=True),)
    assert step_in("再下一款") == Move(by=1, paragraph=True)


@pytest.mark.parametrize("text", ["第二款手机补贴多少", "第3目标是什么", "上一目标完成了吗"])
def test_no_steps(text: str):
    """Words that only begin alike."""
    assert (step_in(text), counts_in(text)) == (None, ())
