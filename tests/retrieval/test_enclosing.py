"""A question names a place: the documents of the places around it hold there too."""

import pytest

from retrieval.enclosing import Enclosing
from retrieval.pipeline import Answerer
from retrieval.types import AnswerStatus
from tests.retrieval.small import answerer_over

CITY = """甲州市民政局关于公布社会救助标准的通知
一、社会救助标准
(一)全市城乡最低生活保障标准为每人每月1200元。
(二)孤儿养育标准为每人每月2500元。
二、执行时间
以上标准自2025年1月1日起执行。
"""
DISTRICT = """甲州市乙山区住房局关于受理人才公寓申请的公告
一、申请条件
申请人应当在辖区内的企业工作,具有大学本科以上学历。
二、租金标准
人才公寓租金为每平方米每月30元。
"""
STATE = """中华人民共和国某劳动合同法
第一章 总则
第一条 为了完善劳动合同制度,制定本法。
第二章 劳动合同的订立
第二条 三年以上固定期限的劳动合同,试用期不得超过六个月。
第三条 同一用人单位与同一劳动者只能约定一次试用期。
"""
PROVINCE = """河南省某失业保险条例
第一条 为了保障失业人员的基本生活,制定本条例。
第二条 失业保险金按照当地最低工资标准的百分之八十确定。
"""


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> Answerer:
    """A city, a district of it, a province and the state."""
    return answerer_over(
        tmp_path_factory.mktemp("enclosing"),
        {"city": CITY, "district": DISTRICT, "state": STATE, "province": PROVINCE},
        {
            "city": {"title": "甲州市民政局关于公布社会救助标准的通知", "region": "甲州市"},
            "district": {"title": "甲州市乙山区住房局关于受理人才公寓申请的公告", "region": "乙山区"},
            "state": {"title": "中华人民共和国某劳动合同法", "region": "全国"},
            "province": {"title": "河南省某失业保险条例", "region": "河南省"},
        },
    )


@pytest.mark.parametrize(
    ("question", "document", "told"),
    [
        ("乙山区低保一个月多少钱", "city", "乙山区的文件没有写到\uff0c这是甲州市文件里的规定。"),
        ("甲州市试用期最长几个月", "state", "甲州市的文件没有写到\uff0c这是全国文件里的规定。"),
        ("甲州人才公寓租金多少", "district", "甲州市的文件没有写到\uff0c这是乙山区文件里的规定。"),
        ("洛阳失业保险金怎么定", "province", "没有收录洛阳的文件\uff0c这是河南省文件里的规定。"),
    ],
)
def test_the_place_around_answers_and_is_named(asked: Answerer, question: str, document: str, told: str):
    """What the district does not say, its city does; the answer tells whose rule it is."""
    answer = asked.ask(question)
    assert answer.status is AnswerStatus.ANSWERED
    assert (answer.citations[0].document, answer.notes[0]) == (document, told)


@pytest.mark.parametrize(
    ("question", "document"), [("乙山区人才公寓租金多少", "district"), ("甲州市孤儿一个月多少钱", "city")]
)
def test_a_place_that_speaks_for_itself_is_not_spoken_for(asked: Answerer, question: str, document: str):
    """Its own documents come first, and nothing needs telling."""
    answer = asked.ask(question)
    assert answer.citations[0].document == document
    assert not any("文件里的规定" in note for note in answer.notes)


def test_which_region_lies_in_which(asked: Answerer):
    """By what titles print before a name, by the provinces that are known; the state is around all and in none."""
    regions = Enclosing.of(asked.store.documents.values())
    assert regions.around("乙山区") == ("甲州市", "全国")
    assert (regions.around("全国"), regions.inside("全国")) == ((), ())
    assert regions.inside("甲州市") == ("乙山区",)
    assert regions.provinces_of(["洛阳"]) == ("河南省",)
