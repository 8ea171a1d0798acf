"""The doctor over a healthy installation and over broken ones, as printed."""

import json
import os
import shutil
import sqlite3
import time
from pathlib import Path

import pytest

from bot import config
from bot.cli.main import main
from bot.records.records import open_records
from index.database import DATABASE, GENERATIONS
from tests.bot.admin.site import NOTICE, PLAN, Site

ROOT = Path(__file__).resolve().parents[3]


def _site(folder: Path) -> Site:
    return Site(config.load(folder / "config.yaml", folder / "var", environment={}), folder)


@pytest.fixture(scope="module")
def made(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    (folder / "docs_corpus").mkdir()
    shutil.copy(ROOT / "config.yaml", folder / "config.yaml")
    site = _site(folder)
    site.library.add(site.file("plan.txt", PLAN), {"region": "甲市", "period": "2021-2025"})
    records = open_records(site.config.settings.bot.records, site.config.data_dir, 5)
    records.audit("管理员", "添加", "plan", {})
    records.close()
    return folder


@pytest.fixture
def folder(made, tmp_path) -> Path:
    return shutil.copytree(made, tmp_path / "site")


def examined(folder: Path, capsys) -> tuple[int, dict[str, tuple[str, str]]]:
    paths = ["--config", str(folder / "config.yaml"), "--data-dir", str(folder / "var")]
    code = main(["doctor", "--json", *paths])
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    return code, {row["part"]: (row["state"], row["message"]) for row in rows}


def test_a_healthy_installation(folder, capsys):
    """Every part is well, and the exit code says so."""
    code, found = examined(folder, capsys)
    assert (code, [part for part, (state, _) in found.items() if state == "fault"]) == (0, [])
    assert list(found) == ["文件", "编码器", "索引", "运行记录", "盐", "磁盘", "时钟"]
    assert found["文件"] == ("ok", "1 份,都与清单一致")
    assert found["运行记录"] == ("ok", "数据库完好,审计记录连续")


def _change_a_document(folder: Path) -> None:
    next((folder / "docs_corpus").glob("*.txt")).write_text("改过的", encoding="utf-8")


def _cut_vectors(folder: Path) -> None:
    path = next((folder / "var" / GENERATIONS).glob("*/vectors.faiss"))
    path.write_bytes(path.read_bytes()[:-1])


def _flip_vectors(folder: Path) -> None:
    path = next((folder / "var" / GENERATIONS).glob("*/vectors.faiss"))
    content = bytearray(path.read_bytes())
    content[-1] ^= 1
    path.write_bytes(content)


def _remove_index(folder: Path) -> None:
    (folder / "var" / DATABASE).unlink()


def _spoil_records(folder: Path) -> None:
    for path in (folder / "var").glob("service.db*"):
        path.unlink()
    (folder / "var" / "service.db").write_bytes(b"not a database" * 500)


def _forge_audit(folder: Path) -> None:
    with sqlite3.connect(folder / "var" / "service.db") as connection:
        guards = connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for (name,) in guards:  # someone with the file in hand is stopped by none of them
            connection.execute(f"DROP TRIGGER {name}")
        connection.execute("UPDATE audit SET actor = '别人'")


def _lose_salt(folder: Path) -> None:
    (folder / "var" / "salt").unlink()


def _open_salt(folder: Path) -> None:
    (folder / "var" / "salt").chmod(0o644)


def _turn_back_the_clock(folder: Path) -> None:
    later = time.time() + 86_400
    os.utime(folder / "docs_corpus" / "manifest.yaml", (later, later))


@pytest.mark.parametrize(
    ("harm", "part", "state", "words"),
    [
        (_change_a_document, "文件", "fault", "否则恢复原文件"),
        (_cut_vectors, "索引", "fault", "请运行 policybot index"),
        (_flip_vectors, "索引", "fault", "vectors.faiss 的内容与发布时不同"),
        (_remove_index, "索引", "fault", "请先运行 policybot index"),
        (_spoil_records, "运行记录", "fault", "从备份恢复"),
        (_forge_audit, "运行记录", "fault", "审计记录第 1 条内容被改动过"),
        (_lose_salt, "盐", "fault", "请从备份恢复"),
        (_open_salt, "盐", "warning", "chmod 600"),
        (_turn_back_the_clock, "时钟", "warning", "timedatectl"),
    ],
)
def test_a_broken_installation_says_what_to_do(folder, capsys, harm, part, state, words):
    """The part that is broken is named, with the next step; a fault is exit 1, a warning 0."""
    harm(folder)
    code, found = examined(folder, capsys)
    assert found[part][0] == state
    assert words in found[part][1]
    assert code == (1 if state == "fault" else 0)


def test_a_damaged_index_is_told_once(folder, capsys, caplog):
    """Another generation stands in: the finding says it, and no line of the log beside it."""
    site = _site(folder)
    site.library.add(site.file("more.txt", NOTICE), {"region": "乙市", "id": "more"})
    newest = max((folder / "var" / GENERATIONS).iterdir())
    (newest / "vectors.faiss").write_bytes(b"")
    caplog.clear()
    code, found = examined(folder, capsys)
    assert (code, found["索引"][0], found["索引"][1].startswith("暂由较早的第 1 代回答")) == (
        1,
        "fault",
        True,
    )
    assert [record.getMessage() for record in caplog.records if record.levelname == "ERROR"] == []
