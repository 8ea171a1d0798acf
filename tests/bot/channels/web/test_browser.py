"""The page in a real Chromium: asking, sources, suggestions, keyboard, phone, hostile text, failures."""

from dataclasses import replace

import pytest
from selenium.webdriver import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import WebDriverWait

from retrieval.types import AnswerStatus, Statement
from tests.bot.channels.web.stub import (
    ANSWER,
    CITATION,
    EXAMPLES,
    HOSTILE,
    QUOTE,
    SPARE,
    SUGGESTION,
    VALUE,
)

PATIENCE_S = 10
PHONE = {"width": 360, "height": 740, "deviceScaleFactor": 1, "mobile": True}
DESKTOP = {"width": 1280, "height": 800, "deviceScaleFactor": 1, "mobile": False}


_VISIBLE_TEXTS = """
    const found = [...document.querySelectorAll(arguments[0])];
    return found.filter((each) => each.checkVisibility()).map((each) => each.innerText.trim());
"""


class Page:
    """What a person does with the page and sees on it."""

    def __init__(self, chrome) -> None:
        self.chrome = chrome

    def find(self, selector):
        return self.chrome.find_element(By.CSS_SELECTOR, selector)

    def texts(self, selector):
        """What is to be read of the elements that can be seen, in one call to the browser."""
        return self.run(_VISIBLE_TEXTS, selector)

    def wait(self, condition):
        return WebDriverWait(self.chrome, PATIENCE_S, poll_frequency=0.02).until(lambda _: condition())

    def wait_for(self, selector, texts):
        self.wait(lambda: self.texts(selector) == texts)

    def type(self, *keys):
        ActionChains(self.chrome).send_keys(*keys).perform()

    def press(self, selector):
        """Scroll to an element as a person would, out from under the bars, and click it."""
        element = self.find(selector)
        self.run("arguments[0].scrollIntoView({block: 'center', behavior: 'instant'})", element)
        element.click()

    def ask(self, question):
        before = len(self.texts(".turn"))
        self.find("#question").send_keys(question, Keys.ENTER)
        self.wait(lambda: len(self.texts(".turn")) == before + 1 and not self.texts("#stop"))

    def run(self, script, *arguments):
        return self.chrome.execute_script(script, *arguments)

    @property
    def focused(self):
        return self.chrome.switch_to.active_element


def command(chrome, name, **parameters):
    chrome.execute_cdp_cmd(name, parameters)


@pytest.fixture
def answerer(site):
    """The stub behind the running server, as new."""
    site.answerer.reset()
    return site.answerer


@pytest.fixture
def page(chromium, site, answerer):
    """The page, freshly opened with an empty session."""
    command(chromium, "Emulation.setDeviceMetricsOverride", **DESKTOP)
    still = {"name": "prefers-reduced-motion", "value": "reduce"}
    command(chromium, "Emulation.setEmulatedMedia", features=[still])
    chromium.get_log("browser")
    chromium.get(site.address)
    page = Page(chromium)
    page.wait_for("#examples button", list(EXAMPLES))
    yield page
    page.run("sessionStorage.clear()")


def test_a_typed_question_is_answered_point_first(page, answerer):
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


def test_first_words_show_while_the_answer_is_made(page, answerer):
    """A question is on the page with a waiting line and a stop button before its answer exists."""
    answerer.release.clear()
    page.find("#question").send_keys("绿地", Keys.ENTER)
    page.wait_for(".waiting", ["正在查阅已收录的文件…"])
    assert (page.texts("#stop"), page.texts("#send")) == (["停止"], [])
    answerer.release.set()
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


def test_a_suggestion_asks_with_the_earlier_question_as_history(page, answerer):
    """A suggestion is asked as if typed; the conversation goes along."""
    page.ask("绿地")
    page.press(".next button")
    page.wait_for(".asked", ["绿地", SUGGESTION])
    page.wait(lambda: len(answerer.asked) == 2 and not page.texts("#stop"))
    assert answerer.asked == [("绿地", (), None), (SUGGESTION, ("绿地",), None)]


def test_the_region_chosen_goes_along(page, answerer):
    """The switch offers all regions and each; the choice holds for the next questions."""
    assert page.texts(".region") == ["全部地区", "绿源市", "海州区"]
    page.find(".region input[value='海州区']").click()
    page.ask("绿地")
    assert answerer.asked == [("绿地", (), "海州区")]


def test_the_conversation_survives_a_reload_until_it_is_cleared(page, answerer):
    """The tab keeps the conversation; clearing empties page and memory."""
    page.ask("绿地")
    page.chrome.refresh()
    page.wait_for(".asked", ["绿地"])
    page.find("#clear").click()
    assert (page.texts(".asked"), page.texts("#examples button")) == ([], list(EXAMPLES))
    page.ask("绿道")
    assert answerer.asked[-1] == ("绿道", (), None)


