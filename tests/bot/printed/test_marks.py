"""Where quoted words stand: whole, wrapped, in cells, twice on a page, not at all."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.printed.marks import folded, marks
from bot.printed.types import PrintedPage

SIZE = 10


def page(*rows: str) -> PrintedPage:
    """Set rows of letters on a grid, ten pixels a letter; blanks leave room."""
    placed = [(letter, x, y) for y, row in enumerate(rows) for x, letter in enumerate(row) if letter != " "]
    boxes = tuple((x * SIZE, y * 20, x * SIZE + SIZE, y * 20 + SIZE) for _, x, y in placed)
    return PrintedPage(400, 400, "".join(letter for letter, _, _ in placed), boxes, Path("page.png"))


@pytest.mark.parametrize(
    ("rows", "words", "before", "expected"),
    [
        (("一二三四五",), "三四", "", [(20, 0, 40, 10)]),
        (("一二三四", "五六七八"), "四五六", "", [(30, 0, 40, 10), (0, 20, 20, 30)]),
        (("补贴三百元", "补贴三百元"), "三百元", "补贴三百元\n补贴", [(20, 20, 50, 30)]),
        (("\uff12\uff10\uff12\uff15年(目标)",), "2025 年\uff08目标\uff09", "", [(0, 0, 90, 10)]),
        (("就业    55万人",), "| 就业 | 55万人 |", "", [(0, 0, 20, 10), (60, 0, 100, 10)]),
        (
            ("新增公租房甲", "注2400套以上"),
            "| 新增公租房 | 2400套以上 |",
            "",
            [(0, 0, 50, 10), (10, 20, 80, 30)],
        ),
        (("一二三四",), "五六", "", []),
        (("一二三四",), " |\n", "", []),
        ((), "一二", "", []),
    ],
    ids=["part", "wrapped", "second", "forms", "row", "pieces", "missing", "blank", "empty page"],
)
def test_marks_stand_where_the_words_do(rows, words, before, expected):
    """Line by line; of equal words those that are meant; nothing where the words are not."""
    assert list(marks(page(*rows), words, before)) == expected


def test_columns_drawn_out_of_turn_are_read_by_rows():
    """A file may draw the right half of a line before the left."""
    one = page("一二三四")
    turned = PrintedPage(400, 400, "三四一二", (*one.boxes[2:], *one.boxes[:2]), one.picture)
    assert marks(turned, "二三") == ((10, 0, 30, 10),)


@given(st.text(max_size=60), st.text(max_size=20))
def test_any_words_of_any_page_are_marked_inside_it(letters, words):
    """No page and no quote breaks the search; marks never leave the page's letters."""
    made = page(letters.replace("\n", "")) if letters else page()
    for left, _, right, _ in marks(made, words):
        assert 0 <= left < right <= SIZE * max(len(letters), 1)


@given(st.text(), st.text())
def test_letters_are_folded_one_by_one(left, right):
    """A letter is the same wherever it stands; no blank is left."""
    both = folded(left + right)
    assert (both, any(letter.isspace() for letter in both)) == (folded(left) + folded(right), False)
