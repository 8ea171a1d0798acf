"""What holds for every question, whatever is typed: hypothesis writes it from the pieces that steer the reading."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retrieval import kinds, lists, periods, premise, smalltalk, units_asked
from retrieval.dialogue import resolve
from retrieval.pipeline import Answerer
from retrieval.types import AnswerStatus, Turn
from retrieval.understand import understand

PIECES = (
    *(
        "青浦",
        "襄阳",
        "两地",
        "武汉",
        "我们区",
        "规划里",
        "第",
        "三",
        "(一)",
        "3",
        "条",
        "章",
        "第二2条",
        "下一条",
        "上一条",
    ),
    *(
        "2025年",
        "十四五",
        "十三2五",
        "上个五年",
        "25年",
        "目标",
        "完成",
        "约束性",
        "多少",
        "几个",
        "有哪些",
        "前十",
        "第零行",
        "第亿行",
    ),
    *(
        "灵活就业",
        "补贴",
        "失业率",
        "老板跑了",
        "不给钱",
        "是不是",
        "对吗",
        "对不对",
        "增加了",
        "3.5%",
        "百分之五",
        "万人",
        "5万",
    ),
    *(
        "哪里高",
        "相差",
        "那",
        "呢",
        "再说一遍",
        "谢谢",
        "你好",
        "?",
        "\uff1f",
        "\uff0c",
        "。",
        " ",
        "\n",
        "\u3000",
        "“",
        "”",
        "《",
        "》",
    ),
    *(
        "\U0001f600",
        "\ud83d",
        "\x00",
        "\u200b",
        "<b>",
        "{}",
        "%s",
        "\\",
        "'; --",
        "abc",
        "0",
        "-1",
        "1e9",
        "²",
        "\u0663",
        "\ufdfa",
    ),
)
TEXTS = st.lists(st.sampled_from(PIECES), max_size=12).map("".join)
SETTLED = settings(max_examples=120, deadline=None)


@pytest.fixture(scope="module")
def bare(answerer: Answerer) -> Answerer:
    """The answerer; hypothesis takes no fixture of a function."""
    return answerer


@given(text=TEXTS, before=st.lists(TEXTS, max_size=2))
@SETTLED
def test_any_question_is_understood(bare: Answerer, text: str, before: list[str]):
    """Alone and after others; what is read is read the same twice."""
    question = understand(text, bare.context)
    assert question == understand(text, bare.context)
    assert set(question.regions) <= set(bare.regions)
    resolve(text, [Turn(one) for one in before], bare.context)
    lists.asked(question)
    premise.without_claims(question)
    assert premise.claims(question) == premise.claims(question)


@given(text=TEXTS, era=st.integers(0, 20))
@SETTLED
def test_any_words_have_years_kinds_and_units_or_none(text: str, era: int):
    """Years are years of this age, eras are counted, and nothing fails."""
    assert all(2000 <= year < 2100 or 1900 <= year < 2100 for year in periods.years_in(text))
    for one in periods.eras_in(text, era):
        periods.plan_name(max(one, 0))
    periods.without_periods(text)
    kinds.kinds_of(text), kinds.roles_of(text), kinds.attribute_of(text)
    units_asked.wanted_units(text)
    smalltalk.reply(text)


@given(text=TEXTS, before=TEXTS)
@settings(max_examples=40, deadline=None)
def test_any_answer_is_made_of_the_documents(bare: Answerer, text: str, before: str):
    """Every citation is a slice of the stored text, every value a slice of its quote."""
    answer = bare.ask(text, [Turn(before)])
    assert answer.status in AnswerStatus
    for citation in answer.citations:
        assert citation.quote == citation.span.of(bare.texts[citation.document])
    for value in answer.indicators:
        assert value.row.value == value.row.value_span.of(bare.texts[value.row.document])
