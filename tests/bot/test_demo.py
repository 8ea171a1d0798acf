"""The demo's chat page over the peer: what it shows, what it sends, what it refuses."""

import asyncio
import re
import signal
import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
from aiohttp.test_utils import TestClient, TestServer

from bot.config import Config
from bot.demo.chat import Chat
from bot.demo.peer.bot_api import FakeBotApi
from bot.demo.peer.telegram_people import Person
from tests.conftest import ROOT


@pytest.fixture
async def api() -> AsyncIterator[FakeBotApi]:
    server = await FakeBotApi().start()
    yield server
    await server.stop()


@pytest.fixture
async def page(api: FakeBotApi) -> AsyncIterator[TestClient]:
    people = {"citizen": Person(api, 1001), "admin": Person(api, 1003)}
    async with TestClient(TestServer(Chat(api, people).app())) as client:
        yield client


async def test_what_is_typed_reaches_the_bot(page: TestClient, api: FakeBotApi):
    """A message stands in the sender's chat and waits for the bot; the other person does not see it."""
    assert (await page.post("/say?as=citizen", json={"text": " 灵活就业有补贴吗 "})).status == 200
    shown = (await (await page.get("/messages?as=citizen")).json())["messages"]
    assert [(m["own"], m["text"]) for m in shown] == [(True, "灵活就业有补贴吗")]
    assert (await (await page.get("/messages?as=admin")).json())["messages"] == []


async def test_a_file_and_its_caption(page: TestClient):
    """It is shown by its name, with the words beside it."""
    import aiohttp

    form = aiohttp.FormData(quote_fields=False)  # as browsers send names
    form.add_field("file", b"text", filename="规划.txt")
    form.add_field("caption", "替换 xiangyang")
    await page.post("/upload?as=admin", data=form)
    (message,) = (await (await page.get("/messages?as=admin")).json())["messages"]
    assert (message["file"], message["text"]) == ("规划.txt", "替换 xiangyang")


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        ("/say?as=nobody", '{"text": "a"}', 404),
        ("/say?as=citizen", "not json", 400),
        ("/say?as=citizen", "[1]", 400),
        ("/tap?as=citizen", '{"message": 99, "data": "x"}', 404),
        ("/tap?as=citizen", "{}", 400),
    ],
)
async def test_requests_that_mean_nothing(page: TestClient, path: str, body: str, status: int):
    """They are refused; nothing is sent."""
    answer = await page.post(path, data=body, headers={"Content-Type": "application/json"})
    assert answer.status == status


async def test_the_page_takes_nothing_from_elsewhere(page: TestClient):
    """Every address in it is its own, and the browser is told so."""
    answer = await page.get("/")
    assert "default-src 'self'" in answer.headers["Content-Security-Policy"]
    assert re.findall(r"(?:src|href)=\"(?!static/)", await answer.text()) == []


async def test_the_command_answers_on_its_page(shipped: Config):
    """The real entry point: a question typed on the page comes back with its source and its buttons; Ctrl-C ends it."""
    command = [
        str(Path(sys.executable).with_name("policybot")),
        "--data-dir",
        str(shipped.data_dir),
        "demo",
        "--port",
        "0",
    ]
    running = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert running.stdout is not None
    line = await asyncio.to_thread(running.stdout.readline)
    base = re.search(r"http://127\.0\.0\.1:\d+", line)
    assert base is not None
    async with httpx.AsyncClient(base_url=base[0], timeout=30) as client:
        await client.post("/say?as=citizen", json={"text": "襄阳灵活就业有补贴吗"})
        answers: list[dict] = []
        while not answers:
            messages = (await client.get("/messages?as=citizen")).json()["messages"]
            answers = [m for m in messages if not m["own"]]
            await asyncio.sleep(0.05)
        assert "落实灵活就业社会保险补贴" in answers[0]["text"]
        source = answers[0]["buttons"][0][0]
        assert source["text"] == "原文 1"
        await client.post(
            "/tap?as=citizen", json={"message": answers[0]["id"], "data": source["callback_data"]}
        )
        messages = (await client.get("/messages?as=citizen")).json()["messages"]
        assert messages[-1]["text"].startswith(
            "《襄阳市人力资源和社会保障事业发展“十四五”规划》第三章第三节(四)具体路径3"
        )
    running.send_signal(signal.SIGINT)
    assert await asyncio.to_thread(running.wait, 30) == 0
