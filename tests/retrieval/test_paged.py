"""The shipped plans with every row paged: the same answers, word for word."""

from dataclasses import replace

import pytest

from bot import app
from bot.config import Config
from index.store import open_generation
from retrieval import values
from retrieval.pipeline import Answerer
from tests.conftest import TODAY

QUESTIONS = (
    "灵活就业有补贴吗",
    "青浦每年新增多少岗位",
    "两地和谐企业创建率基准值和目标值",
    "哪条提到\u201c双随机\u201d",
    "和谐劳动关系列了哪些任务",
    "第三章第三节(四)具体路径3讲什么",
    "约束性指标有哪些",
    "第四代社保卡是什么",
    "今天天气怎么样",
)


@pytest.fixture(scope="module")
def paged(shipped: Config) -> Answerer:
    """Answers over the same index, nothing of it in memory."""
    parts = app.open_parts(shipped)
    store = open_generation(shipped.data_dir, parts.stamp, parts.backend, paged_from=0)
    return Answerer(
        store, parts.encoder, parts.tokenizer, parts.lexicon, shipped.settings.retrieval, lambda: TODAY
    )


@pytest.mark.parametrize("question", QUESTIONS)
def test_the_same_answer(answerer: Answerer, paged: Answerer, question: str):
    """Words, values, lists, clauses, refusals."""
    held, read = answerer.ask(question), paged.ask(question)
    assert replace(read, timing_ms={}) == replace(held, timing_ms={})


@pytest.mark.parametrize(
    "question", ["襄阳失业率控制在多少", "青浦每年新增多少岗位", "和谐企业创建率目标", "零工市场建几个"]
)
def test_of_very_many_values_the_nearest_are_held(
    paged: Answerer, answerer: Answerer, question: str, monkeypatch: pytest.MonkeyPatch
):
    """Values found among the nearest names only: the first one stated is the same."""
    monkeypatch.setattr(values, "MANY", 20)
    monkeypatch.setattr(paged, "_measures", values.Measures.of(paged.store))
    assert paged.ask(question).statements[0] == answerer.ask(question).statements[0]
