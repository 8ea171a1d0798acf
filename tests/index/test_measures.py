"""Which names mean one measure."""

import pytest

from index.measures import measure_digest, measure_text, same_measure
from index.types import Indicator, Role, Span


def row(name: str, unit: str = "人", document: str = "jia") -> Indicator:
    """Make a row of a measure."""
    return Indicator(
        document, "", name, Role.TARGET, "5", unit, "=", "2025", "", "就业", Span(0, 1), Span(0, 1)
    )


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (row("帮助成功创业"), row("帮助创业成功人数"), True),
        (row("年均新增就业岗位", "个"), row("新增就业岗位", "人"), True),
        (row("失业保险参保人数", "万人"), row("失业保险参保", "万人"), True),
        (row("养老保险参保人数"), row("养老保险新增参保人数"), False),
        (row("参保人数"), row("新增扩面"), False),
        (row("独立建会企业"), row("建会企业"), False),
        (row("小学招生"), row("小学招生", "%"), False),
        (row("参保率", "%"), row("参保人数"), False),
        (row("参保人数"), row("参保人数", document="yi"), False),
        (row("人数"), row("总数"), False),
    ],
)
def test_same_measure(one: Indicator, other: Indicator, same: bool) -> None:
    """Order, rhythm and counting words do not part measures; a word more, a share or another document does."""
    assert (same_measure(one, other), same_measure(other, one)) == (same, same)


def test_a_measure_is_found_by_its_category_and_name() -> None:
    """Equal words share a vector."""
    assert measure_text(row("参保人数")) == "就业 参保人数"
    assert measure_digest(row("参保人数")) == measure_digest(row("参保人数", "万人", "yi"))
