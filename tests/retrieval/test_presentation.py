"""How an answer reads: each value once, rows of tables in words, no doubled marks, nothing cited that tells nothing."""

import pytest

from retrieval.answer import quoted
from retrieval.names import is_half_a_sentence
from retrieval.pipeline import Answerer
from retrieval.types import AnswerStatus
from tests.retrieval.small import answerer_over

PLAN = """甲市养老服务“十四五”规划

一、主要指标
甲市养老服务主要指标
序号 | 指标名称 | 属性 | 单位 | 2020年 | 2025年
1 | 养老床位总数 | 约束性 | 张 | 900 | 1200
2 | 护理型床位占比 | 约束性 | % | 48 | 55
二、主要任务
“十四五”期间,养老床位总数不低于1200张。护理型床位占比达到55%以上。
三、材料清单
事项 | 材料 | 份数
入住申请 | 身份证复印件 | 各一
"""


@pytest.fixture(scope="module")
def plan(tmp_path_factory: pytest.TempPathFactory) -> Answerer:
    """Answers over one plan with two tables."""
    entry = {"title": "甲市养老服务“十四五”规划", "region": "甲市", "period": "2021-2025"}
    return answerer_over(tmp_path_factory.mktemp("plan"), {"plan": PLAN}, {"plan": entry})


@pytest.mark.parametrize(
    ("words", "line"),
    [
        ("“十四五”期末,参保66万人。", "“十四五”期末,参保66万人。"),
        ("实现“零跑动”。", "“实现“零跑动”。”"),
        ("| 1 | 甲 | 2 |", "“1 | 甲 | 2”"),
    ],
)
def test_one_pair_of_marks(words: str, line: str):
    """Words that begin with a mark get none in front of it."""
    assert quoted(words) == line


def test_a_value_of_table_and_chapter_is_said_once(plan: Answerer):
    """1200张 and 不低于1200张 are one target; the other wording stands among the values."""
    answer = plan.ask("甲市养老床位总数目标是多少")
    assert [s.text for s in answer.statements] == ["养老床位总数:1200张(2025年目标,约束性)"]
    assert {(v.row.comparator, v.row.value) for v in answer.indicators} >= {("=", "1200"), (">=", "1200")}


def test_values_of_several_plans_stay_apart(answerer: Answerer):
    """The same number in two plans is two facts."""
    answer = answerer.ask("青浦年均帮助创业人数十三五目标和十四五目标")
    assert {s.text for s in answer.statements} >= {
        "年均帮助成功创业:450人(2025年目标,约束性)",
        "帮助成功创业:450人(“十三五”每年目标,约束性)",
    }


def test_a_row_of_a_table_is_told_by_its_values(answerer: Answerer):
    """Not by bars between bare numbers; its citation is the row as printed."""
    answer = answerer.ask("青浦创业成功的人数怎么反而少了10个")
    assert not any("|" in statement.text for statement in answer.statements)
    assert answer.status is AnswerStatus.PARTIAL
    assert answer.missing == ("原因",)


def test_a_row_without_values_is_read_without_bars(plan: Answerer):
    """A table of papers has no numbers to state."""
    answer = plan.ask("甲市入住申请要带什么材料")
    assert answer.statements[0].text == "“入住申请、身份证复印件、各一”"
    assert "|" in answer.citations[0].quote


def test_captions_and_notes_are_no_evidence(answerer: Answerer):
    """What stands over a table is not cited behind the answer."""
    for question in ("襄阳调解成功率期末目标多少", "襄阳有和谐企业创建率这个指标吗"):
        assert not [c for c in answerer.ask(question).citations if c.quote.endswith("主要指标")]


def test_the_same_words_are_cited_once(answerer: Answerer):
    """The half sentence a value was read from and its whole sentence are one source."""
    quotes = [c.quote for c in answerer.ask("襄阳城镇登记失业率十三五末是多少").citations]
    assert sum("控制在3.59%以内" in quote for quote in quotes) == 1


@pytest.mark.parametrize(
    ("name", "half"),
    [
        ("“零就业家庭”在确认", True),
        ("月人均养老金较“十二五”", True),
        ("“两网化”覆盖率", False),
        ("高技能劳动者占技能劳动者比重", False),
        ("较大规模企业", False),
    ],
)
def test_half_sentences(name: str, half: bool):
    """What breaks off before the number is no name to show."""
    assert is_half_a_sentence(name) is half


def test_half_sentences_are_not_shown_beside_a_clause(answerer: Answerer):
    """青浦三(一)4 has three numbers; two of their names break off."""
    assert [v.row.name for v in answerer.ask("青浦三(一)4讲什么").indicators] == ["实现就业"]


def test_suggestions_ask_something(answerer: Answerer):
    """No 失业人员完成了多少, no heading within two pairs of marks."""
    asked = [
        suggestion
        for question in ("襄阳失业率十三五末是多少", "襄阳社保卡持卡人数", "襄阳村小老师评职称有没有照顾")
        for suggestion in answerer.ask(question).suggestions
    ]
    assert asked
    assert not [each for each in asked if "““" in each or "””" in each or "失业人员实际" in each]
