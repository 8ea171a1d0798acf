"""Earlier versions over the web: the list, the words of one, what differs, what is not there."""

from dataclasses import replace

import pytest

from bot.app import open_for_lookup
from bot.assistant import Assistant
from bot.channels.web import create_app
from bot.channels.web.opening import open_past
from bot.channels.web.past import Past
from bot.errors import InputError
from bot.settings import BotSettings
from index.diff import ClauseChange, Difference, ValueChange
from tests.bot.channels.web.stub import STORE, VALUE, StubAnswerer, open_client

NOW = STORE.documents["lvyuan"]
THEN = replace(NOW, sha256="0" * 64)
OLD_TEXT = "第一章 绿地\n\n新增<b>公园</b>绿地9公顷。"
DIFFERENCE = Difference(
    added=(ClauseChange("四", "", "新的一条"),),
    removed=(),
    changed=(ClauseChange("三/(二)/1", "新增绿地9公顷", "新增绿地12.5公顷"),),
    moved=(),
    values=(ValueChange("新增公园绿地", replace(VALUE.row, value="9"), VALUE.row),),
)


def text(name: str, version: str) -> str:
    if version != THEN.version:
        raise InputError(f"{name} 没有版本 {version}")
    return OLD_TEXT


PAST = Past(
    lambda _name: (NOW, THEN), text, lambda _name, _before, _after: (THEN.version, NOW.version, DIFFERENCE)
)


@pytest.fixture
async def client():
    settings = BotSettings()
    app = create_app(Assistant(StubAnswerer(), settings), settings=settings, past=PAST)
    async with open_client(app) as client:
        yield client


async def test_versions_are_listed_with_a_way_to_compare(client):
    """The present one leads to the reader, an earlier one to its words and to its diff."""
    page = (await client.get("/versions/lvyuan")).text
    assert 'href="../d/lvyuan"' in page
    assert f'href="../versions/lvyuan/{THEN.version}"' in page
    assert f"changes?from={THEN.version}&amp;to={NOW.version}" in page


async def test_an_old_version_shows_the_words_a_link_was_made_for(client):
    """Its text is escaped, the span marked, and it says that it is not in force."""
    page = (await client.get(f"/versions/lvyuan/{THEN.version}?hl=8-10")).text
    assert '<mark id="hl">新增</mark>&lt;b&gt;公园' in page
    assert "这是以前的版本" in page


async def test_a_stale_link_leads_to_the_words_of_its_time(client):
    """The reader offers the version that the link names."""
    page = (await client.get(f"/d/lvyuan/三?hl=8-10&v={THEN.version}")).text
    assert f'href="../../versions/lvyuan/{THEN.version}?hl=8-10#hl"' in page


async def test_changes_are_marked_word_by_word(client):
    """What went is struck out, what came is underlined, values are summed up."""
    page = (await client.get("/versions/lvyuan/changes")).text
    assert "<del>9</del><ins>12.5</ins>" in page
    assert "<ins>新的一条</ins>" in page
    assert "<li>目标值 新增公园绿地 不低于9公顷→不低于12.5公顷</li>" in page


@pytest.mark.parametrize("path", ["lvyuan/ffffffffffff", "nowhere", "nowhere/changes"])
async def test_what_never_was_gets_a_clear_page(client, path):
    """404 with the sentence and the way on."""
    answer = await client.get(f"/versions/{path}")
    assert (answer.status_code, "没有找到" in answer.text) == (404, True)


def test_the_archive_of_a_real_index_lists_and_reads_its_versions(shipped):
    """What the configuration opens gives the present version, and its stored text to the letter."""
    past, store = open_past(shipped), open_for_lookup(shipped)
    version = store.documents["qingpu"].version
    assert [document.version for document in past.listed("qingpu")] == [version]
    assert past.text("qingpu", version) == store.texts["qingpu"]
