import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.normalize import fold, squeeze
from index.types import Span

MIXED = st.text(st.sampled_from("第三章一、(1)①㈠ \u3000\n\uff08\uff11\uff0e\ufeff\u200b½就业A"), max_size=40)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("\uff08\uff14\uff09", "(4)"),
        ("⒈建设", "1.建设"),
        ("内\u3000涵", "内 涵"),
        ("甲\r\n乙", "甲 \n乙"),
        ("零\u200b宽", "零宽"),
        ("", ""),
    ],
)
def test_widths_and_spaces_are_folded(text: str, folded: str):
    """Full-width forms narrow, odd spaces become one, invisible characters go."""
    assert fold(text).text == folded


def test_a_character_that_became_several_maps_back_as_a_whole():
    """Half of ⒈ is still ⒈."""
    folded = fold("甲⒈乙")
    assert folded.text == "甲1.乙"
    assert folded.origin(Span(2, 3)) == Span(1, 2)
    assert folded.folded(Span(1, 2)) == Span(1, 3)


@given(MIXED, st.data())
def test_every_folded_span_comes_from_a_span_of_the_original(text: str, data: st.DataObject):
    """Folding the characters a span came from gives text that holds the span's."""
    folded = fold(text)
    start = data.draw(st.integers(0, len(folded.text)))
    end = data.draw(st.integers(start, len(folded.text)))
    origin = folded.origin(Span(start, end))
    assert 0 <= origin.start <= origin.end <= len(text)
    assert folded.text[start:end] in fold(origin.of(text)).text


@given(MIXED)
def test_folding_twice_changes_nothing(text: str):
    """A folded text folds to itself."""
    once = fold(text).text
    assert fold(once).text == once


@pytest.mark.parametrize(
    ("text", "squeezed"),
    [("内 涵", "内涵"), (" 主要\u3000目标 ", "主要目标"), ("PC 端", "PC 端"), ("A B", "A B")],
)
def test_gaps_between_chinese_characters_close(text: str, squeezed: str):
    """A gap beside a Latin letter is a space and stays."""
    assert squeeze(text) == squeezed
