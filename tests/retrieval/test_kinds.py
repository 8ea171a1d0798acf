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
    ],
)
def test_what_one_person_gets_or_pays(question: str, asks: bool):
    """In whatever words it is asked for; people are counted."""
    assert (FactKind.AMOUNT in kinds_of(question)) is asks
