"""Where a citation stands in the document's file."""

import pytest

from retrieval.cite import page_of


@pytest.mark.parametrize(
    ("pages", "offset", "page"),
    [
        ((), 5, None),
        ((0, 10, 20), 0, 1),
        ((0, 10, 20), 9, 1),
        ((0, 10, 20), 10, 2),
        ((0, 10, 10, 20), 10, 3),
        ((0, 10, 20), 99, 3),
        ((4, 10), 2, 1),
    ],
    ids=[
        "no pages",
        "start",
        "last of page",
        "first of page",
        "blank page before",
        "last page",
        "before page 1",
    ],
)
def test_a_character_stands_on_the_page_that_began_last(
    pages: tuple[int, ...], offset: int, page: int | None
):
    """Pages count from 1; a blank page holds nothing."""
    assert page_of(pages, offset) == page
