"""A change that a crash broke off is undone, or finished, by the next verb."""

from bot.admin import pending
from index import manifest
from index.manifest_edit import changing, edited
from tests.bot.admin.site import NOTICE, REVISED, Site


def _begin(site: Site, words: str) -> None:
    """Do what a replacement does before its build, then nothing more."""
    path = site.file("new.txt", words)
    preview = site.library.preview_replacement("plan", path, {})
    text = edited(site.config.corpus_dir, changing("plan", preview.entry))
    old = manifest.load(site.config.corpus_dir)[0].file
    pending.begin(site.config, text, (str(preview.entry["file"]), path.read_bytes()), old)


def test_a_crash_before_the_build_is_undone(site: Site):
    """Manifest and folder are as before, and the next change goes through."""
    before = site.corpus()
    _begin(site, REVISED)
    assert site.corpus() != before
    assert pending.recover(site.config)
    assert site.corpus() == before
    site.library.add(site.file("notice.txt", NOTICE), {"region": "乙市"})
    assert [d.id for d in manifest.load(site.config.corpus_dir)] == ["plan", "notice"]


def test_the_next_verb_clears_up_by_itself(site: Site):
    """Nobody has to know that there was a crash."""
    before = site.corpus()
    _begin(site, REVISED)
    report = site.library.update()
    assert (report.published, site.corpus()) == (False, before)


def test_a_crash_after_publishing_is_finished(site: Site):
    """What was published stays, and the file it replaced goes."""
    _begin(site, REVISED)
    note = (site.config.data_dir / pending.NOTE).read_bytes()
    site.library.build(pending_order(), rebuild=False, force=True)
    (site.config.data_dir / pending.NOTE).write_bytes(note)
    assert pending.recover(site.config)
    (document,) = manifest.load(site.config.corpus_dir)
    assert sorted(site.corpus()) == ["manifest.yaml", document.file]
    assert "500人" in site.quotes("每年培训多少农民工")[0]


def pending_order():
    """An order as a verb gives it."""
    from index.order import Order

    return Order("测试员", "更新")


def test_nothing_pending(site: Site):
    """There is nothing to clear up in the ordinary case."""
    assert not pending.recover(site.config)
