"""The life of the bot: it comes up, waits for Telegram, and goes down without losing an answer."""

import asyncio
import os
import signal
import threading

import pytest

from bot.assistant import Assistant
from bot.channels.telegram.service import run
from bot.demo.peer.bot_api import FakeBotApi, Fault
from bot.demo.peer.telegram_people import Person
from bot.errors import ChannelError
from bot.settings import BotSettings, TelegramSettings
from retrieval.types import Answer
from tests.bot.channels.telegram.conftest import ScriptedAnswerer, Start, make_answer

REFUSED = (
    "Telegram 不认环境变量 POLICYBOT_TELEGRAM_TOKEN 里的令牌;请到 @BotFather 核对后重新设置"
    "(用自建的 Bot API 服务器时,也请核对 bot.telegram.base_url)"
)


async def test_a_refused_token_ends_with_one_line(start_bot: Start):
    """The line names the variable and not the token, and no other error hangs behind it."""
    bot = await start_bot(token="654321:SECRET")
    with pytest.raises(ChannelError) as caught:
        await bot.task
    assert str(caught.value) == REFUSED
    assert caught.value.__suppress_context__


@pytest.mark.parametrize(
    "token", ["", "abc", "123456", "123456:a b", "123456:秘密", "../123:abc", "123456:abc\n"]
)
async def test_what_cannot_be_a_token_is_not_tried(start_bot: Start, api: FakeBotApi, token: str):
    """Nothing is sent anywhere."""
    bot = await start_bot(token=token)
    with pytest.raises(ChannelError, match="POLICYBOT_TELEGRAM_TOKEN 不像令牌"):
        await bot.task
    assert api.calls == []


async def test_an_address_that_is_none_is_named(start_bot: Start):
    """The message shows the key and the value."""
    bot = await start_bot(base_url="api.example.org/bot")
    with pytest.raises(ChannelError, match=r"bot\.telegram\.base_url = 'api\.example\.org/bot' 不是网址"):
        await bot.task


async def test_a_token_revoked_while_running_ends_the_bot(start_bot: Start, api: FakeBotApi):
    """It does not stay up deaf."""
    bot = await start_bot()
    await api.called("setMyCommands")
    api.token = "123456:another"
    await api.push("message", {})
    with pytest.raises(ChannelError, match="不认"):
        await bot.task


async def test_a_token_refused_between_greeting_and_polling(start_bot: Start, api: FakeBotApi):
    """Whichever call hears it first, the line is the same."""
    api.fail("deleteWebhook", Fault(status=401, description="Unauthorized"))
    bot = await start_bot()
    with pytest.raises(ChannelError, match="不认"):
        await bot.task


async def test_it_waits_for_telegram(start_bot: Start, api: FakeBotApi, caplog: pytest.LogCaptureFixture):
    """A cut connection at start is tried again."""
    api.fail("getMe", Fault(drop=True))
    bot = await start_bot()
    assert (await bot.person().ask("甲")).text.startswith("答:甲")
    assert "连不上 Telegram(NetworkError" in caplog.text


async def test_it_can_be_stopped_while_waiting_for_telegram(start_bot: Start, api: FakeBotApi):
    """Nobody answers, and it still goes down at once."""
    api.fail("getMe", Fault(hold=asyncio.Event()))
    bot = await start_bot()
    await api.called("getMe")
    await bot.end()
    assert bot.task.exception() is None


async def test_a_menu_that_fails_stops_nothing(
    start_bot: Start, api: FakeBotApi, caplog: pytest.LogCaptureFixture
):
    """The commands work without it."""
    api.fail("setMyCommands", Fault(status=400, description="Bad Request: chat not found"))
    bot = await start_bot()
    await api.called("setMyCommands")
    assert (await bot.person().ask("甲")).text.startswith("答:甲")
    assert "命令菜单(default)没有设上(BadRequest)" in caplog.text


async def test_stopping_lets_the_running_answer_finish(start_bot: Start):
    """The answer is sent after the stop, and no message is fetched any more."""
    bot = await start_bot()
    started, released = threading.Event(), threading.Event()

    def slow() -> Answer:
        started.set()
        released.wait(20)
        return make_answer("慢", "最后一条")

    bot.answerer.script["慢"] = slow
    person = bot.person()
    await person.send("慢")
    await asyncio.to_thread(started.wait, 20)
    bot.stop.set()
    await asyncio.sleep(0)
    released.set()
    await bot.task
    assert (await person.receive()).text.startswith("最后一条")


async def test_what_was_not_fetched_is_answered_after_a_restart(start_bot: Start, api: FakeBotApi):
    """Each question is answered exactly once."""
    first = await start_bot()
    person = first.person()
    assert (await person.ask("甲")).text.startswith("答:甲")
    await first.end()
    await person.send("乙")
    second = await start_bot()
    assert (await person.receive()).text.startswith("答:乙")
    await second.end()
    assert (first.answerer.asked, second.answerer.asked) == ([("甲", ())], [("乙", ())])


def test_sigterm_ends_run():
    """The blocking entry returns when the signal comes."""
    ready = threading.Event()
    peer: list[FakeBotApi] = []

    async def be_telegram() -> str:
        api = await FakeBotApi().start()
        peer.append(api)
        ready.set()
        text = (await Person(api, 42).ask("甲")).text
        os.kill(os.getpid(), signal.SIGTERM)
        await ended.wait()
        await api.stop()
        return text

    loop, ended = asyncio.new_event_loop(), asyncio.Event()
    heard: list[str] = []
    thread = threading.Thread(target=lambda: heard.append(loop.run_until_complete(be_telegram())))
    thread.start()
    ready.wait(20)
    telegram = TelegramSettings(base_url=peer[0].base_url, base_file_url=peer[0].base_file_url)
    settings = BotSettings(telegram=telegram)
    run(Assistant(ScriptedAnswerer(), settings), settings, peer[0].token, ())
    loop.call_soon_threadsafe(ended.set)
    thread.join(20)
    loop.close()
    assert [text.partition("[")[0] for text in heard] == ["答:甲"]
