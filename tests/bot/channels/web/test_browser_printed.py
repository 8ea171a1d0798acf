"""From an answer to the page of the PDF it stands on, in a real Chromium."""

import socket
import threading
from dataclasses import replace

import pytest
import uvicorn

from bot.assistant import Assistant
from bot.channels.web import create_app
from bot.printed.pictures import Pictures
from bot.settings import BotSettings
from index.types import Span
from tests.bot.channels.web.browser import PHONE, command
from tests.bot.channels.web.stub import ANSWER, CITATION, StubAnswerer
from tests.bot.channels.web.test_accessibility import findings
from tests.bot.printed.paper import SPLIT, stored, two_pages


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    """A site whose answers stand in a PDF."""
    folder = tmp_path_factory.mktemp("printed")
    file = folder / "lvyuan.pdf"
    file.write_bytes(two_pages())
    store, answerer = stored(file), StubAnswerer()
    start = store.texts["lvyuan"].index(SPLIT)
    version, span = store.documents["lvyuan"].version, Span(start, start + len(SPLIT))
    cited = replace(CITATION, clause="一", quote=SPLIT, span=span, version=version, page=1)
    answerer.store, answerer.answer = store, replace(ANSWER, citations=(cited,), indicators=())
    pictures = Pictures(lambda _: file, folder / "pages")
    app = create_app(Assistant(answerer, BotSettings()), settings=BotSettings(), pictures=pictures)
    server = uvicorn.Server(uvicorn.Config(app, log_level="warning", timeout_graceful_shutdown=1))
    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        yield f"http://127.0.0.1:{listener.getsockname()[1]}/"
        server.should_exit = True
        thread.join()


_DRAWN = """
const [picture, mark] = [document.querySelector('.printed img'), document.querySelector('.printed rect')];
return picture?.complete && mark ? [picture.naturalWidth, picture.alt, mark.getBoundingClientRect().width > 50] : null;
"""


def test_a_source_leads_to_its_page_and_back(page, address):
    """The card names the page; there the words are marked; the way back leads to the clause, the words lit."""
    page.chrome.get(address)
    page.ask("补贴多少")
    page.find(".ref").click()
    page.wait(lambda: "看原件第1页" in page.texts(".source .facts a"))
    page.press(".source .facts a:nth-of-type(2)")
    page.wait(lambda: page.run(_DRAWN))
    alt = f"《{CITATION.title}》原件第1页的图\uff0c标出的话\uff1a{SPLIT}"
    assert page.run(_DRAWN) == [1240, alt, True]
    assert page.texts("article mark") == [SPLIT]
    page.press(".actions a")
    page.wait(lambda: page.texts("#hl") == [SPLIT])
    assert page.texts(".actions a") == ["版本", "看原件第1页"]
    assert page.chrome.get_log("browser") == []


def test_a_page_fits_a_phone_and_a_screen_reader(page, address):
    """Nothing sticks out at 360 px; axe-core finds nothing serious."""
    command(page.chrome, "Emulation.setDeviceMetricsOverride", **PHONE)
    page.chrome.get(f"{address}pages/lvyuan/1?hl=0-9")
    page.wait(lambda: page.run(_DRAWN))
    assert page.run("return document.documentElement.scrollWidth") <= PHONE["width"]
    assert findings(page) == []
