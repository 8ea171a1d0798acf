"""Five-year plans and years in questions and rows."""

import pytest

from index.types import Indicator, Period, Role, Span
from retrieval.periods import covers_year, era_of_period, era_of_year, eras_in, without_periods, years_in


@pytest.mark.parametrize(
    ("year", "era"), [(2015, 12), (2016, 13), (2020, 13), (2021, 14), (2025, 14), (2026, 15), (2030, 15)]
)
def test_a_year_lies_in_its_plan(year, era):
    """The 13th plan covers 2016–2020, the 14th 2021–2025, and so on by fives."""
    assert era_of_year(year) == era


def test_a_document_belongs_to_the_plan_it_ends_with():
    """A plan period is named after its last year."""
    assert era_of_period(Period(2021, 2025)) == 14


@pytest.mark.parametrize(
    ("question", "eras"),
    [
        ("“十三五”期末失业率多少", (13,)),
        ("十四五末要到多少", (14,)),
        ("十三五实际和十四五要求比比", (13, 14)),
        ("上个五年完成得怎么样", (13,)),
        ("前一个五年管住了没", (13,)),
        ("这五年打算教多少人", (14,)),
        ("前五年有多少,后五年要到多少", (13, 14)),
        ("十五五规划", (15,)),
        ("十五年工龄", ()),
        ("第十五条", ()),
        ("有多少岗位", ()),
    ],
)
def test_plans_named_in_a_question(question, eras):
    """Plans are named by number or counted from the documents' own."""
    assert eras_in(question, current=14) == eras


@pytest.mark.parametrize(
    ("question", "years"),
    [
        ("2025年目标", (2025,)),
        ("到25年底要多少", (2025,)),
        ("20年是多少25年要多少", (2020, 2025)),
        ("2030年失业率", (2030,)),
        ("那2020年底做到多少", (2020,)),
        ("缴满15年", ()),
        ("15年以内", ()),
        ("12345热线", ()),
        ("18000个岗位", ()),
    ],
)
def test_years_named_in_a_question(question, years):
    """A short year counts as a calendar year only where it can be one."""
    assert years_in(question) == years


@pytest.mark.parametrize(
    ("text", "years", "rest"),
    [
        ("目标是2000个吧", (), "目标是2000个吧"),
        ("发2025元", (), "发2025元"),
        ("2025年2000户", (2025,), " 2000户"),
        ("2020比2025", (2020, 2025), " 比 "),
    ],
)
def test_a_number_that_counts_is_no_year(text: str, years: tuple[int, ...], rest: str):
    """2000个 is an amount."""
    assert years_in(text) == years
    assert without_periods(text) == rest


@pytest.mark.parametrize(
    ("period", "held"),
    [
        ("2025", {2025}),
        ("十四五期末", {2025}),
        ("十四五每年", {2021, 2022, 2023, 2024, 2025}),
        ("十四五期间", {2021, 2022, 2023, 2024, 2025}),
        ("十三五累计", {2020}),
        ("每年", {2021, 2022, 2023, 2024, 2025}),
    ],
)
def test_the_years_a_value_holds_for(period: str, held: set[int]):
    """The end of a plan is one year; every year of it is five."""
    row = Indicator("d", "一", "x", Role.TARGET, "5", "%", "=", period, "", "", Span(0, 1), Span(0, 1))
    assert {year for year in range(2014, 2030) if covers_year(row, year, 14)} == held
