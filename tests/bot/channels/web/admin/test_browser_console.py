"""An admin with a real browser: from signing in to the rollback, phone and desktop; axe over every page of the console."""

import re
import socket
import threading

import pytest
import uvicorn

from tests.bot.admin.site import REVISED
from tests.bot.channels.web.admin.conftest import PASSWORD
from tests.bot.channels.web.browser import DESKTOP, Page, command
from tests.bot.channels.web.test_accessibility import PHONE, findings

_JOIN_S = 10
PAGES = (
    "documents",
    "documents/plan",
    "documents/plan/values",
    "documents/plan/similar",
    "upload",
    "update",
    "rollback",
    "questions",
    "words",
    "feedback",
    "usage",
    "audit",
)


@pytest.fixture
def console(own, chromium):
    """The app of an installation of its own on a port, and a browser without cookies."""
    _site, _assistant, made = own
    server = uvicorn.Server(uvicorn.Config(made, log_level="warning", timeout_graceful_shutdown=1))
    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        chromium.delete_all_cookies()
        chromium.get_log("browser")
        yield f"http://127.0.0.1:{listener.getsockname()[1]}/", Page(chromium)
        chromium.delete_all_cookies()
        server.should_exit = True
        thread.join(_JOIN_S)


def see(page, screen, colours):
    command(page.chrome, "Emulation.setDeviceMetricsOverride", **screen)
    scheme = [{"name": "prefers-color-scheme", "value": colours}]
    command(page.chrome, "Emulation.setEmulatedMedia", features=scheme)


def sign_in(page, base):
    page.chrome.get(f"{base}admin")
    page.find("[name=user]").send_keys("guan")
    page.find("[name=password]").send_keys(PASSWORD)
    page.press("main [type=submit]")
    page.wait(lambda: page.texts("h1") == ["文件"])


def quoted(page, base):
    """The number the chat quotes for a question."""
    page.chrome.get(base)
    page.run("sessionStorage.clear()")
    page.chrome.refresh()
    page.wait(lambda: page.texts("#examples button"))
    page.ask("每年培训多少农民工")
    page.wait(lambda: page.texts(".turn:last-child .point p"))
    return re.findall(r"\d+人", page.texts(".turn:last-child .point p")[0])[:1]


@pytest.mark.parametrize("screen", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_from_upload_to_rollback(own, console, tmp_path, screen):
    """What is uploaded is shown word by word, answers once published, and not after the rollback; nothing on the console log."""
    base, page = console
    see(page, screen, "light")
    sign_in(page, base)
    new = tmp_path / "new.txt"
    new.write_text(REVISED, encoding="utf-8")
    page.chrome.get(f"{base}admin/documents/plan")
    page.press("a.send")
    page.find("[name=file]").send_keys(str(new))
    page.press("main [type=submit]")
    page.wait(lambda: page.texts(".diff ins"))
    assert ("450", "500") in list(zip(page.texts(".diff del"), page.texts(".diff ins"), strict=False))
    page.press("[value=publish]")
    page.wait(lambda: page.texts("#ended") == ["做完了"])
    own[1]._answerer.refresh()
    assert quoted(page, base) == ["500人"]
    page.chrome.get(f"{base}admin/rollback")
    page.press(".send.warn")
    page.wait(lambda: page.texts("#ended") == ["做完了"])
    own[1]._answerer.refresh()
    assert quoted(page, base) == ["450人"]
    assert [entry["message"] for entry in page.chrome.get_log("browser")] == []


@pytest.mark.parametrize(
    ("screen", "colours"), [(DESKTOP, "light"), (PHONE, "dark")], ids=["desktop-light", "phone-dark"]
)
def test_every_page_can_be_used_by_everybody(console, screen, colours):
    """No serious and no critical finding of axe-core, and no page wider than its screen."""
    base, page = console
    see(page, screen, colours)
    page.chrome.get(f"{base}admin")
    assert findings(page) == []
    sign_in(page, base)
    for path in PAGES:
        page.chrome.get(f"{base}admin/{path}")
        page.run("document.querySelectorAll('details').forEach((each) => { each.open = true; })")
        assert (path, findings(page)) == (path, [])
        wide = page.run("return document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert (path, wide) == (path, 0)
