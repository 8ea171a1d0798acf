"""Axes begin at zero and end beyond the longest bar, in round steps."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.charts.scale import tick_text, ticks


@pytest.mark.parametrize(
    ("longest", "unit", "marks"),
    [
        (18400, "个", (0, 5000, 10000, 15000, 20000)),
        (99, "%", (0, 20, 40, 60, 80, 100)),
        (12, "%", (0, 2, 4, 6, 8, 10, 12)),
        (136.4, "%", (0, 25, 50, 75, 100, 125, 150)),
        (0, "户", (0, 1)),
        (1, "个", (0, 0.2, 0.4, 0.6, 0.8, 1.0)),
    ],
)
def test_round_steps(longest: float, unit: str, marks: tuple[float, ...]):
    """A share that reaches half is shown as a part of the whole."""
    assert ticks(longest, unit) == pytest.approx(marks)


@given(st.floats(min_value=1e-6, max_value=1e15))
def test_no_bar_is_cut_off(longest: float):
    """From zero, rising evenly, the last mark not below the longest bar, and few marks."""
    marks = ticks(longest, "个")
    assert marks[0] == 0
    assert marks[-1] >= longest * (1 - 1e-6)
    assert 2 <= len(marks) <= 8
    steps = [after - before for before, after in pairwise(marks)]
    assert steps == pytest.approx([steps[0]] * len(steps))


@pytest.mark.parametrize(
    ("mark", "text"), [(0, "0"), (2.5, "2.5"), (5000, "5000"), (15000, "1.5万"), (2e6, "200万")]
)
def test_marks_as_people_read_them(mark: float, text: str):
    """万 from ten thousand on."""
    assert tick_text(mark) == text
