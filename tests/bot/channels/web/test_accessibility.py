"""axe-core over the pages, in light and dark, phone and desktop: no serious and no critical finding."""

from importlib.resources import files

import pytest

from tests.bot.channels.web.browser import DESKTOP, command

AXE = files("axe_core_python").joinpath("axe.min.js")
PHONE = {"width": 390, "height": 844, "deviceScaleFactor": 1, "mobile": True}
_RUN = """
const done = arguments[0];
axe.run(document, {resultTypes: ['violations']}).then(({violations}) => done(violations
  .filter((found) => ['serious', 'critical'].includes(found.impact))
  .map((found) => [found.id, found.nodes[0].html])));
"""


def findings(page) -> list[list[str]]:
    page.run(AXE.read_text(encoding="utf-8"))
    return page.chrome.execute_async_script(_RUN)


@pytest.fixture(params=[("light", DESKTOP), ("dark", PHONE)], ids=["desktop-light", "phone-dark"])
def seen(request, page):
    """The page, on a screen and in its colours."""
    colours, screen = request.param
    command(page.chrome, "Emulation.setDeviceMetricsOverride", **screen)
    features = [
        {"name": "prefers-reduced-motion", "value": "reduce"},
        {"name": "prefers-color-scheme", "value": colours},
    ]
    command(page.chrome, "Emulation.setEmulatedMedia", features=features)
    return page


def test_chat_with_an_answer_open(seen):
    """The answer with its sources, values, feedback and reasons unfolded."""
    seen.ask("绿地")
    seen.run("document.querySelectorAll('details').forEach((source) => { source.open = true; })")
    seen.run("document.querySelector('.feedback [aria-expanded]').click()")
    seen.wait(lambda: seen.texts(".said") != [""])
    assert findings(seen) == []


@pytest.mark.parametrize(
    "path", ["", "d", "d/lvyuan/三?hl=100-110", "indicators", "privacy", "versions/lvyuan", "d/nowhere"]
)
def test_pages(seen, site, path):
    """Each page as it opens."""
    seen.chrome.get(site.address + path)
    assert findings(seen) == []
