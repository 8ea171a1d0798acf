"""The widget on another site, the pages it may frame, and the site under a proxy's sub-path."""

import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

import pytest

from bot.settings import BotSettings, WebSettings
from tests.bot.channels.web.stub import StubAnswerer, make_app, open_client

HOST = "https://www.example.gov.cn"


def app_for(*origins: str, root_path: str = ""):
    return make_app(StubAnswerer(), BotSettings(web=WebSettings(widget_origins=origins, root_path=root_path)))


async def test_only_the_sites_named_may_frame_and_only_public_pages():
    """The policy names them; other pages stay closed."""
    async with open_client(app_for(HOST)) as client:
        for path in ("/", "/d", "/d/lvyuan/三", "/indicators", "/privacy"):
            headers = (await client.get(path)).headers
            assert f"frame-ancestors 'self' {HOST}" in headers["content-security-policy"]
            assert "x-frame-options" not in headers
        for path in ("/api/v1/version", "/admin", "/admin/d", "/dx"):
            headers = (await client.get(path)).headers
            assert "frame-ancestors 'none'" in headers["content-security-policy"]
            assert headers["x-frame-options"] == "DENY"


async def test_widget_is_for_other_sites_where_it_is_allowed():
    """The script may be loaded from elsewhere; without a site named there is none."""
    async with open_client(app_for(HOST)) as client:
        script = await client.get("/widget.js")
        assert (script.status_code, script.headers["cross-origin-resource-policy"]) == (200, "cross-origin")
    async with open_client(app_for()) as client:
        assert (await client.get("/widget.js")).status_code == 404


@pytest.mark.parametrize("prefix", ["", "/policy"])
@pytest.mark.parametrize(
    ("path", "link"),
    [
        ("/", "static/app.js"),
        ("/d", "./static/library.js"),
        ("/d/lvyuan/三/(二)", "../../../static/library.js"),
        ("/privacy", "./static/privacy.js"),
    ],
)
async def test_links_are_right_under_a_sub_path(prefix, path, link):
    """Whether the proxy takes its sub-path off or passes it on, links stay relative and whole."""
    async with open_client(app_for(root_path="/policy")) as client:
        page = await client.get(prefix + path)
        assert (page.status_code, f'"{link}"' in page.text) == (200, True)
        assert (await client.get(prefix + "/static/app.js")).status_code == 200
        assert (await client.get(prefix + "/api/v1/version")).status_code == 200


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def other_site(tmp_path) -> Iterator[ThreadingHTTPServer]:
    server = ThreadingHTTPServer(("localhost", 0), partial(_Quiet, directory=str(tmp_path)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


def test_widget_opens_the_chat_on_another_site(page, site, tmp_path, other_site):
    """One script tag: a button, and in its frame the chat."""
    tag = (
        f'<!doctype html><html lang="zh"><body><script src="{site.address}widget.js"></script></body></html>'
    )
    (tmp_path / "index.html").write_text(tag, encoding="utf-8")
    page.chrome.get(f"http://localhost:{other_site.server_port}/")
    root = "document.getElementById('policybot-widget').shadowRoot"
    page.wait(lambda: page.run("return !!document.getElementById('policybot-widget')"))
    page.run(f"{root}.querySelector('.open').click()")
    page.chrome.switch_to.frame(page.run(f"return {root}.querySelector('iframe')"))
    page.wait(lambda: page.texts("h2#welcome-title") == ["想了解哪项政策？"])
    page.chrome.switch_to.default_content()
