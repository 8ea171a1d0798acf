"""An installation, saved and put back: the same answer, or a clear refusal."""

import gzip
import io
import json
import shutil
import tarfile
from pathlib import Path

import pytest
from sqlalchemy import func, select

from bot import config
from bot.cli.main import main
from bot.records.inbox import Inbox, Taken
from bot.records.records import open_records
from bot.records.schema import handled, inbox
from tests.bot.admin.site import PLAN, Site

ROOT = Path(__file__).resolve().parents[3]
QUESTION = "甲市每年培训多少农民工?"


def _site(folder: Path) -> Site:
    return Site(config.load(folder / "config.yaml", folder / "var", environment={}), folder)


def run(folder: Path, *arguments: str) -> int:
    return main(["--config", str(folder / "config.yaml"), "--data-dir", str(folder / "var"), *arguments])


@pytest.fixture(scope="module")
def saved(tmp_path_factory) -> tuple[Site, Path]:
    """A site with records, and its backup."""
    folder = tmp_path_factory.mktemp("site")
    (folder / "docs_corpus").mkdir()
    shutil.copy(ROOT / "config.yaml", folder / "config.yaml")
    site = _site(folder)
    site.library.add(site.file("plan.txt", PLAN), {"region": "甲市", "period": "2021-2025"})
    records = open_records(site.config.settings.bot.records, site.config.data_dir, 5)
    records.keep_turn("telegram:7", "培训多少人")
    Inbox(records, "telegram").write([Taken(1, "telegram:7", {"text": "还没答"})], [])
    records.flush()
    archive = tmp_path_factory.mktemp("backup") / "b.tar.gz"
    assert run(folder, "backup", str(archive)) == 0  # while the records are open
    records.close()
    return site, archive


def test_a_restored_installation_answers_the_same(saved, tmp_path, capsys):
    """Answer, memory of the conversation and the doctor's word are those of the original."""
    site, archive = saved
    target = tmp_path / "new"
    assert run(site.folder, "restore", str(archive), "--to", str(target)) == 0
    restored = _site(target)
    assert restored.quotes(QUESTION) == site.quotes(QUESTION) != []
    records = open_records(restored.config.settings.bot.records, restored.config.data_dir, 5)
    assert list(records.recall("telegram:7").questions) == ["培训多少人"]
    with records.engine.connect() as connection:  # what waited then is not answered again
        counts = [connection.scalar(select(func.count()).select_from(table)) for table in (inbox, handled)]
    assert counts == [0, 1]
    records.close()
    capsys.readouterr()
    assert run(target, "doctor") == 0
    assert "[正常] 索引" in capsys.readouterr().out


def test_a_backup_is_its_owners_only_and_complete(saved):
    """Nobody else may read it; the databases come without logs beside them."""
    _, archive = saved
    assert archive.stat().st_mode & 0o077 == 0
    with tarfile.open(archive) as opened:
        names = opened.getnames()
    assert {
        "config.yaml",
        "docs_corpus/manifest.yaml",
        "data/policybot.sqlite3",
        "data/service.db",
        "data/salt",
    } <= {*names}
    assert [name for name in names if name.endswith(("-wal", "-shm")) or "cache" in name] == []


def test_what_is_there_is_kept(saved, tmp_path, capsys):
    """A target with content is refused; with --force the old goes aside."""
    site, archive = saved
    target = tmp_path / "new"
    (target / "var").mkdir(parents=True)
    (target / "var" / "mine").write_text("我的")
    assert run(site.folder, "restore", str(archive), "--to", str(target)) == 1
    assert "已经有内容" in capsys.readouterr().err
    assert [path.name for path in target.iterdir()] == ["var"]
    assert run(site.folder, "restore", str(archive), "--to", str(target), "--force") == 0
    assert (target / "var.before-restore" / "mine").read_text() == "我的"


def _rewritten(archive: Path, target: Path, change) -> Path:
    """The archive with its members passed through ``change(name, content) -> (member, content) or None``."""
    with tarfile.open(archive) as old, tarfile.open(target, "w:gz") as new:
        for member in old:
            changed = change(member, old.extractfile(member).read())
            if changed:
                kept, words = changed
                kept.size = len(words)
                new.addfile(kept, io.BytesIO(words))
    return target


def _outside(member, content):
    if member.name == "contents.json":
        content = json.dumps(
            {
                **(head := json.loads(content)),
                "files": [*head["files"], {"name": "data/../../x", "size": 0, "sha256": ""}],
            }
        ).encode()
    return member, content


def _unlisted(member, content):
    if member.name == "config.yaml":
        member.name = "../../etc/passwd"
    return member, content


def _linked(member, content):
    if member.name == "data/salt":
        member.type, member.linkname, content = tarfile.SYMTYPE, "/etc/passwd", b""
    return member, content


def _flipped(member, content):
    if member.name.endswith("vectors.faiss"):
        content = content[:-1] + bytes([content[-1] ^ 1])
    return member, content


def _missing(member, content):
    return None if member.name == "data/salt" else (member, content)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (_outside, "不该有的路径 'data/../../x'"),
        (_unlisted, "'../../etc/passwd' 不在目录里"),
        (_linked, "不是普通文件"),
        (_flipped, "vectors.faiss 与备份时不同"),
        (_missing, "少了 data/salt"),
    ],
)
def test_a_tampered_backup_changes_nothing(saved, tmp_path, capsys, change, words):
    """Paths that lead outside, links, flipped bytes and gaps are named, and the target stays empty."""
    site, archive = saved
    bad, target = _rewritten(archive, tmp_path / "bad.tar.gz", change), tmp_path / "new"
    assert run(site.folder, "restore", str(bad), "--to", str(target)) == 1
    assert words in capsys.readouterr().err
    assert list(target.iterdir()) == []


@pytest.mark.parametrize("content", [b"", b"no archive", gzip.compress(b"no archive", mtime=0), None])
def test_what_is_no_backup_is_refused(saved, tmp_path, capsys, content):
    """Empty, foreign and cut-off files are one line; so is a file that is not there."""
    site, archive = saved
    bad = tmp_path / "bad.tar.gz"
    bad.write_bytes(archive.read_bytes()[:5000] if content is None else content)
    assert run(site.folder, "restore", str(bad), "--to", str(tmp_path / "new")) == 1
    assert run(site.folder, "restore", str(tmp_path / "none"), "--to", str(tmp_path / "new")) == 1
    said = capsys.readouterr().err
    assert str(bad) in said
    assert "Traceback" not in said
