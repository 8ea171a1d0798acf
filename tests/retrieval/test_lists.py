"""Whole lists of values: tables, categories, chapters, rows, and what rises or falls."""

import pytest

from retrieval.pipeline import Answerer

OF_2025 = [
    "年均新增就业岗位",
    "每年城镇登记失业人数",
    "年均帮助成功创业",
    "零就业家庭",
    "完成职业技能培训人数",
    "新增首席技师资助项目",
    "建会企业中劳动关系和谐企业创建率",
    "劳动监察举报投诉按期结案率",
    "劳动人事争议仲裁年度结案率",
    "人社系统信息共享",
]
OF_LABOUR_2020 = [
    "独立建会企业中劳动关系和谐企业创建率",
    "独立建会实地实体型企业集体协商机制建设覆盖率",
    "集体合同签订率",
    "劳资纠纷基层化解处置率",
]


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("把青浦十四五的主要指标表列出来", OF_2025),
        ("青浦表1", OF_2025),
        ("青浦所有指标列一下", OF_2025),
        ("青浦就业创业类的指标都有哪些", OF_2025[:6]),
        ("青浦劳资关系类指标有几项", OF_2025[6:9]),
        ("青浦公共服务类指标", OF_2025[9:]),
        ("青浦十三五劳动关系方面的指标列一下", OF_LABOUR_2020),
        ("就业创业方面青浦有哪些预期性指标", OF_2025[4:6]),
    ],
)
def test_a_table_or_a_category(answerer: Answerer, question: str, names: list[str]):
    """One target a measure, in the order of the table, and nothing else."""
    answer = answerer.ask(question)
    assert [v.row.name for v in answer.indicators] == names
    assert [s.text.partition(":")[0] for s in answer.statements] == names
    assert {v.row.role.value for v in answer.indicators} == {"target"}


def test_the_values_of_a_chapter(answerer: Answerer):
    """A plan without a table has chapters; the heading need not be given whole."""
    answer = answerer.ask("襄阳创业带动就业定了哪些量化指标")
    assert [(v.row.name, v.row.value, v.row.unit) for v in answer.indicators] == [
        ("各类创业基地", "10", "个"),
        ("返乡创业", "1.5", "万人"),
        ("创业培训", "3", "万人"),
        ("扶持创业", "2.5", "万人"),
        ("带动就业", "7.5", "万人"),
        ("举办创业创新大赛", "3", "场"),
    ]


def test_main_measures_of_a_plan_whose_table_is_empty(answerer: Answerer):
    """The chapter of aims stands in for it."""
    answer = answerer.ask("襄阳主要指标有哪些")
    assert [v.row.name for v in answer.indicators[:3]] == [
        "城镇新增就业",
        "城镇登记失业率",
        "基本养老保险参保",
    ]
    assert {v.row.clause for v in answer.indicators} == {"第二章/第三节"}


def test_a_row_by_its_number(answerer: Answerer):
    """Target and baseline of the sixth."""
    rows = [v.row for v in answerer.ask("青浦指标表第6项是什么").indicators]
    assert [(row.name, row.value, row.role.value) for row in rows] == [
        ("新增首席技师资助项目", "60", "target"),
        ("新增首席技师资助项目", "60", "baseline"),
    ]


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("青浦哪些指标的目标比基准值低", ["年均帮助成功创业", "劳动监察举报投诉按期结案率"]),
        ("青浦十四五哪个指标提高的幅度最大", ["建会企业中劳动关系和谐企业创建率"]),
        ("青浦约束性指标里哪些目标比基准低", ["年均帮助成功创业", "劳动监察举报投诉按期结案率"]),
        ("青浦十三五哪个指标超额最多", ["集体合同签订率"]),
        (
            "青浦哪些指标目标和基准一样",
            ["年均新增就业岗位", "新增首席技师资助项目", "劳动人事争议仲裁年度结案率"],
        ),
        ("青浦哪些指标比基准值高", ["完成职业技能培训人数", "建会企业中劳动关系和谐企业创建率"]),
    ],
)
def test_what_rises_or_falls(answerer: Answerer, question: str, names: list[str]):
    """Each with its arithmetic, resting on the row of the table."""
    statements = answerer.ask(question).statements
    assert [s.text.partition(":")[0] for s in statements] == names
    assert all(s.worked and s.source for s in statements)


def test_targets_against_achievements(answerer: Answerer):
    """Every measure of the old plan with what it was to be and what it became; words are only told."""
    answer = answerer.ask("青浦十三五的指标都完成了吗")
    worked = [s.text for s in answer.statements if s.worked]
    assert worked[2] == (
        "高技能劳动者占技能劳动者比重:“十三五”期末目标30%,“十三五”期末完成30.4%,比目标高0.4个百分点。"
    )
    assert worked[4].endswith("与目标相同。")
    assert len(worked) == 7
    assert [s.text for s in answer.statements if not s.worked] == [
        "城镇登记失业人数:市下达指标(“十三五”期末目标,约束性)",
        "城镇登记失业人数:市下达指标以内(“十三五”期末完成,约束性)",
    ]


@pytest.mark.parametrize("question", ["青浦就业创业的政策有哪些", "代表哪些人", "青浦社会保障类有哪些指标"])
def test_no_list_where_none_is_asked_or_none_is_there(answerer: Answerer, question: str):
    """A category the table does not have is not made up; a list of policies is no list of values."""
    assert not [s for s in answerer.ask(question).statements if s.text.startswith("年均新增就业岗位")]
