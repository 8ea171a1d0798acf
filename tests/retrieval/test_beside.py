"""What a sentence gets from its neighbours, in the whole corpus and in a part of it."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from retrieval.extent import Extent

SIZES = st.lists(st.integers(0, 5), min_size=1, max_size=6).filter(any)


def _extent(sizes: list[int], rows: list[int] | None = None) -> Extent:
    """Documents of these sizes, all of their passages or some."""
    wanted = np.arange(sum(sizes)) if rows is None else np.array(rows, np.int64)
    return Extent(wanted, np.repeat(np.arange(len(sizes)), sizes), np.array(sizes, np.int64))


def test_neighbours_of_the_same_document_count():
    """The sentence before and the one after, never one of another document."""
    scores = np.array([1, 2, 4, 8, 16], np.float32)
    assert _extent([3, 2]).beside(scores).tolist() == [2, 5, 2, 16, 8]


@given(st.lists(st.floats(0, 1, width=32), max_size=30))
def test_sentences_that_are_documents_have_no_neighbours(scores):
    """A document of one sentence gets nothing from beside it."""
    alone = _extent([1] * len(scores))
    assert alone.beside(np.array(scores, np.float32)).tolist() == [0.0] * len(scores)


@given(SIZES, st.data())
def test_a_part_is_the_whole_at_its_rows(sizes: list[int], data: st.DataObject):
    """Whatever is taken, spread or added up over a part of the corpus is what the whole has at those rows."""
    total = sum(sizes)
    rows = sorted(data.draw(st.sets(st.integers(0, total - 1), min_size=1)))
    scores = np.array(
        data.draw(st.lists(st.floats(0, 9, width=32), min_size=total, max_size=total)), np.float32
    )
    by_document = np.arange(len(sizes), dtype=np.float32)
    part, whole = _extent(sizes, rows), _extent(sizes)
    for found, every in (
        (part.take(scores), whole.take(scores)),
        (part.beside(scores), whole.beside(scores)),
        (part.spread(by_document), whole.spread(by_document)),
    ):
        assert found.tolist() == every[rows].tolist()
    assert part.documents().tolist() == sorted({int(whole.places[row]) for row in rows})
    asked = data.draw(st.lists(st.integers(0, total - 1)))
    held = [row for row in asked if row in rows]
    assert part.rows[part.positions(np.array(asked, np.int64))].tolist() == held
