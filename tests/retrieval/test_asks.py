"""Several numbers asked for at once: of two periods, of target and achievement, of two measures."""

import pytest

from index.types import Role
from retrieval.asks import Side, parts, sides
from retrieval.pipeline import Answerer

THEN = (Role.ACTUAL, Role.BASELINE, Role.TARGET)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("失业率多少", []),
        ("培训多少人,带动就业多少人", ["培训多少人", "带动就业多少人"]),
        ("持卡的现在几万人 到2025年呢", ["持卡的现在几万", "人 到2025年呢"]),
    ],
)
def test_each_part_asks_for_a_number(text: str, found: list[str]):
    """A question of one part has no parts."""
    assert [part.strip() for part in parts(text)] == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("失业率要压到多少 十三五末又是多少", (Side((14, 13), (Role.TARGET,)), Side((13,), THEN))),
        (
            "十三五签订率定的多少 做到了多少",
            (Side((13,), (Role.TARGET,)), Side((13,), (Role.ACTUAL, Role.BASELINE))),
        ),
        (
            "现在有多少人持卡 到25年呢",
            (Side((13, 14), (Role.ACTUAL, Role.BASELINE)), Side((14,), (Role.TARGET, Role.ACTUAL))),
        ),
        ("培训多少人 带动就业多少人", ()),  # two measures of one period
    ],
)
def test_periods_and_roles_of_the_parts(text: str, found: tuple[Side, ...]):
    """A period that one part names holds for the next one; the plan asked is the fourteenth."""
    assert sides(text, 14) == found


@pytest.mark.parametrize(
    ("question", "said"),
    [
        (
            "襄阳工伤保险参保目标定了多少人 上个五年末是多少",
            ["工伤保险参保:66万人(“十四五”期末目标)", "工伤保险参保人数:64.5万人(“十三五”期末完成)"],
        ),
        (
            "青浦十三五高技能劳动者占比定的多少,实际做到多少",
            [
                "高技能劳动者占技能劳动者比重:30%(“十三五”期末目标,约束性)",
                "高技能劳动者占技能劳动者比重:30.4%(“十三五”期末完成,约束性)",
            ],
        ),
        (
            "襄阳带动就业多少人 举办创业创新大赛多少场",
            ["带动就业:7.5万人(“十四五”期末目标)", "举办创业创新大赛:不低于3场(“十四五”期末目标)"],
        ),
    ],
)
def test_every_number_asked_for_is_stated(answerer: Answerer, question: str, said: list[str]):
    """In the order in which they are asked for."""
    assert [s.text for s in answerer.ask(question).statements] == said


def test_a_rate_is_no_number_of_people(answerer: Answerer):
    """养老保险参保率 holds the words of 养老保险参保多少人, and not what is asked."""
    answer = answerer.ask("襄阳养老保险参保多少人 工伤保险参保多少人")
    assert not any("率" in s.text for s in answer.statements)
    assert any(s.text == "工伤保险参保:66万人(“十四五”期末目标)" for s in answer.statements)


def test_more_or_fewer_asks_for_a_change(answerer: Answerer):
    """变多还是变少 is answered by both values and what they differ by."""
    first = answerer.ask("襄阳工伤保险参保人数到2025年是变多还是变少").statements[0]
    assert first.text == "工伤保险参保:“十三五”期末完成64.5万人 → “十四五”期末目标66万人,增加1.5万人,约2.3%。"


def test_who_asks_for_the_baseline_gets_the_baseline(answerer: Answerer):
    """The target stands beside it among the related values."""
    answer = answerer.ask("青浦仲裁年度结案率的基准值是多少")
    assert [s.text for s in answer.statements] == ["劳动人事争议仲裁年度结案率:92%(2020年基准,约束性)"]
    assert {v.row.role for v in answer.indicators} == {Role.BASELINE, Role.TARGET}
