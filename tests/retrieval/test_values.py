"""Which rows answer a question: the measure by its name, then period and role."""

import pytest

from retrieval.pipeline import Answerer


@pytest.mark.parametrize(
    ("question", "document", "value", "unit", "role"),
    [
        ("襄阳十四五末工伤保险参保要到多少人", "xiangyang", "66", "万人", "target"),
        ("襄阳工伤保险要新增扩面多少人", "xiangyang", "13", "万人", "target"),
        ("襄阳十三五末工伤保险参保多少人", "xiangyang", "64.5", "万人", "actual"),
        ("青浦2020年职业技能培训人数的基准值", "qingpu", "11.42", "万人", "baseline"),
        ("青浦零就业家庭目标", "qingpu", "动态为0", "户", "target"),
        ("襄阳第三代社保卡持卡人数目标", "xiangyang", "100", "万人", "target"),
        ("襄阳电子社保卡覆盖率要达到多少", "xiangyang", "60", "%", "target"),
    ],
)
def test_near_measures_stay_apart(
    answerer: Answerer, question: str, document: str, value: str, unit: str, role: str
):
    """Of several like-named measures the one asked for is stated first."""
    first = answerer.ask(question).indicators[0].row
    assert (first.document, first.value, first.unit, first.role.value) == (document, value, unit, role)


def test_what_a_programme_spent_is_not_what_a_person_gets(answerer: Answerer):
    """24019.22万元 in all does not answer how much one gets a month."""
    answer = answerer.ask("襄阳失业保险金多少钱一个月")
    assert answer.missing == ("具体金额",)
    assert not any("24019.22万元(" in statement.text for statement in answer.statements)


def test_a_region_without_the_measure_says_so(answerer: Answerer):
    """One plan states it, the other does not: both are told."""
    answer = answerer.ask("两地和谐企业创建率基准值和目标值")
    said = {s.region: s.text for s in answer.statements}
    assert said["襄阳市"] == "文件没有写这项指标的数。"
    assert {v.row.document for v in answer.indicators} == {"qingpu"}


def test_a_measure_stated_twice_is_said_once(answerer: Answerer):
    """Two chapters give the same target in the same words."""
    answer = answerer.ask("襄阳的失业率要控制在多少")
    assert [s.text for s in answer.statements] == ["城镇登记失业率:不超过5%(“十四五”期末目标)"]


def test_a_table_names_its_measures_as_printed(answerer: Answerer):
    """年均 is part of what the table promises; the prose states the same measure again."""
    answer = answerer.ask("青浦每年新增多少岗位")
    assert [s.text for s in answer.statements] == [
        "年均新增就业岗位:18000个(2025年目标,约束性)",
        "新增就业岗位:18000人(“十四五”年均目标)",
    ]


@pytest.mark.parametrize("question", ["襄阳看病住院医保报销几成", "襄阳职工医疗保险报销比例是多少"])
def test_a_sum_of_money_is_no_share(answerer: Answerer, question: str):
    """What was paid for the insurance of the jobless in all does not say what share of a bill is paid."""
    answer = answerer.ask(question)
    assert answer.missing == ("具体比例",)
    assert not any(statement.text.endswith("完成)") for statement in answer.statements)


def test_who_asks_for_money_asks_for_one_number(answerer: Answerer):
    """多少钱 is one thing that is not said, not an amount and a count."""
    assert answerer.ask("襄阳最低工资每月多少钱").missing == ("具体金额",)


@pytest.mark.parametrize(
    ("question", "missing"),
    [
        ("青浦举报投诉按期结案率为啥定得比2020年低", ("原因",)),
        ("为什么襄阳返乡创业目标才5000人", ()),  # the plan says 15000: nothing is to be explained
        ("青浦世界技能大赛在哪个场馆举行", ("具体地点",)),
    ],
)
def test_reasons_and_sites_that_no_plan_states(answerer: Answerer, question: str, missing: tuple[str, ...]):
    """The values stand, and it is said that the reason does not."""
    answer = answerer.ask(question)
    assert answer.missing == missing
