"""A running assistant goes on with what was just published."""

import logging

from bot import app
from bot.live import LiveAnswerer, live_number
from bot.records.audit import entries
from index.database import generation_folder
from index.errors import StoreError
from index.generation import VECTORS
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


def damage(site: Site) -> None:
    """Flip a bit of the live generation's vectors."""
    path = generation_folder(site.config.data_dir, live_number(site.config.data_dir) or 0) / VECTORS
    content = bytearray(path.read_bytes())
    content[-1] ^= 1
    path.write_bytes(content)


def test_files_damaged_under_a_running_bot(site: Site):
    """It holds all it needs: whatever becomes of the files, questions are answered as before."""
    running = live(site)
    for path in generation_folder(site.config.data_dir, running.generation).rglob("*.npy"):
        path.write_bytes(b"")
    damage(site)
    assert "450人" in running.ask("每年培训多少农民工").citations[0].quote
    running.close()


def test_a_damaged_generation_is_stood_in_for(site: Site):
    """Begun over a damaged generation, the one before answers; the alarm is raised once, and an update mends it."""
    site.library.replace("plan", site.file("new.txt", REVISED), {})
    damage(site)
    heard: list[str] = []
    opened: list[int] = []

    def opener():
        opened.append(1)
        return app.open_answerer(site.config)

    running = LiveAnswerer(
        opener, lambda: live_number(site.config.data_dir), interval_s=3600, alarm=heard.append
    )
    running.refresh()
    assert "450人" in running.ask("每年培训多少农民工").citations[0].quote
    assert (len(opened), len(heard), "vectors.faiss 的内容与发布时不同" in heard[0]) == (1, 1, True)
    site.library.update()
    running.refresh()
    assert "500人" in running.ask("每年培训多少农民工").citations[0].quote
    assert (len(heard), running.store.damaged) == (1, ())
    running.close()


def test_the_audit_log_says_that_a_generation_is_damaged(site: Site):
    """A service that begins over a damaged generation leaves a row that an auditor finds."""
    site.library.replace("plan", site.file("new.txt", REVISED), {})
    damage(site)
    with app.open_service(site.config) as assistant:
        assert assistant.records is not None
        (row,) = assistant.records.read(lambda connection: entries(connection, 10))
        assert assistant.generation == live_number(site.config.data_dir) - 1
    assert (row.actor, row.action) == ("policybot", "index.damaged")
    assert "vectors.faiss 的内容与发布时不同" in row.detail["message"]
