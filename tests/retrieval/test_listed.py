"""Guides and questions with answers: a list under its heading, the rows of a table, an answer are quoted whole."""

import pytest

from retrieval.pipeline import Answerer
from retrieval.verify import verify
from tests.retrieval.small import answerer_over

GUIDE = """甲州市公租房申请办事指南
一、申请条件
(一)具有本市户籍;
(二)家庭人均住房面积低于十五平方米;
(三)家庭人均月收入低于三千元。
二、申请材料
1.住房申请书;
2.户口簿原件;
3.收入证明;
4.住房情况证明;
5.婚姻证明。
逾期不交的,视为放弃。
三、办理流程
1.提出。申请人向街道办事处提出申请。
2.初审。街道办事处在十个工作日内初审。
3.公示。住房保障中心公示七日。
"""
TABLE = """乙州市残疾人证办理指南
一、所需材料
| 序号 | 名称 | 份数 |
| --- | --- | --- |
| 1 | 残疾人证申请表 | 2份 |
| 2 | 两寸白底照片 | 3份 |
| 3 | 残疾评定表 | 1份 |
"""
ANSWERS = """丙州市积分入学政策问答
一、常见问题
问:租房居住的可以参加积分入学吗?
答:可以。租房合同应当办理备案,没有备案的不计分。
问:积分入学报名要交哪些材料?
答:需要准备:①居住证;②租房合同;③社保清单。已参保满五年的,可以不交第③项。
问:积分结果什么时候公布?
答:每年七月公布。
"""
LONG = """丁州市网约车管理细则
第一条 有下列情形之一的,吊销网约车经营许可:
{items}
第二条 本细则自2025年1月1日起施行。
"""
ITEM = "({n})驾驶员在营运期间第{n}次违反平台与乘客之间约定的服务规范并且拒不改正的;"
TEN = "\n".join(ITEM.format(n=n) for n in "一二三四五六七八九十")


@pytest.fixture(scope="module")
def guides(tmp_path_factory: pytest.TempPathFactory) -> Answerer:
    """Four short documents, each of another city."""
    texts = {"guide": GUIDE, "table": TABLE, "answers": ANSWERS, "long": LONG.format(items=TEN)}
    regions = {"guide": "甲州市", "table": "乙州市", "answers": "丙州市", "long": "丁州市"}
    entries = {name: {"title": text.split("\n")[0], "region": regions[name]} for name, text in texts.items()}
    return answerer_over(tmp_path_factory.mktemp("listed"), texts, entries)


PAPERS = "1.住房申请书;\n2.户口簿原件;\n3.收入证明;\n4.住房情况证明;\n5.婚姻证明。\n逾期不交的,视为放弃。"
STEPS = "1.提出。申请人向街道办事处提出申请。\n2.初审。街道办事处在十个工作日内初审。\n3.公示。住房保障中心公示七日。"
CONDITIONS = "(一)具有本市户籍;\n(二)家庭人均住房面积低于十五平方米;\n(三)家庭人均月收入低于三千元。"


@pytest.mark.parametrize(
    ("question", "clause", "quote"),
    [
        ("甲州公租房要带什么材料", "二", PAPERS),
        ("甲州公租房要符合什么条件", "一", CONDITIONS),
        ("甲州公租房分几步办理,流程是什么", "三", STEPS),
    ],
)
def test_the_list_under_a_heading(guides: Answerer, question: str, clause: str, quote: str):
    """Who asks for papers, conditions or steps gets all of them, in order, under the heading's address."""
    best = guides.ask(question).citations[0]
    assert (best.clause, best.quote) == (clause, quote)


def test_one_item_is_enough_for_a_question_about_it(guides: Answerer):
    """收入 is asked about, not what to bring."""
    assert guides.ask("甲州公租房家庭人均月收入多少以下").citations[0].quote == "家庭人均月收入低于三千元。"


def test_all_rows_of_a_table(guides: Answerer):
    """Rows are set apart in the answer and stand in the quotation as printed."""
    answer = guides.ask("乙州办残疾人证要准备什么材料")
    assert answer.citations[0].quote == (
        "| 1 | 残疾人证申请表 | 2份 |\n| 2 | 两寸白底照片 | 3份 |\n| 3 | 残疾评定表 | 1份 |"
    )
    told = "“1、残疾人证申请表、2份\uff1b2、两寸白底照片、3份\uff1b3、残疾评定表、1份”"
    assert answer.statements[0].text == told
    assert verify(answer, guides.texts) == answer


@pytest.mark.parametrize(
    ("question", "quote"),
    [
        (
            "丙州租房的能积分入学吗",
            "问:租房居住的可以参加积分入学吗?\n答:可以。租房合同应当办理备案,没有备案的不计分。",
        ),
        (
            "丙州积分入学交什么材料",
            "问:积分入学报名要交哪些材料?\n答:需要准备:①居住证;②租房合同;③社保清单。已参保满五年的,可以不交第③项。",
        ),
    ],
)
def test_an_answer_is_quoted_up_to_the_next_question(guides: Answerer, question: str, quote: str):
    """With what it makes an exception for."""
    assert guides.ask(question).citations[0].quote == quote


def test_what_a_quotation_has_no_room_for_is_told(guides: Answerer):
    """A list of ten items: as many as fit, and how many more stand in which clause."""
    answer = guides.ask("丁州网约车什么情形吊销经营许可")
    best = answer.citations[0]
    assert best.quote.startswith("有下列情形之一的,吊销网约车经营许可:\n(一)驾驶员")
    assert best.quote.endswith("(九)驾驶员在营运期间第九次违反平台与乘客之间约定的服务规范并且拒不改正的;")
    assert "第一条后面还有1项没有引出\uff0c请看原文。" in answer.notes
