"""A running assistant goes on with what was just published."""

import logging

from bot import app
from bot.live import LiveAnswerer, live_number
from index.errors import StoreError
from tests.bot.admin.site import REVISED, Site


def live(site: Site) -> LiveAnswerer:
    """An answerer that looks only when it is told to."""
    return LiveAnswerer(
        lambda: app.open_answerer(site.config), lambda: live_number(site.config.data_dir), interval_s=3600
    )


def test_a_published_version_answers_without_a_restart(site: Site):
    """Before the look the old words answer, after it the new ones; the old answerer still works."""
    running = live(site)
    held = running.current
    site.library.replace("plan", site.file("new.txt", REVISED), {})
    assert "450人" in running.ask("每年培训多少农民工").citations[0].quote
    running.refresh()
    assert "500人" in running.ask("每年培训多少农民工").citations[0].quote
    assert "450人" in held.ask("每年培训多少农民工").citations[0].quote
    running.close()


def test_a_generation_that_cannot_be_opened(site: Site, caplog, monkeypatch):
    """The old one goes on answering and the log says so once."""
    running = live(site)
    site.library.replace("plan", site.file("new.txt", REVISED), {})

    def broken():
        raise StoreError("坏了")

    monkeypatch.setattr(running, "_opener", broken)
    with caplog.at_level(logging.ERROR):
        running.refresh()
        running.refresh()
    assert [record.message for record in caplog.records if "打不开" in record.message] == [
        f"新的索引 {live_number(site.config.data_dir)} 打不开,继续用 {running.current.store.id}:坏了"
    ]
    assert "450人" in running.ask("每年培训多少农民工").citations[0].quote
    running.close()
