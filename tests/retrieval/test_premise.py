"""What a question takes for granted is held against the documents."""

import pytest

from retrieval.pipeline import Answerer
from retrieval.premise import claims
from retrieval.types import Question


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("每年新增岗位目标是2000个吧", ["2000个"]),
        ("失业率是不是3%", ["3%"]),
        ("听说结案率要达到百分之九十八", ["百分之九十八"]),
        ("不是说要新增就业五十万人吗", ["五十万人"]),
        ("为什么目标才三万人", ["三万人"]),
        ("要建十个平台吗", ["十个"]),
        ("失业率目标三成对吗", ["三成"]),
        ("养老金是3000块吧", ["3000块"]),
        ("目标是十八万对吧", ["十八万"]),
        ("我记得目标是49%", ["49%"]),
        ("我们市目标是49%吧", ["49%"]),
        ("我欠薪2万块,该怎么办", []),
        ("我干了3000个小时给钱吗", []),
        ("目标是多少", []),
        ("2025年的目标达到了吗", []),
        ("十四五目标是第三代社保卡吗", []),
        ("干满12个月有补贴吗", []),
        ("目标2000个", []),
    ],
)
def test_only_what_is_believed_is_a_claim(text: str, said: list[str]):
    """A confirmation, hearsay or a why; not the asker's own money, not years, not terms."""
    assert [claim.said for claim in claims(Question(text, text))] == said


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("青浦每年新增岗位的目标是2000个对吧", "文件写的是18000个,不是2000个。"),
        ("襄阳失业率目标是不是3%以内", "文件写的是不超过5%,不是3%。"),
        ("听说青浦仲裁结案率要达到百分之九十八", "文件写的是92%,不是百分之九十八。"),
        ("为什么襄阳返乡创业目标才5000人", "文件写的是1.5万人,不是5000人。"),
        ("襄阳要建十个零工市场平台吗", "文件写的是8个,不是十个。"),
        ("青浦登记失业人数目标是4000人吗", "文件写的是市下达指标之内,不是4000人。"),
        ("襄阳城镇新增就业是不是39万人", "对,文件写的就是39万人。"),
        ("襄阳返乡创业目标是一万五千人吧", "对,文件写的就是1.5万人。"),
        (
            "襄阳养老保险参保是不是372.09万人",
            "372.09万人是“养老保险参保人数”的“十三五”期末完成;“十四五”期末目标是375万人。",
        ),
        ("襄阳养老保险参保率是90%还是95%", "对,文件写的就是90%。"),
        ("襄阳失业率目标是3.59%吧", "3.59%是“十三五”期末完成;“十四五”期末目标是不超过5%。"),
        (
            "青浦建会企业和谐创建率目标是不是49%",
            "49%是“独立建会企业中劳动关系和谐企业创建率”的“十三五”期末完成;2025年目标是50%。",
        ),
    ],
)
def test_a_number_is_confirmed_or_corrected(answerer: Answerer, question: str, first: str):
    """The correction comes first, with the source of what the document says."""
    answer = answerer.ask(question)
    assert answer.statements[0].text == first
    assert answer.statements[0].source == answer.statements[1].source


def test_two_numbers_are_judged_apart(answerer: Answerer):
    """One is the old plan's, the other the new one's."""
    answer = answerer.ask("青浦新增就业岗位从18400降到18000了吗")
    assert [s.text for s in answer.statements[:2]] == [
        "18400是“新增就业岗位”的“十三五”年均完成;2025年目标是18000个。",
        "对,文件写的就是18000个。",
    ]


def test_a_claimed_change_is_worked_out(answerer: Answerer):
    """提高了10个百分点 is no value: the true change answers it."""
    answer = answerer.ask("青浦创建率目标比基准提高了10个百分点对吗")
    assert [s.text for s in answer.statements] == [
        "建会企业中劳动关系和谐企业创建率:2020年基准46% → 2025年目标50%,提高4个百分点。"
    ]


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("襄阳第四代社保卡持卡人数目标多少", "文件里没有“第四代社保卡持卡”,写的是“第三代社保卡持卡”。"),
        ("青浦“1+2+N”就业政策体系是什么", "文件里没有“1+2+N”,写的是“1+1+N”。"),
        ("襄阳人社要实现“五度”吗", "文件里没有“五度”,写的是“四度”。"),
    ],
)
def test_a_wrong_numbered_name_is_corrected(answerer: Answerer, question: str, first: str):
    """With the passage that holds the right one."""
    answer = answerer.ask(question)
    assert answer.statements[0].text == first
    printed = first.rsplit("“", maxsplit=1)[-1].rstrip("”。")
    assert printed in answer.citations[answer.statements[0].source - 1].quote


@pytest.mark.parametrize(
    "question", ["襄阳第三代社保卡目标", "两个人合伙创业有补贴吗", "襄阳一站式服务", "打12333有用吗"]
)
def test_right_and_ordinary_numerals_pass(answerer: Answerer, question: str):
    """No correction where nothing is wrong."""
    assert not any(s.text.startswith("文件里没有“") for s in answerer.ask(question).statements)
