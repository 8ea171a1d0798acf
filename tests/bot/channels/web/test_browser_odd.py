"""The page in a real Chromium when things are odd: hostile text, no network, a phone, paper, the dark."""

from dataclasses import replace

import pytest
from selenium.webdriver.common.keys import Keys

from retrieval.types import AnswerStatus, Statement
from tests.bot.channels.web.browser import PHONE, command
from tests.bot.channels.web.stub import (
    ANSWER,
    CITATION,
    HOSTILE,
    QUOTE,
    SPARE,
    VALUE,
)


def test_hostile_text_is_shown_and_never_run(page, served):
    """Markup in a question, a statement, a source, a value or a suggestion stays text."""
    cited = replace(CITATION, title=HOSTILE, address=HOSTILE, quote=HOSTILE, number=HOSTILE, validity=HOSTILE)
    row = replace(VALUE.row, name=HOSTILE, unit=HOSTILE, attribute=HOSTILE)
    served.answer = replace(
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


def test_enter_that_picks_a_word_does_not_send(page, served):
    """In an input method Enter belongs to the word; Shift+Enter is a new line."""
    box = page.find("#question")
    box.send_keys("lvdi")
    for options in ({"isComposing": True}, {"keyCode": 229}, {"shiftKey": True}):
        event = {"key": "Enter", "bubbles": True, "cancelable": True, **options}
        page.run("arguments[0].dispatchEvent(new KeyboardEvent('keydown', arguments[1]))", box, event)
    box.send_keys(Keys.SHIFT, Keys.ENTER)
    assert (page.texts(".asked"), box.get_attribute("value"), served.asked) == ([], "lvdi\n", [])


def test_an_empty_question_is_asked_for_not_sent(page, served):
    """Blank input gets a hint and keeps the focus."""
    page.find("#question").send_keys("   ")
    page.find("#send").click()
    page.wait_for("#hint", ["请先输入一个问题。"])
    assert (page.texts(".asked"), served.asked, page.focused) == ([], [], page.find("#question"))


def test_a_question_too_long_comes_back_to_be_shortened(page, served):
    """The server's sentence is shown and the words are not lost."""
    long = "绿" * 5000
    page.run("document.getElementById('question').value = arguments[0]", long)
    page.find("#send").click()
    page.wait_for(".failure", ["问题太长了(5000 字),请缩短成一两句话再问。"])
    assert (page.find("#question").get_attribute("value"), served.asked) == (long, [])


def test_stopping_and_trying_again(page, served):
    """A stopped question says so, stays out of the history and can be asked again."""
    served.release.clear()
    page.find("#question").send_keys("绿地", Keys.ENTER)
    page.wait_for(".waiting", ["正在查阅已收录的文件…"])
    page.find("#stop").click()
    page.wait_for(".failure", ["已停止回答。"])
    served.release.set()
    page.find(".actions button").click()
    page.wait_for(".note", list(ANSWER.notes))
    assert served.asked == [("绿地", (), None)] * 2


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


def test_a_phone_never_scrolls_sideways(page, served):
    """At 360 px everything fits: welcome, a long unbroken word, every source and value unfolded."""
    command(page.chrome, "Emulation.setDeviceMetricsOverride", **PHONE)
    overflow = "return document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert page.run(overflow) == 0
    unbroken = "A1b2" * 60
    served.answer = replace(ANSWER, notes=(unbroken,), citations=(replace(CITATION, title=unbroken), SPARE))
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
    shown = page.texts(".source blockquote")  # the quote, or the whole clause once it has come
    assert [quote in text for quote, text in zip((QUOTE, SPARE.quote), shown, strict=True)] == [True, True]
    assert (page.texts("#composer"), page.texts(".next"), page.texts(".actions")) == ([], [], [])
    command(page.chrome, "Emulation.setEmulatedMedia", media="")


@pytest.mark.parametrize("status", [AnswerStatus.CLARIFY, AnswerStatus.NOT_FOUND])
def test_an_answer_without_sources_has_no_empty_sections(page, served, status):
    """A refusal is its sentence and what to ask instead, nothing else."""
    served.answer = replace(
        ANSWER, status=status, statements=(Statement("没有提到。"),), notes=(), citations=(), indicators=()
    )
    page.ask("天气")
    assert page.texts(".point p") == ["没有提到。"]
    assert (page.texts(".reply h3"), page.texts(".actions")) == (["还可以问"], [])
