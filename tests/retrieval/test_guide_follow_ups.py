"""Follow-ups over guides and rules: another fact of the same subject, from the document that answered before."""

import pytest

from retrieval.dialogue import resolve
from retrieval.pipeline import Answerer
from retrieval.types import AnswerStatus, FactKind, Turn
from tests.retrieval.small import answerer_over

LOAN = """甲州市助学贷款办理指南
一、申请条件
家庭经济困难的本市籍大学生。
二、贷款额度
本专科生每人每年最高16000元,研究生每人每年最高20000元。
三、申请材料
1.贷款申请表;
2.录取通知书;
3.户口簿复印件。
四、办理时限
自受理之日起12个工作日办结。
五、咨询电话
市学生资助中心:0999-6543210
"""
STUDY = """甲州市技能提升培训办理指南
一、申请材料
1.培训报名表;
2.毕业证书。
二、办理时限
自受理之日起3个工作日办结。
三、咨询电话
市技能培训中心:0999-1112223
"""
INJURY = """工伤待遇规定
第一条 七级伤残的,发给13个月的本人工资;
第二条 八级伤残的,发给11个月的本人工资;
第三条 九级伤残的,发给9个月的本人工资。
"""


@pytest.fixture(scope="module")
def guides(tmp_path_factory: pytest.TempPathFactory) -> Answerer:
    """Two guides of one city and a rule of the country."""
    texts = {"study": STUDY, "loan": LOAN, "injury": INJURY}
    regions = {"loan": "甲州市", "study": "甲州市", "injury": "全国"}
    entries = {name: {"title": text.split("\n")[0], "region": regions[name]} for name, text in texts.items()}
    return answerer_over(tmp_path_factory.mktemp("follow-ups"), texts, entries)


@pytest.mark.parametrize(
    ("before", "asked", "document", "words"),
    [
        (
            "甲州助学贷款最多能贷多少",
            "要带什么材料",
            "loan",
            "1.贷款申请表;\n2.录取通知书;\n3.户口簿复印件。",
        ),
        ("甲州助学贷款要带什么材料", "那要多久呢", "loan", "自受理之日起12个工作日办结。"),
        ("甲州助学贷款要带什么材料", "要多少天", "loan", "自受理之日起12个工作日办结。"),
        ("甲州助学贷款最多能贷多少", "电话多少", "loan", "市学生资助中心:0999-6543210"),
        ("甲州技能提升培训要什么材料", "打什么电话", "study", "市技能培训中心:0999-1112223"),
        ("甲州技能提升培训要什么材料", "多久", "study", "自受理之日起3个工作日办结。"),
    ],
)
def test_another_fact_of_the_same_subject(
    guides: Answerer, before: str, asked: str, document: str, words: str
):
    """The new kind of fact alone is asked for, of the guide that answered before; nothing is said to be missing."""
    answer = guides.ask(asked, [Turn(before)])
    assert (answer.status, answer.missing) == (AnswerStatus.ANSWERED, ())
    assert (answer.citations[0].document, answer.citations[0].quote) == (document, words)


def test_the_next_of_a_series(guides: Answerer):
    """那九级呢 asks the same of another grade."""
    answer = guides.ask("那九级呢", [Turn("七级伤残赔几个月工资")])
    assert "九级伤残的,发给9个月的本人工资" in answer.citations[0].quote


def test_the_words_of_the_earlier_kind_are_left_behind(guides: Answerer):
    """要带材料 is not searched for when the question is how long it takes."""
    question = resolve("要多久", [Turn("甲州助学贷款要带什么材料")], guides.context).question
    assert "材料" not in question.core
    assert question.core.startswith("助学贷款")
    assert (question.kinds, question.regions) == ({FactKind.DATE}, ("甲州市",))
