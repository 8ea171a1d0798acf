"""What the title of a guide or a rule says of its passages, and how a title is typed."""

import pytest

from tests.retrieval.small import answerer_over

GUIDE = """创业担保贷款办理指南

一、申请对象
个人创业担保贷款的申请人除助学贷款、5万元以下小额消费贷款外,没有其他贷款。

二、贷款额度
符合条件的个人最高不超过30万元。

三、办理时限
自受理之日起17个工作日办结。
"""
OLD = "就业见习管理办法(试行)\n\n第一条 为规范管理,制定本办法。\n第二条 见习补贴标准为每人每月1200元。\n"
NEW = "就业见习管理办法\n\n第一条 为规范管理,制定本办法。\n第二条 见习补贴标准为每人每月1800元。\n"


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    """A guide, and a measure with the one it took the place of; their titles have full-width brackets."""
    titles = {"guide": "创业担保贷款办理指南", "old": "就业见习管理办法（试行）", "new": "就业见习管理办法"}
    entries = {name: {"title": title, "region": "宜宾市"} for name, title in titles.items()}
    entries["old"]["superseded_by"] = titles["new"]
    texts = {"guide": GUIDE, "old": OLD, "new": NEW}
    return answerer_over(tmp_path_factory.mktemp("titles"), texts, entries)


@pytest.mark.parametrize(
    ("question", "value"),
    [("创业担保贷款最多能贷多少", "30万元"), ("创业担保贷款要几天办下来", "17个工作日")],
)
def test_every_passage_of_a_guide_is_about_its_title(desk, question, value):
    """The subject stands in the title; a section that repeats it is no nearer to what was asked."""
    assert value in desk.ask(question).citations[0].quote


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("《就业见习管理办法(试行)》的补贴标准", "1200元"),
        ("就业见习管理办法（试行）补贴多少", "1200元"),
        ("老办法里见习补贴多少", "1200元"),
        ("旧的见习办法补贴多少", "1200元"),
        ("就业见习管理办法补贴多少", "1800元"),
    ],
)
def test_an_earlier_version_is_asked_by_its_own_title(desk, question, value):
    """Whatever the width of the brackets; everyone else is given the one in force."""
    assert value in desk.ask(question).citations[0].quote
