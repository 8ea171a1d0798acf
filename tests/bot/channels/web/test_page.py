"""The page's files: nothing inline, nothing from elsewhere, text goes in as text."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

import bot.channels.web

STATIC = Path(bot.channels.web.__file__).parent / "static"
TEMPLATES = STATIC.parent / "templates"
FILES = sorted(path.name for path in STATIC.iterdir())


class _Page(HTMLParser):
    """Collects what the page loads and what it holds inline."""

    def __init__(self) -> None:
        super().__init__()
        self.links: list[str] = []
        self.inline: list[str] = []
        self.ids: list[str] = []

    def handle_starttag(self, tag, attrs):
        named = dict(attrs)
        self.links += [named[key] for key in ("src", "href") if named.get(key)]
        self.inline += [key for key in named if key == "style" or key.startswith("on")]
        self.inline += [tag] if tag == "style" or (tag == "script" and "src" not in named) else []
        self.ids += [named["id"]] if "id" in named else []


def read_page() -> _Page:
    page = _Page()
    page.feed((STATIC / "index.html").read_text("utf-8"))
    return page


def test_page_loads_only_its_own_files():
    """Every address is relative (a proxy's sub-path works) and names a file that is there."""
    pages = {"d", "indicators", "privacy"}  # made on the server
    loaded = [link for link in read_page().links if not link.startswith("#") and link not in pages]
    assert [link for link in loaded if not (STATIC.parent / link).is_file()] == []


def test_page_holds_nothing_inline():
    """The policy forbids inline script and style, so the page has none."""
    assert read_page().inline == []


def test_scripts_find_their_elements():
    """Every id a script asks for stands in the page."""
    wanted = {
        name
        for path in STATIC.glob("*.js")
        if path.name != "library.js"  # works on the pages made on the server
        for name in re.findall(r'byId\("([\w-]+)"\)', path.read_text("utf-8"))
    }
    assert wanted - set(read_page().ids) == set()


@pytest.mark.parametrize("name", [name for name in FILES if name.endswith((".js", ".css", ".html"))])
def test_no_file_reaches_outside_or_reads_markup(name):
    """No other host is named and nothing turns text into markup or code."""
    text = (STATIC / name).read_text("utf-8")
    found = re.findall(
        r"https?://|@import|innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function",
        text,
    )
    assert found == []


@pytest.mark.parametrize("path", sorted(TEMPLATES.glob("*.html")), ids=lambda path: path.name)
def test_templates_hold_nothing_inline_and_escape_everything(path):
    """No inline script or style, no other host, and no value exempt from escaping."""
    page = _Page()
    text = path.read_text("utf-8")
    page.feed(text)
    assert page.inline == []
    assert re.findall(r"https?://|\|\s*safe|autoescape|Markup", text) == []


def test_the_reader_has_what_its_script_asks_for():
    """Every id the script of the server-made pages asks for stands in one of them; the highlight's is in the text."""
    wanted = set(re.findall(r'byId\("([\w-]+)"\)', (STATIC / "library.js").read_text("utf-8")))
    text = "".join(path.read_text("utf-8") for path in TEMPLATES.glob("*.html"))
    assert {name for name in wanted if f'id="{name}"' not in text} == set()
