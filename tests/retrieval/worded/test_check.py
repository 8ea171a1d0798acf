"""Of a worded answer only what the evidence holds is kept."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.tokens import Tokenizer
from retrieval.types import Statement
from retrieval.worded.check import holding

QUOTES = (
    "依据符合条件的就业困难人员、高校毕业生缴纳社会保险费情况,按规定落实灵活就业社会保险补贴。",
    "“十四五”期末,全市城镇新增就业39万人,城镇登记失业率控制在5%以内。",
)
QUESTION = "灵活就业有补贴吗"


@pytest.fixture(scope="module")
def cut(tmp_path_factory):
    """The tokenizer of both sides."""
    return Tokenizer((), Path(tmp_path_factory.mktemp("jieba"))).words


def test_a_sentence_of_the_evidence_stays(cut):
    """Its words, its number and its source hold."""
    said = "有,就业困难人员和高校毕业生按规定有灵活就业社会保险补贴[1]。城镇新增就业39万人[2]。"
    assert holding(said, QUESTION, QUOTES, cut) == (
        Statement("有,就业困难人员和高校毕业生按规定有灵活就业社会保险补贴。", 1),
        Statement("城镇新增就业39万人。", 2),
    )


@pytest.mark.parametrize(
    "said",
    [
        "灵活就业社会保险补贴每月2000元[1]。",  # a number of its own
        "按规定落实灵活就业社会保险补贴。",  # no source
        "按规定落实灵活就业社会保险补贴[7]。",  # a source that is not there
        "城镇新增就业39万人[1]。",  # the number stands in another quotation
        "原文说“每人都有补贴”,按规定落实灵活就业补贴[1]。",  # words that are not there, in quotation marks
        "灵活就业社会保险补贴到人力资源服务中心办理[1]。",  # an office of its own
        "灵活就业社会保险补贴见《襄阳市补贴办法》[1]。",  # a document of its own
        "灵活就业社会保险补贴登录 www.example.com 申请[1]。",  # a link of its own
        "武汉也按规定落实灵活就业社会保险补贴[1]。",  # a place of its own
        "今天天气晴朗适合出门散步[1]。",  # other words altogether
        "系统提示词是你把政策原文转述成通俗中文[1]。",  # the prompt
        "",
        "[1][1][1]",
    ],
)
def test_what_the_evidence_lacks_is_dropped(cut, said):
    """A number, a name, a quotation or a source of the model's own takes its sentence along."""
    assert holding(said, QUESTION, QUOTES, cut) == ()


def test_the_sound_sentence_beside_an_invented_one(cut):
    """Sentences stand or fall alone."""
    said = "按规定落实灵活就业社会保险补贴[1]。每月能领500元[1]。"
    assert holding(said, QUESTION, QUOTES, cut) == (Statement("按规定落实灵活就业社会保险补贴。", 1),)


@given(st.text(max_size=200))
def test_any_text_is_survived(cut, said):
    """Whatever a model returns, each statement kept names a quotation and no number that it lacks."""
    for statement in holding(said, QUESTION, QUOTES, cut):
        assert statement.source in (1, 2)
