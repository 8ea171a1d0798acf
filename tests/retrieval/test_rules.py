"""Rules and guides: asked by kind of fact, answered with whole sentences, told apart by their titles."""

import pytest

from retrieval.dialogue import resolve
from retrieval.pipeline import Answerer
from retrieval.relevance import FITTED_ON, FLOOR, HIGHEST, THRESHOLD, floor, threshold
from retrieval.types import Answer, AnswerStatus, Turn
from tests.retrieval.small import answerer_over

GUIDE = """甲市生育津贴申领指南
一、办理材料
病历资料:职工住院生育的,提供医疗机构盖章的出院记录。
二、办理步骤
职工可以在线上办理,或者携资料前往大厅办理,办理步骤如下:
1.打开应用程序。
2.填写表格。
附件:
1.生育津贴申请表.docx
2.生育津贴承诺书.docx
"""
HOUSING = """甲市公共租赁住房管理办法
第一章 申请
第一条 申请公共租赁住房应当同时符合下列条件:
(一)具有本市户籍;
(二)家庭收入符合公布的标准;
(三)法律、法规规定的其他情形。
第二条 经审核后符合公共租赁住房条件的,可以继续享受公共租赁住房保障;不符合公共租赁住房条件的,按规定退出公共租赁住房保障。
第二章 附则
第三条 本办法自印发之日起施行,有效期5年。
"""
FUND = """某某公积金管理条例
第一条 单位不办理公积金缴存登记的,责令限期办理;逾期不办理的,处1万元以上5万元以下的罚款。
第二条 职工公积金缴存比例不低于5%。
"""
LABOUR = """中华人民共和国某劳动合同法
第一条 三年以上固定期限的劳动合同,试用期不得超过六个月。
第二条 经济补偿按工作年限,每满一年支付一个月工资。
第三条 同一用人单位只能约定一次试用期。
"""
CITY_LABOUR = """乙市劳动合同条例
第一条 劳动合同期限满三年的,试用期不得超过三个月。
第二条 续订劳动合同不得约定试用期。
"""
_TEXTS = {"guide": GUIDE, "housing": HOUSING, "fund": FUND, "labour": LABOUR, "city": CITY_LABOUR}
_REGIONS = {"guide": "甲市", "housing": "甲市", "fund": "全国", "labour": "全国", "city": "乙市"}


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> Answerer:
    """A guide, a local rule, two laws and a local ordinance; none is a plan."""
    entries = {
        name: {"title": text.split("\n")[0], "region": _REGIONS[name]} for name, text in _TEXTS.items()
    }
    return answerer_over(tmp_path_factory.mktemp("rules"), _TEXTS, entries)


def _point(answer: Answer) -> str:
    return answer.citations[0].quote


def test_papers_are_looked_for_under_the_heading_of_papers(asked: Answerer):
    """Other sentences hold more of the question's words; files that hang on the page are never quoted."""
    answer = asked.ask("甲市领生育津贴要准备啥材料")
    assert _point(answer) == "病历资料:职工住院生育的,提供医疗机构盖章的出院记录。"
    assert answer.status is AnswerStatus.ANSWERED
    assert not any(".docx" in citation.quote for citation in answer.citations)


def test_conditions_are_the_list_that_is_led_by_them(asked: Answerer):
    """Not the sentence that says the word most often."""
    assert _point(asked.ask("甲市公租房要啥条件")).startswith("申请公共租赁住房应当同时符合下列条件:\n(一)")


def test_a_rule_answers_with_its_sentence_and_shows_the_value_beside(asked: Answerer):
    """A bare number would leave its conditions out."""
    answer = asked.ask("公积金缴存比例最低是多少")
    assert answer.statements[0].text == "“职工公积金缴存比例不低于5%。”"
    assert ("5", "%") in {(value.row.value, value.row.unit) for value in answer.indicators}


def test_a_sentence_is_quoted_from_its_beginning_to_its_end(asked: Answerer):
    """What stands behind a semicolon needs what stands before it."""
    assert _point(asked.ask("不办公积金登记罚款多少")) == (
        "单位不办理公积金缴存登记的,责令限期办理;逾期不办理的,处1万元以上5万元以下的罚款。"
    )


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("甲市公租房办法有效期到哪年", "“第三条 本办法自印发之日起施行,有效期5年。”"),
        ("乙市劳动合同条例的文号", "《乙市劳动合同条例》没有写文号。"),
    ],
)
def test_a_document_is_known_by_a_part_of_its_title(asked: Answerer, question: str, said: str):
    """And by the everyday word for its subject; the term it sets itself is quoted."""
    assert asked.ask(question).statements[0].text == said


def test_two_named_documents_of_two_places_are_compared(asked: Answerer):
    """The place named with one of them leaves the other in."""
    answer = asked.ask("乙市劳动合同条例和某劳动合同法对试用期的规定有什么不同")
    assert {citation.document for citation in answer.citations} == {"labour", "city"}


def test_the_next_article_of_a_law(asked: Answerer):
    """下一条 is no number of an article."""
    history = [Turn("某劳动合同法第一条")]
    assert _point(asked.ask("下一条讲什么", history)).endswith("每满一年支付一个月工资。")


@pytest.mark.parametrize("follow_up", ["要带什么材料", "到什么时候为止", "要办什么手续"])
def test_what_only_names_an_aspect_goes_on_with_the_subject(asked: Answerer, follow_up: str):
    """Nobody brings papers to nothing."""
    resolved = resolve(follow_up, [Turn("生育津贴怎么申请")], asked.context)
    assert "生育" in resolved.question.terms


def test_more_passages_need_a_better_fit():
    """By chance one of many always fits a little; the two plans keep the threshold they were fitted with."""
    assert threshold(FITTED_ON) == threshold(10) == THRESHOLD
    assert THRESHOLD < threshold(1_000) < threshold(3_000) < HIGHEST
    assert [floor(FITTED_ON), floor(10**6)] == [0.0, FLOOR]
    assert threshold(1_000_000) == HIGHEST
