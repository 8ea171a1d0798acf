"""Lists of laws: a short item is quoted with the sentence that leads it, and a sentence that leads a list with its items."""

import pytest

from retrieval.pipeline import Answerer
from tests.retrieval.small import answerer_over

LAW = """甲市工伤办法

第一条 职工应当及时提出申请。
第二条 提出工伤认定申请应当提交下列材料:
(一)工伤认定申请表;
(二)劳动关系的证明材料;
(三)医疗诊断证明。
申请表应当写明事故发生的时间和地点。
第三条 有下列情形之一的,不得认定为工伤:
(一)故意犯罪的;
(二)醉酒或者吸毒的。
第四条 费用由基金支付。
第五条 本办法所说的长期待遇,按照下列规定办理:
(一)%s;
(二)死亡的,另行规定。
""" % ("伤残的按月发给津贴" * 50)


@pytest.fixture(scope="module")
def law(tmp_path_factory: pytest.TempPathFactory) -> Answerer:
    """Answers over one law."""
    entry = {"title": "甲市工伤办法", "region": "甲市"}
    return answerer_over(tmp_path_factory.mktemp("law"), {"law": LAW}, {"law": entry})


MATERIALS = (
    "提出工伤认定申请应当提交下列材料:\n(一)工伤认定申请表;\n(二)劳动关系的证明材料;\n(三)医疗诊断证明。"
)
EXCLUDED = "有下列情形之一的,不得认定为工伤:\n(一)故意犯罪的;\n(二)醉酒或者吸毒的。"


@pytest.mark.parametrize(
    ("question", "clause", "quote"),
    [
        ("申请工伤认定交什么材料", "第二条", MATERIALS),
        ("要交医疗诊断证明吗", "第二条", MATERIALS),
        ("喝醉酒受伤算工伤吗", "第三条", EXCLUDED),
    ],
)
def test_the_whole_list(law: Answerer, question: str, clause: str, quote: str):
    """Whichever line fits best, the list is quoted from its lead to its last item, under the lead's own address."""
    best = law.ask(question).citations[0]
    assert best.clause == clause
    assert best.quote.startswith(quote)


def test_a_list_that_is_too_long(law: Answerer):
    """Beyond what may be quoted, the lead stands alone rather than with half a sentence, and the rest is told."""
    answer = law.ask("长期待遇怎么办理")
    assert answer.citations[0].quote.endswith("本办法所说的长期待遇,按照下列规定办理:")
    assert any(note.startswith("第五条后面还有") for note in answer.notes)
