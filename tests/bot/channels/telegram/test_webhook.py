"""Updates that Telegram delivers: over real HTTP, with the secret, to a bot that never asks for any."""

import asyncio
import socket
from collections.abc import AsyncIterator
from dataclasses import dataclass

import httpx
import pytest
import uvicorn
from fastapi import FastAPI

from bot.assistant import Assistant
from bot.channels.telegram.ingress import HEADER, PATH, Ingress, ingress_routes, open_ingress, read_update
from bot.channels.telegram.service import serve_in
from bot.demo.peer.bot_api import FakeBotApi, Fault
from bot.demo.peer.telegram_people import Person
from bot.errors import ChannelError
from bot.settings import BotSettings, TelegramSettings
from tests.bot.channels.telegram.conftest import EXAMPLES, ScriptedAnswerer

SECRET = "a-secret_of-the-tests"
UPDATE = b'{"update_id": 1}'


@dataclass
class Site:
    """A web server with the route, and the bot behind it."""

    url: str
    ingress: Ingress
    stop: asyncio.Event
    task: asyncio.Task[None]


@pytest.fixture
async def site(api: FakeBotApi) -> AsyncIterator[Site]:
    listener = socket.create_server(("127.0.0.1", 0))
    url = f"http://127.0.0.1:{listener.getsockname()[1]}{PATH}"
    settings = BotSettings(
        telegram=TelegramSettings(base_url=api.base_url, base_file_url=api.base_file_url, webhook_url=url)
    )
    ingress = open_ingress(settings.telegram, SECRET)
    assert ingress is not None
    app = FastAPI()
    app.include_router(ingress_routes(ingress))
    server = uvicorn.Server(uvicorn.Config(app, log_level="warning", lifespan="off"))
    serving = asyncio.create_task(server.serve(sockets=[listener]))
    stop, assistant = asyncio.Event(), Assistant(ScriptedAnswerer(), settings)
    bot = asyncio.create_task(serve_in(assistant, settings, api.token, EXAMPLES, stop, None, ingress))
    yield Site(url, ingress, stop, bot)
    stop.set()
    await asyncio.gather(bot, return_exceptions=True)
    server.should_exit = True
    await serving


async def test_an_update_is_delivered_and_answered(site: Site, api: FakeBotApi):
    """The bot says where and with which secret, and polls for nothing."""
    (call,) = await api.called("setWebhook")
    assert (call.params["url"], call.params["secret_token"]) == (site.url, SECRET)
    assert call.params["allowed_updates"] == '["message", "callback_query", "inline_query"]'
    await api.called("setMyCommands")
    assert (await Person(api, 42).ask("灵活就业有补贴吗")).text.startswith("答:灵活就业有补贴吗[1]")
    assert api.calls_of("getUpdates") == []


@pytest.mark.parametrize("shown", [None, "", "a-secret_of-the-test", SECRET + "x", "\u00e9"])
async def test_a_caller_without_the_secret_gets_nothing(site: Site, api: FakeBotApi, shown: str | None):
    """403 and no word more; the update is not looked at."""
    await api.called("setMyCommands")
    headers = {} if shown is None else {HEADER: shown.encode("latin-1")}
    async with httpx.AsyncClient() as client:
        answered = await client.post(site.url, content=b"not even JSON", headers=headers)
    assert (answered.status_code, answered.content) == (403, b"")


@pytest.mark.parametrize(
    "body", [b"", b"[]", b"{}", b'{"update_id": "1"}', b"\xff", b"[" * 100_000], ids=range(6)
)
async def test_what_is_no_update_is_refused(site: Site, api: FakeBotApi, body: bytes):
    """The route goes on."""
    await api.called("setMyCommands")
    async with httpx.AsyncClient(headers={HEADER: SECRET}) as client:
        assert (await client.post(site.url, content=body)).status_code == 400
        assert (await client.post(site.url, content=UPDATE)).status_code == 200


@pytest.mark.parametrize(
    "content",
    [
        {"message": 2},
        {"message": "x"},
        {"message": [1]},
        {"callback_query": {"id": 1}},
        {"inline_query": 1.5},
        {"message": {"message_id": 1, "date": 1e30, "chat": {"id": 1, "type": "private"}}},
    ],
)
def test_an_update_that_cannot_be_read_is_left_out(content: dict[str, object]):
    """It is logged and skipped: an error would have Telegram send it again for a day."""
    assert read_update({"update_id": 1, **content}, None) is None


async def test_a_bot_that_is_not_up_asks_telegram_to_come_again(site: Site, api: FakeBotApi):
    """Nothing is taken that nobody would answer."""
    await api.called("setMyCommands")
    site.stop.set()
    await site.task
    async with httpx.AsyncClient(headers={HEADER: SECRET}) as client:
        assert (await client.post(site.url, content=UPDATE)).status_code == 503


async def test_an_address_telegram_refuses_is_named(site: Site, api: FakeBotApi):
    """With the key, the address and what Telegram wants."""
    api.fail("setWebhook", Fault(status=400, description="Bad Request: bad webhook"))
    with pytest.raises(ChannelError, match=r"webhook_url = 'http://127\.0\.0\.1:\d+/telegram'.*443"):
        await site.task


@pytest.mark.parametrize(
    ("url", "secret", "message"),
    [
        ("zc.example.gov.cn/telegram", SECRET, "webhook_url = 'zc.example.gov.cn/telegram' 不是网址"),
        ("https://zc.example.gov.cn/telegram", "", "POLICYBOT_TELEGRAM_WEBHOOK_SECRET"),
        ("https://zc.example.gov.cn/telegram", "short", "16–256"),
        ("https://zc.example.gov.cn/telegram", "这是一个中文的密钥这是一个中文的密钥", "16–256"),
    ],
)
def test_what_cannot_work_is_said_at_the_start(url: str, secret: str, message: str):
    """With the key or the variable, and never the secret."""
    with pytest.raises(ChannelError, match=message) as refused:
        open_ingress(TelegramSettings(webhook_url=url), secret)
    assert not secret or secret not in str(refused.value)


def test_without_an_address_nothing_is_opened():
    """The bot then asks for its updates, whatever the secret."""
    assert open_ingress(TelegramSettings(), SECRET) is None
