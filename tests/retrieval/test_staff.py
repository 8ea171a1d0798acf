"""What staff look up: whose document and when, where words stand, whole clauses, lists of measures, values by unit."""

import pytest

from retrieval.literal import looked_up
from retrieval.pipeline import Answerer
from retrieval.types import AnswerStatus
from retrieval.units_asked import unit_named


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("青浦规划的制定机关是谁", "发文机关:上海市青浦区人民政府"),
        ("青浦这份规划哪家单位印发的", "发文机关:上海市青浦区人民政府"),
        ("青浦规划谁发的", "发文机关:上海市青浦区人民政府"),
        ("青府办发[2021]57号哪天印发的", "发布日期:2021年12月30日"),
        ("青府办发〔2021〕57号是什么时候出台的文件", "发布日期:2021年12月30日"),
        ("57号文是谁发的", "发文机关:上海市青浦区人民政府"),
    ],
)
def test_who_issued_it_and_when(answerer: Answerer, question: str, said: str):
    """By its region, its number, or a part of its number."""
    answer = answerer.ask(question)
    assert answer.status is AnswerStatus.ANSWERED
    assert [s.text for s in answer.statements] == [f"《青浦区就业和社会保障“十四五”规划》的{said}"]


def test_an_issuer_that_is_not_stated(answerer: Answerer):
    """The document names none, and none is made up."""
    assert answerer.ask("襄阳规划是哪个部门编的").missing == ("发文机关",)


def test_another_number_is_no_document(answerer: Answerer):
    """Only one that is there is meant."""
    assert answerer.ask("58号文哪天发的").status is AnswerStatus.NOT_FOUND


@pytest.mark.parametrize(
    ("question", "clauses"),
    [
        ("首席技师出自哪一条", ["三/(一)/5", "二/(三)/1", "二/(三)/表1"]),
        ("导办前端服务写在哪里", ["第四章/第三节/(五)/具体路径/5"]),
        ("哪条提到了店小二", ["第四章/第三节/(五)/具体路径/5"]),
        ("无申享出处", ["第四章/第三节/(五)/具体路径/5"]),
    ],
)
def test_where_words_stand_without_quotation_marks(answerer: Answerer, question: str, clauses: list[str]):
    """Words that stand there to the letter are looked up; the answer has nothing else and names no counter."""
    answer = answerer.ask(question)
    assert sorted({c.clause for c in answer.citations}) == sorted(clauses)
    assert answer.notes == ()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("容缺办理出自哪里", ("容缺办理",)),
        ("请问工作专班在哪一条", ("工作专班",)),
        ("哪一条写了绿色通道", ("绿色通道",)),
        ("一次办好这个说法出自哪一章", ("一次办好",)),
        ("社保在哪里", ()),  # too short: it stands everywhere
        ("去哪里领补贴", ()),
        ("窗口在几楼", ()),
    ],
)
def test_words_whose_place_is_asked(text: str, words: tuple[str, ...]):
    """The words are what the way of asking leaves."""
    assert looked_up(text, lambda said: said != "窗口") == words


def test_words_that_do_not_stand_there_are_searched_for():
    """不在原文里的词 is a question like any other."""
    assert looked_up("容缺办理出自哪里", lambda _said: False) == ()


def test_a_short_clause_is_shown_whole(answerer: Answerer):
    """In its own order, not by how well its sentences fit 全文."""
    answer = answerer.ask("青浦三(二)4全文发一下")
    assert [c.clause for c in answer.citations] == ["三/(二)/4"]
    assert answer.citations[0].quote.startswith("4.完善工伤保险体系。")
    assert answer.notes == ()


def test_a_long_clause_says_that_it_goes_on(answerer: Answerer):
    """Five of its eleven passages are shown, and it is said how many there are."""
    answer = answerer.ask("青浦三(一)5讲什么")
    assert len(answer.citations) == 5
    assert [note.partition("\uff0c")[0] for note in answer.notes] == ["三(一)5共11段"]


@pytest.mark.parametrize("asking", ["罗列一下", "列举", "逐条列出"])
def test_measures_without_headings_of_their_own(answerer: Answerer, asking: str):
    """All five measures under the heading, the one with a heading by it, the others by their first sentence."""
    answer = answerer.ask(f"{asking}襄阳社保基金监管的措施")
    assert [c.clause.rpartition("/")[2] for c in answer.citations] == ["1", "2", "3", "4", "5"]
    assert answer.statements[2].text == "深入开展社保基金管理风险警示教育"
    assert (
        answer.statements[3].text == "“加强基金监管队伍建设,落实基金监管人员持证上岗制度,提升人员能力素质。”"
    )


@pytest.mark.parametrize(
    ("question", "unit"),
    [
        ("单位是“家”的目标", "家"),
        ("单位为万人的指标有哪些", "万人"),
        ("以%为单位的指标", "%"),
        ("按百分比计算的目标", "%"),
        ("用人单位的目标是什么", ""),
        ("责任单位有哪些", ""),
    ],
)
def test_a_unit_by_name(question: str, unit: str):
    """用人单位 is no unit of measure."""
    assert unit_named(question) == unit


@pytest.mark.parametrize(
    ("question", "values"),
    [
        ("襄阳单位是“场”的目标有哪些", [("举办创业创新大赛", "3", "场")]),
        (
            "青浦以“个”为单位的指标",
            [("新增首席技师资助项目", "60", "个"), ("年均新增就业岗位", "18000", "个")],
        ),
    ],
)
def test_values_by_their_unit(answerer: Answerer, question: str, values: list[tuple[str, str, str]]):
    """Those printed in just that unit, each once, and nothing else."""
    rows = [v.row for v in answerer.ask(question).indicators]
    assert [(row.name, row.value, row.unit) for row in rows] == values
