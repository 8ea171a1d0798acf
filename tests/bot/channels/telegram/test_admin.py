"""Admins publish, withdraw and roll back from a private chat; nobody else does."""

import asyncio
import shutil
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from bot import app, config
from bot.admin.library import Library
from bot.admin.uploads import safe_name
from bot.channels.telegram import admin_texts, texts
from bot.channels.telegram.service import serve_in
from bot.channels.telegram.uploads import read_caption
from bot.config import Config
from bot.demo.peer.bot_api import FakeBotApi
from bot.demo.peer.telegram_people import Person, make_group
from bot.demo.peer.telegram_state import Sent
from index import manifest
from tests.conftest import ROOT

ADMIN, CITIZEN = 7, 42
OLD = "绿源市就业规划\n\n一、培训\n每年培训农民工500人。\n对灵活就业人员给予社会保险补贴。\n"
NEW = OLD.replace("500人", "800人")


@dataclass
class Installation:
    api: FakeBotApi
    config: Config

    @property
    def admin(self) -> Person:
        return Person(self.api, ADMIN, "管理员")

    @property
    def citizen(self) -> Person:
        return Person(self.api, CITIZEN)


@pytest.fixture
async def installed(api: FakeBotApi, tmp_path: Path) -> AsyncIterator[Installation]:
    """A bot over one small document of its own, with an admin."""
    (tmp_path / "docs_corpus").mkdir()
    shutil.copy(ROOT / "docs_corpus" / "lexicon.yaml", tmp_path / "docs_corpus")
    told = f"bot:\n  telegram:\n    base_url: {api.base_url}\n    base_file_url: {api.base_file_url}\n    admins: [{ADMIN}]\n"
    (tmp_path / "config.yaml").write_text(told, encoding="utf-8")
    found = config.load(tmp_path / "config.yaml", tmp_path / "var", environment={})
    (tmp_path / "plan.txt").write_text(OLD, encoding="utf-8")
    Library(found, "测试").add(tmp_path / "plan.txt", {"region": "绿源市", "id": "lvyuan"})
    stop = asyncio.Event()
    with app.open_service(found) as assistant:
        office = app.open_office(assistant, found)
        work = asyncio.create_task(serve_in(assistant, found.settings.bot, api.token, (), stop, office))
        yield Installation(api, found)
        stop.set()
        await work


async def send(person: Person, name: str, content: str, caption: str = "") -> str:
    """Send a file; return what is said to it."""
    telegram = person.api.telegram
    file_id = f"up/{telegram.next_id()}"
    telegram.files[file_id] = content.encode()
    size = len(telegram.files[file_id])
    described = {"file_id": file_id, "file_unique_id": file_id, "file_name": name, "file_size": size}
    await person.post(document=described, caption=caption)
    return (await person.receive()).text


async def test_a_new_version_from_preview_to_rollback(installed: Installation):
    """The preview tells what changes; after the yes it answers; a rollback brings the old words back."""
    admin = installed.admin
    telegram = admin.api.telegram
    file_id = "up/1/plan.txt"
    telegram.files[file_id] = NEW.encode()
    described = {
        "file_id": file_id,
        "file_unique_id": "u",
        "file_name": "新.txt",
        "file_size": len(NEW.encode()),
    }
    await admin.post(document=described, caption="替换 lvyuan")
    preview = await admin.receive()
    assert preview.text.startswith("读好了:新.txt,将换掉 lvyuan。确认后发布。\n编号:lvyuan\n")
    assert "500" in preview.text
    assert "800" in preview.text
    assert [[button["text"] for button in row] for row in preview.buttons] == [["确认", "取消"]]
    await admin.tap(preview, "确认")
    said = await until(admin, "已发布 lvyuan")
    assert "/rollback" in said
    (document,) = manifest.load(installed.config.corpus_dir)
    assert "800人" in (installed.config.corpus_dir / document.file).read_text(encoding="utf-8")
    await admin.send("/rollback")
    sure = await message(admin, admin_texts.SURE_TO_ROLL_BACK)
    await admin.tap(sure, "确认")
    assert "文件和清单也已恢复" in await until(admin, "已退回到索引")
    (document,) = manifest.load(installed.config.corpus_dir)
    assert "500人" in (installed.config.corpus_dir / document.file).read_text(encoding="utf-8")
    await admin.send("/history lvyuan")
    assert "更新文件" in await until(admin, "20")


async def message(person: Person, beginning: str) -> Sent:
    """Wait for a message, or an edit, that begins so."""
    while True:
        sent = await person.receive()
        if sent.text.startswith(beginning):
            return sent


