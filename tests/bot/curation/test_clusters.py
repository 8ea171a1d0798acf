"""Rows → groups; which of them a decision has dealt with."""

from datetime import timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.curation.clusters import group, id_of, wordings_of
from bot.curation.settled import decision_on, settles
from bot.records.types import Decision, DecisionKind, Logged
from tests.bot.records.conftest import NOON


def _row(question: str, asker: str = "甲", minutes: int = 0, generation: int | None = 1) -> Logged:
    at = NOON + timedelta(minutes=minutes)
    return Logged("a", at, "web", asker, question, (), "not_found", None, generation, None, None, 1.0)


def _decision(question: str, kind: DecisionKind = DecisionKind.MISSING) -> Decision:
    return Decision(NOON, "管理员", kind, question, generation=3)


def test_wordings_of_most_people_come_first():
    """Not those one person typed most often."""
    rows = [_row("一", "甲"), _row("一", "甲", 1), _row("一 ", "甲", 2), _row("二", "乙"), _row("二", "丙")]
    assert [(one.text, one.askers, len(one.rows)) for one in wordings_of(rows)] == [
        ("二", 2, 2),
        ("一", 1, 3),
    ]


def test_a_row_joins_the_nearest_leader():
    """Not the first that is near enough, and never by way of another row."""
    angles = np.radians([0, 20, 40, 12, 55])
    vectors = np.stack([np.cos(angles), np.sin(angles)], axis=1).astype(np.float32)
    assert group(vectors, float(np.cos(np.radians(16)))) == [[0], [1, 3], [2, 4]]


@given(
    st.lists(st.floats(0, np.pi), max_size=30),
    st.floats(0.5, 1),
)
def test_groups(angles: list[float], threshold: float):
    """Every row is in one group, near its leader; leaders are apart."""
    vectors = np.array([[np.cos(a), np.sin(a)] for a in angles], np.float32).reshape(-1, 2)
    groups = group(vectors, threshold)
    assert sorted(row for rows in groups for row in rows) == list(range(len(angles)))
    for rows in groups:
        assert all(vectors[rows[0]] @ vectors[row] >= threshold for row in rows[1:])
    leaders = [rows[0] for rows in groups]
    assert leaders == sorted(leaders)
    for place, leader in enumerate(leaders):
        assert all(vectors[leader] @ vectors[other] < threshold for other in leaders[:place])


@pytest.mark.parametrize(
    ("minutes", "generation", "settled"),
    [(-5, 3, True), (5, 3, True), (5, 4, False), (-5, 4, True), (5, 2, True), (5, None, True)],
    ids=["before", "same index", "later index", "clock set back", "rolled back", "unknown index"],
)
def test_settled_until_published(minutes, generation, settled):
    """A question counts again once it is asked of a later index."""
    assert settles(_decision("一"), _row("一", minutes=minutes, generation=generation)) is settled


def test_the_last_decision_counts():
    """By its words, by what is near enough, or by the phrase a synonym was made of."""
    made = [_decision("公积金怎么提取"), _decision("被坑", DecisionKind.SYNONYM), _decision("公积金怎么取")]
    far = np.array([0.1, 0.1, 0.1], np.float32)
    assert decision_on("公积金怎么提取?", far, made, 0.9) is made[0]
    assert decision_on("我被坑了", far, made, 0.9) is made[1]
    assert decision_on("公积金取", np.array([0.95, 0.1, 0.91], np.float32), made, 0.9) is made[2]
    assert decision_on("驾照怎么换", far, made, 0.9) is None


def test_ids():
    """The same words have the same id, whoever computes it."""
    assert id_of("公积金怎么提取") == id_of("公积金怎么提取")
    assert (len(id_of("一")), id_of("一") == id_of("二")) == (8, False)
