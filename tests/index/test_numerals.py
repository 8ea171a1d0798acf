import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.numerals import parse_chinese_numeral, to_chinese


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("零", 0),
        ("十", 10),
        ("二十一", 21),
        ("廿三", 23),
        ("一百零五", 105),
        ("两千", 2000),
        ("一万零三", 10003),
        ("三亿", 300_000_000),
        ("二〇二五", 2025),
        ("21", 21),
        ("\uff12\uff11", 21),
    ],
)
def test_numerals_are_read_in_every_script(text: str, number: int):
    """Chinese, ASCII and full-width digits name the same numbers."""
    assert parse_chinese_numeral(text) == number


@pytest.mark.parametrize("text", ["", "第三", "三点五", "3.5", "IV", "-1"])
def test_what_is_no_whole_number_is_refused(text: str):
    """The message names the text."""
    with pytest.raises(ValueError, match="不是数字"):
        parse_chinese_numeral(text)


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (0, "零"),
        (10, "十"),
        (21, "二十一"),
        (105, "一百零五"),
        (110, "一百一十"),
        (10_001, "一万零一"),
        (100_000, "十万"),
    ],
)
def test_numbers_are_written_as_markers_write_them(number: int, text: str):
    """Ten is 十, not 一十."""
    assert to_chinese(number) == text


@given(st.integers(0, 10**8 - 1))
def test_reading_undoes_writing(number: int):
    """Every number in range survives the round trip."""
    assert parse_chinese_numeral(to_chinese(number)) == number


@pytest.mark.parametrize("number", [-1, 10**8])
def test_numbers_out_of_range_are_refused(number: int):
    """The message states the number."""
    with pytest.raises(ValueError, match=str(number)):
        to_chinese(number)
