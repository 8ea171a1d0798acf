"""A person at the page: what they press and what they see."""

from selenium.webdriver import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import WebDriverWait

PHONE = {"width": 360, "height": 740, "deviceScaleFactor": 1, "mobile": True}
DESKTOP = {"width": 1280, "height": 800, "deviceScaleFactor": 1, "mobile": False}
PATIENCE_S = 10


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
