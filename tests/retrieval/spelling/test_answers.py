"""Mistyped and foreign questions get the answers of those that were meant, and are told so."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from retrieval.pipeline import Answerer
from retrieval.spelling import Reader
from retrieval.types import AnswerStatus, Turn


@pytest.mark.parametrize(
    ("typed", "meant", "told"),
    [
        ("襄阳灵活就页有补贴吗", "襄阳灵活就业有补贴吗", ("按“灵活就业”理解。",)),
        ("襄洋创业但保贷款", "襄阳创业担保贷款", ("按“襄阳”“创业担保贷款”理解。",)),
        ("襄陽靈活就業有補貼嗎", "襄阳灵活就业有补贴吗", ()),
        ("襄阳3章3节(四)3讲什么", "襄阳第三章第三节(四)3讲什么", ()),
    ],
)
def test_the_answer_of_what_was_meant(answerer: Answerer, typed: str, meant: str, told: tuple[str, ...]):
    """Same words, same status; the question stays as typed and the last note says what was understood."""
    answer, wanted = answerer.ask(typed), answerer.ask(meant)
    assert (answer.status, answer.citations) == (wanted.status, wanted.citations)
    assert answer.citations
    assert answer.question == typed
    assert answer.notes == (*wanted.notes, *told)


def test_a_mistyped_turn_is_read_too(answerer: Answerer):
    """那襄阳呢 asks of what was meant before."""
    answer = answerer.ask("那襄阳呢", [Turn("青埔的城镇登几失业率目标")])
    assert answer.citations == answerer.ask("那襄阳呢", [Turn("青浦的城镇登记失业率目标")]).citations
    assert answer.citations


def test_an_english_question(answerer: Answerer):
    """Answered in the documents' words, with a sentence in both languages."""
    answer = answerer.ask("What is the unemployment rate target in Xiangyang?")
    assert answer.status is AnswerStatus.ANSWERED
    assert {citation.region for citation in answer.citations} == {"襄阳市"}
    assert ("5", "%") in {(value.row.value, value.row.unit) for value in answer.indicators}
    assert answer.notes[-1].startswith("The answer is quoted from the documents in Chinese.")


def test_an_english_question_about_something_else(answerer: Answerer):
    """Refused in both languages."""
    answer = answerer.ask("What is the weather in Paris today?")
    assert answer.status is AnswerStatus.NOT_FOUND
    assert answer.notes == (
        "The documents here do not mention this. Asking in Chinese may help. / 可以换成中文再问一次。",
    )


def test_another_city_in_english(answerer: Answerer):
    """A place no document covers is known by its spelling."""
    answer = answerer.ask("unemployment insurance in Wuhan")
    assert answer.status is AnswerStatus.NOT_FOUND
    assert "武汉" in answer.statements[0].text


def test_thanks_in_traditional_characters(answerer: Answerer):
    """Small talk is known in either script."""
    assert answerer.ask("謝謝").statements == answerer.ask("谢谢").statements


@given(st.text(max_size=60))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text_can_be_read(reader: Reader, text: str):
    """Nothing raises, and digits are never changed into others."""
    reading = reader.read(text)
    assert isinstance(reading.text, str)
    assert all(term for term in reading.meant)
