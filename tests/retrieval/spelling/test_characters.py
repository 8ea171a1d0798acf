"""Characters that are taken for each other."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.spelling.characters import Slip, alike, blurred, is_syllable, readings


@pytest.mark.parametrize(
    ("typed", "meant", "slip"),
    [
        ("但", "担", Slip.SOUND),
        ("今", "金", Slip.SOUND),
        ("埔", "浦", Slip.SOUND),  # alike in both ways: the closer one counts
        ("资", "支", Slip.NEAR_SOUND),  # z for zh
        ("灵", "林", Slip.NEAR_SOUND),  # ing for in
        ("男", "蓝", Slip.NEAR_SOUND),  # n for l
        ("等", "登", Slip.SOUND),  # tones are not told apart
        ("末", "未", Slip.SHAPE),
        ("侍", "待", Slip.SHAPE),
        ("洽", "治", Slip.SHAPE),
        ("拆", "折", Slip.SHAPE),
        ("贷", "货", Slip.SHAPE),
        ("日", "曰", Slip.SHAPE),
    ],
)
def test_how_two_characters_are_alike(typed: str, meant: str, slip: Slip):
    """By sound before nearly by sound before shape."""
    assert alike(typed)[meant] is slip


def test_characters_that_are_not_alike():
    """Neither sound nor shape leads from one to the other."""
    assert "书" not in alike("保")
    assert "保" not in alike("保")


@given(st.characters())
def test_likeness_goes_both_ways(char: str):
    """Whatever is typed, what it may have been typed for may have been typed for it."""
    assert all(char in alike(other) for other in alike(char))


@pytest.mark.parametrize(
    ("syllable", "heard"), [("zhang", "zan"), ("shi", "si"), ("ning", "lin"), ("hui", "fui"), ("bao", "bao")]
)
def test_sounds_that_are_not_told_apart(syllable: str, heard: str):
    """Blade and curled tongue, n and l, h and f, the nasals."""
    assert blurred(syllable) == heard


def test_readings_and_syllables():
    """A character with two readings has both; letters that no character is read as are no syllable."""
    assert readings("重") == ("chong", "zhong")
    assert readings("A") == ()
    assert is_syllable("zhuang")
    assert not is_syllable("zhx")
