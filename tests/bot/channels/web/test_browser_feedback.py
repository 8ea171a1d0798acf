"""Feedback, the shared link and the privacy page in a real Chromium."""

from selenium.webdriver.common.by import By


def press(page, words: str) -> None:
    button = page.chrome.find_element(By.XPATH, f"//button[normalize-space()='{words}']")
    page.run("arguments[0].scrollIntoView({block: 'center'})", button)  # from under the question box
    button.click()


def test_no_use_asks_why_and_says_thanks(page):
    """没用 unfolds the reasons; one of them folds them again."""
    page.ask("绿地")
    press(page, "没用")
    page.wait(lambda: page.texts(".reasons button") == ["答非所问", "不完整", "与实际不符", "看不懂", "其他"])
    press(page, "不完整")
    page.wait(lambda: page.texts(".said") == ["已记下，谢谢。"])
    assert page.texts(".reasons button") == []
    assert page.chrome.get_log("browser") == []


def test_a_shared_link_asks_again_and_says_when_documents_changed(page, site, served):
    """The link of another generation asks with its history; the words are never in a request line."""
    page.chrome.get("about:blank")
    page.chrome.get(site.address + "#q=绿地&h=公园&g=6")
    page.wait_for(".asked", ["绿地"])
    page.wait(lambda: served.asked and served.asked[-1][:2] == ("绿地", ("公园",)))
    page.wait(lambda: "有更新" in page.find("#hint").text)
    assert page.chrome.current_url == site.address


def test_a_broken_link_is_said_to_be_broken(page, site):
    """An empty question is not asked."""
    page.chrome.get(site.address + "#q=")
    page.wait(lambda: "不完整" in page.find("#hint").text)
    assert page.texts(".asked") == []


def test_privacy_page_deletes(page, site):
    """The button says what became of it."""
    page.chrome.get(site.address + "privacy")
    page.wait(lambda: page.find("#delete").is_displayed())
    page.find("#delete").click()
    page.wait(lambda: page.texts("#deleted") == ["没有找到这个浏览器的记录。"])
