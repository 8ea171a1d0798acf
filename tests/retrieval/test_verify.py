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
