"""Places known without any document: provinces, prefectures, counties."""

import pytest

from index.places import counties_in, counties_of, prefecture_of, provinces


@pytest.mark.parametrize(
    ("county", "prefecture", "province"),
    [
        ("平利县", "安康市", "陕西"),
        ("青浦区", "上海", "上海"),
        ("仙桃市", "湖北", "湖北"),  # held by its province
        ("神农架林区", "湖北", "湖北"),
        ("鼓楼区", "", None),  # several cities have one
    ],
)
def test_a_county_lies_in_one_prefecture_and_province(county, prefecture, province):
    """A name that several counties have is placed nowhere."""
    assert (prefecture_of(county), provinces().get(county)) == (prefecture, province)


@pytest.mark.parametrize("name", ["襄阳市", "襄阳"])
def test_counties_of_a_prefecture(name):
    """By its full name or without 市."""
    assert counties_of(name) == (
        *("襄城区", "樊城区", "襄州区", "南漳县", "谷城县", "保康县"),
        *("老河口市", "枣阳市", "宜城市"),
    )


def test_counties_are_found_where_a_word_begins():
    """The longest name that ends there, in the order of the text, each once."""
    text = "旬阳市和旬阳市、适应城市"
    assert counties_in(text, lambda: {0, 3, 4, 7, 8, 10}) == ("旬阳市",)
    assert counties_in("应城市", lambda: {0, 1}) == ("应城市",)
    assert counties_in("没有地名", lambda: pytest.fail("nothing may be a name")) == ()
