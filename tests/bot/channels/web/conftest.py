"""The app over a stub, driven in process, and a real browser over a real server."""

import shutil
import socket
import threading
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
import uvicorn
from selenium import webdriver
from selenium.webdriver.chrome.service import Service

from bot.settings import BotSettings, WebSettings
from tests.bot.channels.web.browser import DESKTOP, Page, command
from tests.bot.channels.web.stub import EXAMPLES, StubAnswerer, make_app, open_client

_FLAGS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
_JOIN_S = 10
SETTINGS = BotSettings(web=WebSettings(asks_per_minute=10_000, widget_origins=("http://localhost:*",)))


@pytest.fixture
def answerer() -> StubAnswerer:
    return StubAnswerer()


@pytest.fixture
async def client(answerer):
    async with open_client(make_app(answerer)) as client:
        yield client


@dataclass(frozen=True, slots=True)
class Site:
    """A running server and the stub behind it."""

    address: str
    answerer: StubAnswerer


@pytest.fixture(scope="session")
def site() -> Iterator[Site]:
    """The app, served by uvicorn in a thread."""
    answerer = StubAnswerer()
    server = uvicorn.Server(
        uvicorn.Config(make_app(answerer, SETTINGS), log_level="warning", timeout_graceful_shutdown=1)
    )
    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        yield Site(f"http://127.0.0.1:{listener.getsockname()[1]}/", answerer)
        answerer.release.set()
        server.should_exit = True
        thread.join(_JOIN_S)


@pytest.fixture(scope="session")
def chromium(tmp_path_factory) -> Iterator[webdriver.Chrome]:
    """One headless Chromium for all tests; each test clears what it left."""
    browser = shutil.which("chromium") or shutil.which("google-chrome")
    driver = shutil.which("chromedriver")
    if not (browser and driver):
        pytest.skip("没有 chromium 或 chromedriver:apt-get install chromium chromium-driver 后再跑浏览器测试")
    options = webdriver.ChromeOptions()
    options.binary_location = browser
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    for flag in (*_FLAGS, f"--user-data-dir={tmp_path_factory.mktemp('chromium')}"):
        options.add_argument(flag)
    chrome = webdriver.Chrome(options=options, service=Service(driver))
    yield chrome
    chrome.quit()


@pytest.fixture
def served(site):
    """The stub behind the running server, as new."""
    site.answerer.reset()
    return site.answerer


@pytest.fixture
def page(chromium, site, served):
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
