"""Five-year plans and years in questions and rows."""

import pytest

from index.types import Period
from retrieval.periods import era_of_period, era_of_year, eras_in, years_in


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
