"""What kind of fact a question asks for."""

import pytest

from retrieval.comparison import asks_change
from retrieval.kinds import kinds_of
from retrieval.types import FactKind, Question


@pytest.mark.parametrize(
    ("question", "kinds"),
    [
        ("网上办事大厅的网址是多少", {FactKind.OPEN}),
        ("收款账号多少", {FactKind.OPEN}),
        ("服务热线是多少", {FactKind.TELEPHONE}),
        ("举报电话多少", {FactKind.TELEPHONE}),
        ("新增就业多少人", {FactKind.COUNT}),
    ],
)
def test_numbers_that_count_nothing_are_no_quantities(question, kinds):
    """An address of the web, an account or a telephone is asked for with 多少 and counts nothing."""
    assert kinds_of(question) == kinds


@pytest.mark.parametrize(
    ("question", "change"),
    [
        ("受影响较大的企业有什么补贴", False),
        ("困难较多的家庭给不给帮扶", False),
        ("比如下岗职工能领什么", False),
        ("失业率较上一期低多少", True),
        ("参保人数比2020年多多少", True),
        ("就业人数提高了多少", True),
    ],
)
def test_a_change_is_asked_for_against_something(question, change):
    """较大, 较多 and 比如 compare with nothing."""
    assert asks_change(Question(question, question, question)) is change


@pytest.mark.parametrize(
    ("question", "asks"),
    [
        ("被辞退赔多少", True),
        ("公租房一个月多少租金", True),
        ("工伤十级赔几个月工资", True),
        ("门诊能报多少", True),
        ("报多少人参加培训", False),
        ("这所学校一年收多少新生", False),
        ("要交多少份材料", False),
        ("一学期收多少学费", True),
        ("每月能拿几百块", True),
        ("每次补几十元", True),
        ("要培训几千人", False),
    ],
)
def test_what_one_person_gets_or_pays(question: str, asks: bool):
    """In whatever words it is asked for; people are counted."""
    assert (FactKind.AMOUNT in kinds_of(question)) is asks


@pytest.mark.parametrize(
    ("question", "counts"),
    [
        ("我们店想请几个师傅", False),
        ("我有几个老乡被欠薪", False),
        ("等了几个月钱还没到", False),
        ("跑了几家单位都不受理", False),
        ("这几个月能不能领补贴", False),
        ("全市有几个实训基地", True),
        ("今年打算建设几个零工市场", True),
        ("预期性指标有几项都是什么", True),
        ("产假能休几个月", False),  # asks how long
    ],
)
def test_a_few_is_not_how_many(question: str, counts: bool):
    """几 that merely means some asks for no number."""
    assert (FactKind.COUNT in kinds_of(question)) is counts
    assert (FactKind.DATE in kinds_of(question)) is ("产假" in question)


@pytest.mark.parametrize(
    ("question", "kind", "asks"),
    [
        ("结案率目标为啥比基准低", FactKind.REASON, True),
        ("培训人数怎么反倒少了", FactKind.REASON, True),
        ("老板为什么不给我交社保", FactKind.REASON, False),  # a complaint, not a question to a plan
        ("创业大赛在哪个场馆办", FactKind.SITE, True),
        ("实训基地建在什么地方", FactKind.SITE, True),
        ("受理窗口的地址是多少", FactKind.SITE, True),
        ("办事大厅网址是多少", FactKind.SITE, False),
        ("欠薪去哪里反映", FactKind.SITE, False),
        ("逐条列举监管措施", FactKind.LIST, True),
        ("罗列一下保障措施", FactKind.LIST, True),
        ("无感申办出自哪里", FactKind.CLAUSE, True),
    ],
)
def test_reasons_sites_and_lists(question: str, kind: FactKind, asks: bool):
    """Each in the words people use, and not in words that only look alike."""
    assert (kind in kinds_of(question)) is asks