def test_hostile_text_is_shown_and_never_run(page, answerer):
    """Markup in a question, a statement, a source, a value or a suggestion stays text."""
    cited = replace(CITATION, title=HOSTILE, address=HOSTILE, quote=HOSTILE, number=HOSTILE, validity=HOSTILE)
    row = replace(VALUE.row, name=HOSTILE, unit=HOSTILE, attribute=HOSTILE)
    answerer.answer = replace(
        ANSWER,
        statements=(Statement(HOSTILE, source=1),),
        notes=(HOSTILE,),
        citations=(cited,),
        indicators=(replace(VALUE, row=row, quote=HOSTILE, region=HOSTILE, title=HOSTILE),),
        suggestions=(HOSTILE,),
    )
    page.ask(HOSTILE)
    page.press(".ref")
    assert page.texts(".asked") + page.texts(".note") + page.texts(".source blockquote") == [HOSTILE] * 3
    assert page.run("return document.querySelectorAll('main img, main script').length") == 0
    assert page.chrome.title == "政策规划问答"
    assert page.chrome.get_log("browser") == []


def test_keyboard_alone_reaches_question_source_and_suggestion(page, answerer):
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


def test_enter_that_picks_a_word_does_not_send(page, answerer):
    """In an input method Enter belongs to the word; Shift+Enter is a new line."""
    box = page.find("#question")
    box.send_keys("lvdi")
    for options in ({"isComposing": True}, {"keyCode": 229}, {"shiftKey": True}):
        event = {"key": "Enter", "bubbles": True, "cancelable": True, **options}
        page.run("arguments[0].dispatchEvent(new KeyboardEvent('keydown', arguments[1]))", box, event)
    box.send_keys(Keys.SHIFT, Keys.ENTER)
    assert (page.texts(".asked"), box.get_attribute("value"), answerer.asked) == ([], "lvdi\n", [])


def test_an_empty_question_is_asked_for_not_sent(page, answerer):
    """Blank input gets a hint and keeps the focus."""
    page.find("#question").send_keys("   ")
    page.find("#send").click()
    page.wait_for("#hint", ["请先输入一个问题。"])
    assert (page.texts(".asked"), answerer.asked, page.focused) == ([], [], page.find("#question"))


def test_a_question_too_long_comes_back_to_be_shortened(page, answerer):
    """The server's sentence is shown and the words are not lost."""
    long = "绿" * 5000
    page.run("document.getElementById('question').value = arguments[0]", long)
    page.find("#send").click()
    page.wait_for(".failure", ["question 太长了(5000 字),请缩短成一两句话再问。"])
    assert (page.find("#question").get_attribute("value"), answerer.asked) == (long, [])


def test_stopping_and_trying_again(page, answerer):
    """A stopped question says so, stays out of the history and can be asked again."""
    answerer.release.clear()
    page.find("#question").send_keys("绿地", Keys.ENTER)
    page.wait_for(".waiting", ["正在查阅已收录的文件…"])
    page.find("#stop").click()
    page.wait_for(".failure", ["已停止回答。"])
    answerer.release.set()
    page.find(".actions button").click()
    page.wait_for(".note", list(ANSWER.notes))
    assert answerer.asked == [("绿地", (), None)] * 2


def test_a_lost_connection_says_so_and_retries(page):
    """Without the network there is one sentence and a button; with it again, the answer."""
    offline = {"latency": 0, "downloadThroughput": -1, "uploadThroughput": -1}
    command(page.chrome, "Network.enable")
    command(page.chrome, "Network.emulateNetworkConditions", offline=True, **offline)
    page.ask("绿地")
    assert page.texts(".failure") == ["连不上服务，请检查网络后重试。"]
    command(page.chrome, "Network.emulateNetworkConditions", offline=False, **offline)
    page.find(".actions button").click()
    page.wait_for(".note", list(ANSWER.notes))


def test_a_phone_never_scrolls_sideways(page, answerer):
    """At 360 px everything fits: welcome, a long unbroken word, every source and value unfolded."""
    command(page.chrome, "Emulation.setDeviceMetricsOverride", **PHONE)
    overflow = "return document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert page.run(overflow) == 0
    unbroken = "A1b2" * 60
    answerer.answer = replace(ANSWER, notes=(unbroken,), citations=(replace(CITATION, title=unbroken), SPARE))
    page.ask(unbroken)
    page.run("document.querySelectorAll('summary, .values .more button').forEach((each) => each.click())")
    page.wait_for(".words blockquote", [QUOTE])
    assert page.run(overflow) == 0


def test_dark_mode_and_paper_follow_the_reader(page):
    """A dark preference turns the page dark; printing opens every source and hides what cannot be pressed."""
    command(
        page.chrome,
        "Emulation.setEmulatedMedia",
        features=[{"name": "prefers-color-scheme", "value": "dark"}],
    )
    assert page.run("return getComputedStyle(document.body).backgroundColor") == "rgb(18, 23, 26)"
    page.ask("绿地")
    command(page.chrome, "Emulation.setEmulatedMedia", media="print")
    page.run("dispatchEvent(new Event('beforeprint'))")
    assert page.texts(".source blockquote") == [QUOTE, SPARE.quote]
    assert (page.texts("#composer"), page.texts(".next"), page.texts(".actions")) == ([], [], [])
    command(page.chrome, "Emulation.setEmulatedMedia", media="")


@pytest.mark.parametrize("status", [AnswerStatus.CLARIFY, AnswerStatus.NOT_FOUND])
def test_an_answer_without_sources_has_no_empty_sections(page, answerer, status):
    """A refusal is its sentence and what to ask instead, nothing else."""
    answerer.answer = replace(
        ANSWER, status=status, statements=(Statement("没有提到。"),), notes=(), citations=(), indicators=()
    )
    page.ask("天气")
    assert page.texts(".point p") == ["没有提到。"]
    assert page.texts(".reply h3") == ["还可以问"]
