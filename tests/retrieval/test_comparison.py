"""Two values of a measure and what lies between them: over periods, against a target, over regions."""

import pytest

from retrieval.pipeline import Answerer


@pytest.mark.parametrize(
    ("question", "line"),
    [
        (
            "青浦新增岗位目标比十三五实际少了多少",
            "年均新增就业岗位:“十三五”年均完成超过18400个 → 2025年目标18000个,减少400个,约2.2%(按文件写的数字算)。",
        ),
        (
            "青浦和谐企业创建率目标比基准提高几个百分点",
            "建会企业中劳动关系和谐企业创建率:2020年基准46% → 2025年目标50%,提高4个百分点。",
        ),
        (
            "襄阳工伤保险参保人数要增加多少",
            "工伤保险参保:“十三五”期末完成64.5万人 → “十四五”期末目标66万人,增加1.5万人,约2.3%。",
        ),
        (
            "襄阳社保卡持卡人数比十三五末增长百分之几",
            "社保卡持卡人数:“十三五”期末完成545.52万人 → “十四五”期末目标560万人,增加14.48万人,约2.7%。",
        ),
        (
            "襄阳2025年比2020年失业率是升了还是降了",
            "城镇登记失业率:“十三五”期末完成不超过3.59% → “十四五”期末目标不超过5%,提高1.41个百分点(按文件写的数字算)。",
        ),
        (
            "青浦十三五集体合同签订率比目标高出多少",
            "集体合同签订率:“十三五”每年目标不低于85%,“十三五”年均完成超过97%,比目标高12个百分点(按文件写的数字算)。",
        ),
        (
            "青浦十三五目标和十四五目标比,新增岗位变了多少",
            "年均新增就业岗位:“十三五”每年目标不低于18000个 → 2025年目标18000个,没有变化(按文件写的数字算)。",
        ),
    ],
)
def test_a_change_is_worked_out(answerer: Answerer, question: str, line: str):
    """Both operands are named, and both rows stand among the values."""
    answer = answerer.ask(question)
    first = answer.statements[0]
    assert first.text == line
    assert first.worked is not None
    assert {first.worked.before, first.worked.after} == {v.row for v in answer.indicators[:2]}


@pytest.mark.parametrize(
    "question",
    ["青浦一年要增加多少岗位", "襄阳失业率要降到多少", "襄阳失业保险要新增扩面多少人", "青浦零就业家庭目标"],
)
def test_no_change_is_worked_out_where_none_is_asked(answerer: Answerer, question: str):
    """增加多少岗位 asks for 新增就业岗位; 降到多少 for the target itself."""
    assert [s for s in answerer.ask(question).statements if s.worked] == []


def test_what_cannot_be_subtracted_is_said(answerer: Answerer):
    """One of the two is words."""
    answer = answerer.ask("青浦失业人数目标比2020年少多少")
    assert answer.notes == ("“4750人”和“市下达指标之内”不都是数字,没法相减。",)
    assert [s.text.partition(":")[2] for s in answer.statements] == [
        "4750人(2020年基准,约束性)",
        "市下达指标之内(2025年目标,约束性)",
    ]


def test_another_name_in_another_period_is_pointed_out(answerer: Answerer):
    """规模 and 总量 need not count the same people."""
    answer = answerer.ask("襄阳农村劳动力转移就业,十四五目标和十三五末比变化多大")
    assert answer.notes == (
        "注意口径:两期叫法不同,前面是“农村转移就业劳动力规模”,后面是“农村劳动力转移就业总量”,统计范围不一定相同。",
    )


def test_two_regions_are_set_against_each_other(answerer: Answerer):
    """The difference comes last, with the names each plan uses."""
    answer = answerer.ask("青浦和襄阳的仲裁结案率目标哪个高")
    assert answer.statements[-1].text == (
        "两地目标:青浦区92%,襄阳市不低于95%,襄阳市高3个百分点(按文件写的数字算)。"
    )
    assert answer.notes == (
        "注意口径:青浦区写的是“劳动人事争议仲裁年度结案率”,襄阳市写的是“劳动人事争议仲裁结案率”,统计范围不一定相同。",
    )


@pytest.mark.parametrize(
    ("question", "note"),
    [("青浦和襄阳新增就业目标比一比", "“18000个”和“39万人”单位不同,不能直接相减。")],
)
def test_regions_that_count_otherwise(answerer: Answerer, question: str, note: str):
    """No difference is worked out; why is said."""
    answer = answerer.ask(question)
    assert note in answer.notes
    assert [s for s in answer.statements if s.worked] == []


@pytest.mark.parametrize("question", ["两地失业率对比", "青浦和襄阳的和谐企业创建率各是多少"])
def test_a_silent_region_stays_silent(answerer: Answerer, question: str):
    """A value of quite another measure (培育企业10户) is no stand-in."""
    answer = answerer.ask(question)
    assert [s.text for s in answer.statements].count("文件没有写这项指标的数。") == 1
    assert len({v.row.document for v in answer.indicators}) == 1


@pytest.mark.parametrize(
    ("question", "notes"),
    [
        ("襄阳参保人数2021年是多少", ("文件没有单独写2021年的数。",)),
        ("襄阳2025年失业率目标", ()),
        ("襄阳每年新增就业多少人", ("这是整个规划期的数,文件没有分年写。",)),
        ("青浦每年新增多少岗位", ()),
        ("青浦2023年新增岗位多少", ()),
    ],
)
def test_what_is_not_stated_of_a_single_year(answerer: Answerer, question: str, notes: tuple[str, ...]):
    """A value at the end of a plan is none of its second year; one of every year is."""
    assert answerer.ask(question).notes == notes


def test_one_year_of_two_regions_is_no_comparison_of_periods(answerer: Answerer):
    """2025年 only says which values are meant."""
    answer = answerer.ask("青浦2025年劳动监察结案率比襄阳低多少")
    assert [s.text for s in answer.statements if s.worked] == [
        "两地目标:青浦区98%,襄阳市不低于99%,襄阳市高1个百分点(按文件写的数字算)。"
    ]
