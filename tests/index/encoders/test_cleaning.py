"""The characters a model gets to see."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.encoders.parts.cleaning import clean


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("", ""),
        ("　\n\t ", ""),
        ("就业\x00岗位", "就业岗位"),
        ("就业\ud800岗位", "就业岗位"),
        ("就业\u200b岗\ufeff位", "就业岗位"),
        ("第 三　章\r\n 就业", "第 三 章 就业"),
        ("３．５９万人", "3.59万人"),
        ("①提高㎡补贴", "1提高m2补贴"),
        ("5%～7%", "5%~7%"),
        ("\u2581就业\ufffd岗位", "就业 岗位"),
        ("ﷺ", "صلى الله عليه وسلم"),
    ],
)
def test_shows_plain_characters(text: str, seen: str):
    """Widths are folded, invisible characters are gone, white space is one space."""
    assert clean(text) == seen


@given(st.text(st.characters()))
def test_cleans_once_for_all(text: str):
    """Whatever comes in, cleaning again changes nothing, and both programs can read it."""
    cleaned = clean(text)
    assert clean(cleaned) == cleaned
    assert cleaned.encode().decode() == cleaned
    assert "\x00" not in cleaned
    assert "  " not in cleaned
