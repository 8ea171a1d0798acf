"""Asking the same of another region."""

import pytest

from bot.places import asked_of, without_places
from index.types import Document


def document(region: str, *aliases: str) -> Document:
    return Document(region, region, region, aliases, None, None, None, None, f"{region}.txt", "0" * 64)


COVERED = (document("甲山市", "甲山", "甲"), document("乙水区", "乙水"))


@pytest.mark.parametrize(
    ("question", "left"),
    [
        ("甲山市的失业率是多少", "失业率是多少"),
        ("甲山失业率是多少", "失业率是多少"),
        ("甲山和乙水区的失业率", "失业率"),
        ("失业率是多少", "失业率是多少"),
        ("请问乙水有补贴吗", "请问有补贴吗"),
        ("甲山市", "甲山市"),
        ("甲山?", "甲山?"),
        ("", ""),
    ],
)
def test_places_are_taken_out(question: str, left: str):
    """The longest name first, several in a row together; a bare place stays."""
    assert without_places(question, COVERED) == left


def test_the_region_chosen_is_named():
    """Named in the question it outweighs what the talk was about before."""
    assert asked_of("甲山的补贴", "乙水区", COVERED) == "乙水区补贴"
    assert asked_of("甲山的补贴", None, COVERED) == "补贴"
    assert asked_of("补贴", "乙水区", ()) == "乙水区补贴"
