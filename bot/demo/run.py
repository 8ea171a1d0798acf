"""``policybot demo``: the real bot against a Telegram of its own, with a page to chat on."""

import asyncio
import signal
from contextlib import suppress
from time import time

from aiohttp import web

from bot import app
from bot.channels.telegram.service import serve_in
from bot.config import Config
from bot.demo.chat import Chat
from bot.demo.peer.bot_api import FakeBotApi
from bot.demo.peer.telegram_people import Person
from bot.errors import ChannelError
from bot.settings import BotSettings

CITIZEN, STAFF, ADMIN = 1001, 1002, 1003  # the numeric ids of the three who try the bot
_READY = "打开 http://127.0.0.1:{port} 试用(Ctrl-C 结束)。管理员的操作会真的改动 docs_corpus/。"


def _settings(settings: BotSettings, api: FakeBotApi) -> BotSettings:
    """The settings of this run: the peer's address, and who is who."""
    given = {
        "base_url": api.base_url,
        "base_file_url": api.base_file_url,
        "staff": (STAFF,),
        "admins": (ADMIN,),
    }
    return settings.model_copy(update={"telegram": settings.telegram.model_copy(update=given)})


async def _listen(chat: Chat, port: int) -> web.AppRunner:
    runner = web.AppRunner(chat.app(), access_log=None, shutdown_timeout=1)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", port).start()
    except OSError as error:
        await runner.cleanup()
        raise ChannelError(f"端口 {port} 用不了({error.strerror});请用 --port 换一个") from None
    return runner


async def _run(config: Config, port: int) -> None:
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        with suppress(NotImplementedError):  # Windows: Ctrl-C ends the program as it always does
            asyncio.get_running_loop().add_signal_handler(number, stop.set)
    api = await FakeBotApi(first=int(time())).start()
    people = {
        "citizen": Person(api, CITIZEN, "市民"),
        "staff": Person(api, STAFF, "工作人员"),
        "admin": Person(api, ADMIN, "管理员"),
    }
    runner = await _listen(Chat(api, people), port)
    try:
        with app.open_service(config) as assistant:
            settings, office = _settings(config.settings.bot, api), app.open_office(assistant, config)
            print(_READY.format(port=runner.addresses[0][1]), flush=True)
            await serve_in(assistant, settings, api.token, assistant.examples, stop, office)
    finally:
        await runner.cleanup()
        await api.stop()


def run(config: Config, port: int) -> None:
    """Serve the demo until Ctrl-C.

    :param port: of the chat page; 0 takes a free one
    :raises ChannelError: the port is taken
    """
    asyncio.run(_run(config, port))
