"""Small talk is answered in a sentence; a question is never taken for it."""

import pytest

from retrieval import wording
from retrieval.smalltalk import reply


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ("你好", wording.GREETING),
        ("您好呀!", wording.GREETING),
        ("在吗", wording.GREETING),
        ("好的,谢谢你", wording.THANKS),
        ("再见", wording.FAREWELL),
        ("你是谁", wording.ABOUT_ME),
        ("你是谁开发的?", wording.ABOUT_ME),
        ("你会什么", wording.ABOUT_ME),
    ],
)
def test_small_talk(said: str, answer: str):
    """Greetings, thanks and questions about the bot have a sentence each."""
    assert reply(said) == answer


@pytest.mark.parametrize(
    "asked",
    ["你好,灵活就业有补贴吗", "谢谢,那襄阳呢", "在青浦创业有什么政策", "你们区有什么补贴", "有人欠我工资"],
)
def test_a_question_is_no_small_talk(asked: str):
    """Courtesy before a question, or a word that greets by itself, does not make it small talk."""
    assert reply(asked) is None
