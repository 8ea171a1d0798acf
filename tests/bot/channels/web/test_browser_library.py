"""From an answer to the words in their place, and through the explorer, in a real Chromium."""

import pytest

from tests.bot.channels.web.browser import DESKTOP, PHONE, Page, command
from tests.bot.channels.web.stub import QUOTE

OVERFLOW = "return document.documentElement.scrollWidth - document.documentElement.clientWidth"


def test_from_the_answer_to_the_words_in_their_place(page):
    """Ask, unfold the source, see its words marked, follow the link: the reader marks the same words."""
    page.ask("每年新增多少绿地")
    page.press(".ref")
    page.wait_for(".source.lit blockquote mark", [QUOTE])
    page.press(".source.lit .in-place")
    page.wait_for(".text mark", [QUOTE])
    assert page.texts(".validity") == ["规划期2021—2025年,已结束，内容仅供查考，办事请以现行规定为准。"]
    page.press(".steps a[rel='next']")
    page.wait_for("h1", ["四"])
    page.press(".steps a[rel='prev']")
    page.wait(lambda: QUOTE in page.texts(".text")[0])
    assert page.chrome.get_log("browser") == []


def test_a_value_shows_its_words_in_the_reader(page, site):
    """The explorer sorts by value both ways; a value leads to its digits."""
    page.chrome.get(site.address + "indicators")
    assert page.texts(".value") == ["不低于12.5公顷", "9公顷"]
    page.press("th[aria-sort] a[href*='sort=value']")
    page.wait_for(".value", ["9公顷", "不低于12.5公顷"])
    page.press("th[aria-sort='ascending'] a")
    page.wait_for(".value", ["不低于12.5公顷", "9公顷"])
    assert page.texts("th[aria-sort='descending']") == ["值"]
    page.press(".value a")
    page.wait_for(".text mark", ["12.5"])
    assert page.chrome.get_log("browser") == []


def test_labels_in_english_and_back(page):
    """The switch changes the labels and not the documents, on every page, and back."""
    page.press("#language")
    page.wait_for("#send", ["Ask"])
    page.press("a[href='indicators']")
    page.wait_for("h1", ["Indicator values"])
    assert page.texts("tbody th") == ["新增公园绿地", "新增公园绿地"]
    page.press("#language")
    page.wait_for("h1", ["指标一览"])


@pytest.mark.parametrize(
    "path", ["d", "d/lvyuan", "d/lvyuan/三?hl=100-109", "d/lvyuan?q=绿地", "indicators", "d/x"]
)
def test_a_phone_never_scrolls_the_page_sideways(chromium, site, path):
    """Every page fits 360 px; only the table scrolls within itself."""
    command(chromium, "Emulation.setDeviceMetricsOverride", **PHONE)
    chromium.get(site.address + path)
    assert Page(chromium).run(OVERFLOW) == 0
    command(chromium, "Emulation.setDeviceMetricsOverride", **DESKTOP)


def test_the_reader_works_without_scripts(chromium, site):
    """Text, highlight, contents, neighbours and search are there when no script runs."""
    command(chromium, "Emulation.setScriptExecutionDisabled", value=True)
    chromium.get(site.address + "d/lvyuan/三/(二)/1?hl=100-109")
    command(chromium, "Emulation.setScriptExecutionDisabled", value=False)
    page = Page(chromium)
    assert page.texts(".text mark") == [QUOTE[:9]]
    assert page.texts(".search button") == ["查找"]
    assert page.texts("#copy") == []