async def until(person: Person, beginning: str) -> str:
    return (await message(person, beginning)).text


async def test_a_second_tap_does_nothing(installed: Installation):
    """A yes tapped twice withdraws once; the second tap is told that it is done."""
    admin = installed.admin
    sure = replace(await admin.ask("/withdraw lvyuan"))  # as it was before its buttons went
    await admin.tap(sure, "确认")
    assert (await admin.tap(sure, "确认"))["text"] == admin_texts.GONE
    assert manifest.load(installed.config.corpus_dir) == ()


async def test_a_no_changes_nothing(installed: Installation):
    """The file is cleared away; a late yes finds it gone."""
    admin = installed.admin
    telegram = admin.api.telegram
    telegram.files["f"] = NEW.encode()
    await admin.post(
        document={"file_id": "f", "file_unique_id": "f", "file_name": "a.txt", "file_size": 9},
        caption="替换 lvyuan",
    )
    preview = replace(await admin.receive())  # as it was before its buttons went
    await admin.tap(preview, "取消")
    assert (await until(admin, admin_texts.LEFT)) == admin_texts.LEFT
    assert (await admin.tap(preview, "确认"))["text"] == admin_texts.GONE
    assert list((installed.config.data_dir / "uploads").iterdir()) == []


async def test_withdrawing_asks_first(installed: Installation):
    """An unknown id is named with those there are; a withdrawn document answers no more."""
    admin = installed.admin
    assert "现有:lvyuan" in (await admin.ask("/withdraw nobody")).text
    sure = await admin.ask("/withdraw lvyuan 测试")
    await admin.tap(sure, "确认")
    assert "已撤下 lvyuan" in await until(admin, "已撤下")
    assert manifest.load(installed.config.corpus_dir) == ()


@pytest.mark.parametrize(
    "command", ["/withdraw lvyuan", "/rollback", "/history lvyuan", "/stats", "/unanswered"]
)
async def test_a_citizen_has_no_such_commands(installed: Installation, command: str):
    """To anybody else, and in a group, the commands are unknown."""
    assert (await installed.citizen.ask(command)).text == texts.UNKNOWN_COMMAND
    group = make_group(installed.api)
    assert (await installed.admin.ask(command, group)).text == texts.UNKNOWN_COMMAND


async def test_a_citizens_file_is_no_upload(installed: Installation):
    """It is not even downloaded."""
    assert await send(installed.citizen, "a.txt", NEW) == texts.NOT_TEXT
    assert installed.api.calls_of("getFile") == []


async def test_a_pressed_yes_is_checked_again(installed: Installation):
    """A citizen who presses an admin's button changes nothing."""
    sure = await installed.admin.ask("/withdraw lvyuan")
    assert (await installed.citizen.tap(sure, "确认"))["text"] == texts.NOT_YOURS
    assert len(manifest.load(installed.config.corpus_dir)) == 1


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.exe", "MZ", "读不了这种文件"),
        ("../../etc/a.txt", "", "没有做成"),
        ("a.txt", "无地区的通知\n\n一、事项\n做好工作。\n", "没有做成"),
    ],
)
async def test_files_that_are_refused(installed: Installation, name: str, content: str, said: str):
    """The reason is said, nothing is left behind."""
    assert said in await send(installed.admin, name, content)
    assert list((installed.config.data_dir / "uploads").iterdir()) == []


async def test_figures_of_the_log(installed: Installation):
    """What was asked is counted; what was not answered is listed."""
    await installed.citizen.ask("灵活就业有补贴吗")
    await installed.citizen.ask("今天天气怎么样")
    assert "问了 2 次" in (await installed.admin.ask("/stats")).text
    assert "今天天气怎么样" in (await installed.admin.ask("/unanswered")).text


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("规划(2021).docx", "规划(2021).docx"),
        ("../../etc/passwd", "passwd.txt"),
        ("C:\\x\\a.pdf", "a.pdf"),
        ("a\n<b>.txt", "a__b_.txt"),
        (None, "文件.txt"),
        ("通知13912345678.docx", "通知_手机号_.docx"),
        ("zhang@qq.com.txt", "_邮箱_.txt"),
    ],
)
def test_names_are_made_safe(name: str | None, safe: str):
    """No folder, no control character, no markup is left."""
    assert safe_name(name) == safe


def test_a_caption_says_what_a_file_is():
    """替换 names the document, the rest its facts."""
    assert read_caption("替换 xiangyang") == ("xiangyang", {})
    assert read_caption("地区=广州市 文号:穗府〔2024〕1号") == (
        "",
        {"region": "广州市", "number": "穗府〔2024〕1号"},
    )
    assert read_caption(None) == ("", {})
