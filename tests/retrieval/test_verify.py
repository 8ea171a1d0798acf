"""Nothing leaves that the documents do not hold."""

from dataclasses import replace

import pytest

from retrieval.pipeline import Answerer
from retrieval.types import Answer, Statement
from retrieval.verify import UnverifiedError, verify


@pytest.fixture
def answer(answerer: Answerer) -> Answer:
    return answerer.ask("襄阳的失业率要控制在多少")


def test_an_answer_that_holds_passes_unchanged(answerer: Answerer, answer: Answer):
    """What the pipeline made is what leaves."""
    assert verify(answer, answerer.texts) is answer


def test_a_changed_quote_is_stopped(answerer: Answerer, answer: Answer):
    """One character off is not verbatim."""
    first, *rest = answer.citations
    forged = replace(answer, citations=(replace(first, quote=first.quote.replace("5", "6")), *rest))
    with pytest.raises(UnverifiedError, match=r"引文与 xiangyang 第 \d+–\d+ 字不符"):
        verify(forged, answerer.texts)


def test_a_number_of_its_own_is_stopped(answerer: Answerer, answer: Answer):
    """A cited statement may only use numbers that stand in a quote."""
    forged = replace(answer, statements=(Statement("城镇登记失业率:不超过4.5%", 1),))
    with pytest.raises(UnverifiedError, match=r"答案里的数 4\.5 不在引文中"):
        verify(forged, answerer.texts)


def test_our_own_sentences_may_count(answerer: Answerer, answer: Answer):
    """A sentence without a source, such as 问题太长了(600 字), claims nothing about a document."""
    assert verify(replace(answer, statements=(Statement("共 600 字"),)), answerer.texts)


@pytest.fixture
def compared(answerer: Answerer) -> Answer:
    return answerer.ask("青浦新增岗位目标比十三五实际少了多少")


def test_arithmetic_is_worked_out_again(answerer: Answerer, compared: Answer):
    """A difference that does not follow from its two rows is stopped."""
    first, *rest = compared.statements
    assert first.worked is not None
    wrong = replace(
        first, worked=replace(first.worked, change="500"), text=first.text.replace("400个", "500个", 1)
    )
    with pytest.raises(UnverifiedError, match="差数 500个 核对不上"):
        verify(replace(compared, statements=(wrong, *rest)), answerer.texts)


def test_operands_must_be_shown(answerer: Answerer, compared: Answer):
    """Both rows stand among the values, where their words can be checked."""
    with pytest.raises(UnverifiedError, match="核对不上"):
        verify(replace(compared, indicators=compared.indicators[1:]), answerer.texts)


def test_a_worked_line_may_say_its_own_numbers_only(answerer: Answerer, compared: Answer):
    """Any further number is strange."""
    first, *rest = compared.statements
    with pytest.raises(UnverifiedError, match="答案里的数 777 不在引文中"):
        verify(replace(compared, statements=(replace(first, text=first.text + "777"), *rest)), answerer.texts)


def test_a_denied_number_stands_in_the_question(answerer: Answerer):
    """不是2000个 may be said to one who said 2000个, and to nobody else."""
    answer = answerer.ask("青浦每年新增岗位的目标是2000个对吧")
    assert verify(answer, answerer.texts) is answer
    with pytest.raises(UnverifiedError, match="答案里的数 2000 不在引文中"):
        verify(replace(answer, question="青浦每年新增多少岗位"), answerer.texts)
