"""The page in a real Chromium: asking, sources, values, suggestions, keyboard, memory."""

from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from tests.bot.channels.web.browser import command
from tests.bot.channels.web.stub import (
    ANSWER,
    CITATION,
    EXAMPLES,
    QUOTE,
    SPARE,
    SUGGESTION,
)


def test_a_typed_question_is_answered_point_first(page, served):
    """Enter sends; the point, the note, the sources and the values appear, and the box is free again."""
    page.ask("每年新增多少绿地")
    assert page.texts(".asked") == ["每年新增多少绿地"]
    assert page.texts(".point p") == ["新增公园绿地:12.5公顷(2025年目标)1"]
    assert page.texts(".note") == list(ANSWER.notes)
    assert page.texts(".values tbody tr:not(.words) > *") == [
        "新增公园绿地",
        "不低于12.5公顷",
        "2025年目标·约束性",
        "绿源市",
        "原文",
    ]
    assert page.find("#announcer").get_attribute("textContent") == "\n".join(
        [ANSWER.statements[0].text, *ANSWER.notes]
    )
    assert (page.find("#question").get_attribute("value"), page.focused) == ("", page.find("#question"))
    assert page.chrome.get_log("browser") == []


def test_first_words_show_while_the_answer_is_made(page, served):
    """A question is on the page with a waiting line and a stop button before its answer exists."""
    served.release.clear()
    page.find("#question").send_keys("绿地", Keys.ENTER)
    page.wait_for(".waiting", ["正在查阅已收录的文件…"])
    assert (page.texts("#stop"), page.texts("#send")) == (["停止"], [])
    served.release.set()
    page.wait_for(".note", list(ANSWER.notes))


def test_a_source_number_unfolds_and_lights_its_words(page):
    """Pressing the number opens the quote with address, number and validity; pressing again folds it."""
    page.ask("绿地")
    number = page.find(".ref")
    number.click()
    page.wait_for(".source.lit blockquote", [QUOTE])
    assert page.texts(".source.lit .where") == [f"《{CITATION.title}》\n三(二)1已结束"]
    assert page.texts(".source.lit .facts > span") == [CITATION.number, "规划期2021—2025年"]
    assert page.focused == page.find(".source.lit summary")
    page.wait(lambda: number.get_attribute("aria-expanded") == "true")
    number.click()
    page.wait(lambda: number.get_attribute("aria-expanded") == "false")
    assert page.texts(".source.lit") == []


def test_a_source_nothing_rests_on_shows_its_beginning(page):
    """Folded, it still says what it holds."""
    page.ask("绿地")
    assert page.texts(".preview") == [SPARE.quote]


def test_a_value_shows_the_words_it_was_read_from(page):
    """The button of a row unfolds the sentence with the digits marked."""
    page.ask("绿地")
    page.press(".values .more button")
    assert page.texts(".words blockquote") == [QUOTE]
    assert page.texts(".words mark") == ["12.5"]


def test_copying_a_source_takes_quote_and_citation(page, site):
    """What lands on the clipboard can be pasted into a letter as it is."""
    allowed = ["clipboardReadWrite", "clipboardSanitizedWrite"]
    command(page.chrome, "Browser.grantPermissions", permissions=allowed, origin=site.address)
    page.ask("绿地")
    page.press(".ref")
    copy = page.find(".source[open] .facts button")
    copy.click()
    page.wait(lambda: copy.text == "已复制")
    read = page.chrome.execute_async_script("navigator.clipboard.readText().then(arguments[0])")
    label = "《绿源市园林绿化“十四五”规划》三(二)1(绿府发〔2021〕8号;规划期2021—2025年,已结束)"
    assert read == f"“{QUOTE}”\n——{label}"


def test_a_suggestion_asks_with_the_earlier_question_as_history(page, served):
    """A suggestion is asked as if typed; the conversation goes along."""
    page.ask("绿地")
    page.press(".next button")
    page.wait_for(".asked", ["绿地", SUGGESTION])
    page.wait(lambda: len(served.asked) == 2 and not page.texts("#stop"))
    assert served.asked == [("绿地", (), None), (SUGGESTION, ("绿地",), None)]


def test_the_region_chosen_goes_along(page, served):
    """The switch offers all regions and each; the choice holds for the next questions."""
    assert page.texts(".region") == ["全部地区", "绿源市", "海州区"]
    page.find(".region input[value='海州区']").click()
    page.ask("绿地")
    assert served.asked == [("绿地", (), "海州区")]


def test_the_conversation_survives_a_reload_until_it_is_cleared(page, served):
    """The tab keeps the conversation; clearing empties page and memory."""
    page.ask("绿地")
    page.chrome.refresh()
    page.wait_for(".asked", ["绿地"])
    page.find("#clear").click()
    assert (page.texts(".asked"), page.texts("#examples button")) == ([], list(EXAMPLES))
    page.ask("绿道")
    assert served.asked[-1] == ("绿道", (), None)


def test_two_tabs_are_two_conversations(page, site, served):
    """What is asked in one tab is no context of the other, nor shown there; clearing one leaves the other."""
    first = page.chrome.current_window_handle
    page.ask("绿地")
    page.chrome.switch_to.new_window("tab")
    page.chrome.get(site.address)
    page.wait_for("#examples button", list(EXAMPLES))
    page.ask("绿道")
    page.run("document.getElementById('clear').click()")
    page.wait_for(".asked", [])
    page.chrome.close()
    page.chrome.switch_to.window(first)
    page.ask("那面积呢")
    assert page.texts(".asked") == ["绿地", "那面积呢"]
    assert [(question, history) for question, history, _ in served.asked] == [
        ("绿地", ()),
        ("绿道", ()),
        ("那面积呢", ("绿地",)),
    ]


def test_keyboard_alone_reaches_question_source_and_suggestion(page, served):
    """Type, Enter, then Tab and Enter or Space: everything can be pressed without a mouse."""
    page.run("document.querySelector('.skip').focus()")
    page.type(Keys.ENTER)
    page.wait(lambda: page.focused == page.find("#question"))
    page.type("绿地", Keys.ENTER)
    page.wait_for(".ref", ["1"])
    page.run("document.querySelector('.asked').focus()")
    page.type(Keys.TAB)
    assert page.focused.get_attribute("aria-label") == "查看来源1"
    page.type(Keys.ENTER)
    page.wait_for(".source.lit blockquote", [QUOTE])
    page.type(Keys.SPACE)
    page.wait_for(".source.lit blockquote", [])
    for _ in range(10):
        page.type(Keys.TAB)
        if page.focused.text == SUGGESTION:
            break
    page.type(Keys.ENTER)
    page.wait_for(".asked", ["绿地", SUGGESTION])
    assert page.focused == page.chrome.find_elements(By.CSS_SELECTOR, ".asked")[1]
