"""Printed pages over the web: the picture, the marks, the words, and what has no page."""

import re

import pytest

from bot.assistant import Assistant
from bot.channels.web import create_app
from bot.printed.pictures import Pictures
from bot.settings import BotSettings
from tests.bot.channels.web.stub import StubAnswerer, open_client
from tests.bot.printed.paper import REST, SPLIT, stored, two_pages


@pytest.fixture
def file(tmp_path):
    made = tmp_path / "lvyuan.pdf"
    made.write_bytes(two_pages())
    return made


@pytest.fixture
def store(file):
    return stored(file)


@pytest.fixture
async def client(store, file, tmp_path):
    answerer, settings = StubAnswerer(), BotSettings()
    answerer.store = store
    pictures = Pictures(lambda _: file, tmp_path / "pages")
    app = create_app(Assistant(answerer, settings), settings=settings, pictures=pictures)
    async with open_client(app) as client:
        yield client


def span_of(store, words):
    start = store.texts["lvyuan"].index(words)
    return f"{start}-{start + len(words)}"


async def test_the_clause_leads_to_the_page_that_shows_its_words(client, store):
    """With the words to mark and the version they count in."""
    hl = span_of(store, REST)
    page = (await client.get(f"/d/lvyuan/一?hl={hl}&v={store.documents['lvyuan'].version}")).text
    assert (
        f'href="../../pages/lvyuan/2?hl={hl}&amp;v={store.documents["lvyuan"].version}">看原件第2页' in page
    )


async def test_words_are_marked_on_the_picture_and_in_the_text_below(client, store):
    """One rectangle a line, inside the picture; the alternative text says what is marked."""
    page = (await client.get(f"/pages/lvyuan/1?hl={span_of(store, '| 新增公租房 | 2400套 |')}")).text
    assert 'width="1240" height="1755"' in page
    assert [int(x) for x in re.findall(r'<rect x="(\d+)"', page)] == [167, 479]
    assert (
        'alt="《绿源市园林绿化“十四五”规划》原件第1页的图\uff0c标出的话\uff1a| 新增公租房 | 2400套 |"' in page
    )
    assert '<mark id="hl">| 新增公租房 | 2400套 |</mark>' in page


async def test_a_quote_that_runs_overleaf_is_marked_on_both_pages(client, store):
    """Each page marks its part and leads to the other with the same words."""
    hl = span_of(store, SPLIT + REST)
    one, two = [(await client.get(f"/pages/lvyuan/{number}?hl={hl}")).text for number in (1, 2)]
    assert (f'<mark id="hl">{SPLIT}</mark>' in one, f'<mark id="hl">{REST}</mark>' in two) == (True, True)
    assert f'rel="next" href="../../pages/lvyuan/2?hl={hl}' in one
    assert (one.count("<rect"), two.count("<rect")) == (1, 1)


async def test_the_picture_is_a_png_that_may_be_kept(client, store):
    """Its address names the version."""
    version = store.documents["lvyuan"].version
    answer = await client.get(f"/pages/lvyuan/1.png?v={version}")
    assert (answer.headers["content-type"], answer.content[:4]) == ("image/png", b"\x89PNG")
    assert answer.headers["cache-control"] == "private, max-age=86400"


async def test_a_stale_link_marks_nothing_and_says_so(client):
    """The words of an older version may stand elsewhere; its picture is not passed off as the present one's."""
    page = (await client.get("/pages/lvyuan/1?hl=0-9&v=ffffffffffff")).text
    assert ("<rect" in page, "<mark" in page, "旧版本" in page) == (False, False, True)
    assert 'href="../../versions/lvyuan/ffffffffffff?hl=0-9#hl"' in page
    answer = await client.get("/pages/lvyuan/1.png?v=ffffffffffff")
    assert (answer.status_code, "旧版本" in answer.json()["error"]) == (404, True)


@pytest.mark.parametrize(
    ("path", "status", "told"),
    [
        ("lvyuan/0", 404, "没有第0页"),
        ("lvyuan/3", 404, "一共2页"),
        ("nowhere/1", 404, "没有找到"),
        ("lvyuan/x", 422, "number"),
        ("lvyuan/1?hl=%3Cscript%3E", 200, "原件第1页"),
        ("lvyuan/1?hl=999999998-999999999", 200, "原件第1页"),
    ],
)
async def test_what_is_not_there_gets_a_clear_page(client, path, status, told):
    """A sentence and the right code; hostile spans mark nothing."""
    answer = await client.get(f"/pages/{path}")
    assert (answer.status_code, told in answer.text, "<rect" in answer.text) == (status, True, False)


async def test_a_file_that_is_no_pdf_has_no_pages(client, store):
    """A Word file's pages are its reader's own."""
    store.pages.clear()
    assert "不是 PDF" in (await client.get("/pages/lvyuan/1")).text
    assert "看原件" not in (await client.get("/d/lvyuan/一")).text


async def test_a_damaged_file_keeps_its_words(client, file, store):
    """The page says that it cannot be drawn and shows the text; the picture's address says the same."""
    file.write_bytes(b"%PDF-1.7 rubbish")
    page = await client.get(f"/pages/lvyuan/1?hl={span_of(store, SPLIT)}")
    assert (page.status_code, "画不出来" in page.text, f'<mark id="hl">{SPLIT}</mark>' in page.text) == (
        200,
        True,
        True,
    )
    assert (await client.get("/pages/lvyuan/1.png")).json()["error"].startswith("这一页的图画不出来")
