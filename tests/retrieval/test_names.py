"""Which names of measures read as names."""

import pytest

from retrieval.names import is_reckoned, reads_as_name


@pytest.mark.parametrize(
    ("name", "reads"),
    [
        ("补贴标准", True),
        ("按期结案率", True),
        ("城乡最低生活保障标准", True),
        ("向其支付经济补偿的标准按职工月平均工资", False),
        ("对受影响较大的企业", False),
        ("培训(含网络)", False),
        ("", False),
    ],
)
def test_names_and_halves_of_sentences(name, reads):
    """A name can be asked for; half a sentence cannot."""
    assert reads_as_name(name) is reads


@pytest.mark.parametrize(
    ("name", "reckoned"), [("标准按月平均工资", True), ("按期结案率", False), ("按月发放率", False)]
)
def test_a_multiple_of_something_else(name, reckoned):
    """三倍 of what stands in the name says nothing alone; 按期 and 按月 reckon nothing."""
    assert is_reckoned(name) is reckoned
