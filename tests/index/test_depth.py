import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.depth import find_depths
from index.markers import find_markers

OUTLINES = [
    (["第一章", "第一节", "(一)", "具体路径:", "1.", "2.", "(二)"], [1, 2, 3, 4, 5, 5, 3]),
    (["一、", "(一)", "1.", "(1)", "①", "②", "(2)", "2.", "(二)", "二、"], [1, 2, 3, 4, 5, 5, 4, 3, 2, 1]),
    (["第一节", "一、", "(一)", "第二节", "一、"], [1, 2, 3, 1, 2]),
    (["第一编", "第一章", "第一条", "第二编", "第一章"], [1, 2, 3, 1, 2]),
    # articles run on through the chapters
    (["第一章", "第一条", "(一)", "(二)", "第二条", "第二章", "第三条"], [1, 2, 3, 3, 2, 1, 2]),
    # the document nests (一) below 1.
    (["1.", "(一)", "(二)", "2.", "(一)"], [1, 2, 2, 1, 2]),
    # (一) was first seen above 1., so it does not go below it later
    (["一、", "(一)", "1.", "二、", "1.", "2.", "(一)"], [1, 2, 3, 1, 2, 2, 2]),
    # two 2. in a row, a skipped number
    (["一、", "1.", "2.", "2.", "5.", "二、"], [1, 2, 2, 2, 2, 1]),
    # dashes are siblings, and (一) is not below them
    (["一、", "——", "——", "(一)", "——", "二、"], [1, 2, 2, 2, 3, 1]),
    # labels
    (["(一)", "重点任务:", "1.", "2.", "保障措施:", "1.", "(二)"], [1, 2, 3, 3, 2, 3, 1]),
    (["1.", "重点任务:", "(1)", "(2)", "2.", "重点任务:", "(1)"], [1, 2, 3, 3, 1, 2, 3]),
    # a box stands where it is printed, an annex at the root
    (["一、", "专栏1", "1.", "2.", "二、", "附件1", "一、", "(一)"], [1, 2, 3, 3, 1, 1, 2, 3]),
    # the text goes on behind this table's heading, so it stands inside
    (["第一章", "第一节", "附表1", "1.", "第二节", "附件1", "1."], [1, 2, 3, 4, 2, 1, 2]),
    ([], []),
]


@pytest.mark.parametrize(("printed", "depths"), OUTLINES, ids=lambda value: " ".join(map(str, value)))
def test_depths(printed: list[str], depths: list[int]):
    """A list of markers in, a list of depths out."""
    assert find_depths(find_markers("\n".join(printed))) == depths


@given(
    st.lists(
        st.sampled_from(["第一章", "第二节", "第三条", "一、", "(二)", "1.", "2.", "(1)", "①", "——", "附件1"])
    )
)
def test_any_order_gives_an_outline(printed: list[str]):
    """Depths start at one and never go more than one deeper at once."""
    depths = find_depths(find_markers("\n".join(printed)))
    assert all(1 <= depth <= before + 1 for before, depth in zip([0, *depths], depths, strict=False))
