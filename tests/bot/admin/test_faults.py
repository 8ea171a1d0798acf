"""A disk that is full, a database that is locked, a process that dies: the old answers stay, the next change goes through."""

import resource
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from index import manifest
from index.database import DATABASE
from index.errors import PolicybotError, StoreError
from tests.bot.admin.conftest import ROOT
from tests.bot.admin.site import REVISED, Site

_DYING = """
import os, signal, sys
from pathlib import Path
from bot import config
from bot.admin import library, pending
from bot.admin.library import Library
import index.build

def die(*_args, **_kwargs):
    os.kill(os.getpid(), signal.SIGKILL)

folder, step, verb = Path(sys.argv[1]), sys.argv[2], sys.argv[3]
module, _, name = step.rpartition(".")
setattr(sys.modules[module], name, die)
found = Library(config.load(folder / "config.yaml", folder / "var", environment={}), "测试员")
if verb == "replace":
    found.replace("plan", folder / "new.txt", {})
else:
    found.rollback()
"""


def check_nothing_happened(site: Site, before: dict[str, bytes]) -> None:
    """The old text answers, the folder is as it was."""
    assert "450人" in site.quotes("每年培训多少农民工")[0]
    assert site.corpus() == before


def check_it_goes_on(site: Site) -> None:
    """The next change goes through and leaves nothing lying about."""
    site.library.replace("plan", site.file("new.txt", REVISED), {})
    assert "500人" in site.quotes("每年培训多少农民工")[0]
    assert site.strays() == []


@contextmanager
def full_disk(limit: int) -> Iterator[None]:
    """No file can grow beyond ``limit`` bytes."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@pytest.mark.parametrize("limit", [0, 5_000])
def test_a_full_disk(site: Site, limit: int):
    """Wherever the space runs out, one line says so and nothing has changed."""
    path, before = site.file("new.txt", REVISED), site.corpus()
    with full_disk(limit), pytest.raises(PolicybotError, match=r"写不了|存不下|建不了|用不了"):
        site.library.replace("plan", path, {})
    check_nothing_happened(site, before)
    check_it_goes_on(site)


def test_a_locked_database(site: Site, monkeypatch):
    """Another program holds the database: the change is refused, answers go on."""
    monkeypatch.setattr("index.database._BUSY_S", 0.05)
    path, before = site.file("new.txt", REVISED), site.corpus()
    other = sqlite3.connect(site.config.data_dir / DATABASE, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(StoreError, match="database is locked"):
        site.library.replace("plan", path, {})
    check_nothing_happened(site, before)
    other.rollback()
    other.close()
    check_it_goes_on(site)


@pytest.mark.parametrize(
    ("step", "published"),
    [
        ("index.build.publish", False),
        ("bot.admin.pending.finish", True),
    ],
)
def test_a_process_killed_in_a_replacement(site: Site, step: str, published: bool):
    """Killed before the switch the old text answers, killed after it the new one; the next verb clears up."""
    path = site.file("new.txt", REVISED)
    command = [sys.executable, "-c", _DYING, str(site.folder), step, "replace"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, check=False)
    assert done.returncode == -signal.SIGKILL
    assert (("500人" if published else "450人") in site.quotes("每年培训多少农民工")[0]) is True
    report = site.library.update()
    assert (report.published, report.changed) == (False, ())
    assert site.strays() == []
    assert (("500人" if published else "450人") in site.quotes("每年培训多少农民工")[0]) is True
    if not published:
        site.library.replace("plan", path, {})
    assert manifest.load(site.config.corpus_dir)[0].sha256 in {d.sha256 for d in site.library.listed()}


def test_a_manifest_edited_after_a_crash(site: Site):
    """What somebody wrote by hand since the crash is not written over."""
    site.file("new.txt", REVISED)
    command = [sys.executable, "-c", _DYING, str(site.folder), "index.build.embed", "replace"]
    subprocess.run(command, cwd=ROOT, capture_output=True, check=False)
    path = site.config.corpus_dir / "manifest.yaml"
    path.write_text(path.read_text(encoding="utf-8") + "# 核对过\n", encoding="utf-8")
    site.library.update()
    assert path.read_text(encoding="utf-8").endswith("# 核对过\n")
    assert "500人" in site.quotes("每年培训多少农民工")[0]


def test_a_process_killed_in_a_rollback(site: Site):
    """Killed before the switch the newer text answers; the next update completes what was asked for."""
    site.library.replace("plan", site.file("new.txt", REVISED), {})
    command = [sys.executable, "-c", _DYING, str(site.folder), "index.publish.rollback", "rollback"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, check=False)
    assert done.returncode == -signal.SIGKILL
    assert "500人" in site.quotes("每年培训多少农民工")[0]
    site.library.update()
    assert "450人" in site.quotes("每年培训多少农民工")[0]
    assert site.strays() == []
