"""What breaks inside: the person gets a sentence with an id, the log the place, and neither a secret."""

import logging
import re
from collections.abc import Callable

import pytest
from telegram.error import Conflict, InvalidToken, NetworkError

from bot.channels.telegram import faults, texts
from bot.demo.peer.bot_api import FakeBotApi, Fault
from bot.errors import InputError
from retrieval.types import Answer
from tests.bot.channels.telegram.conftest import Running, Start

SECRET = "我叫张三,身份证号310101"


def broken(error: Exception) -> Callable[[], Answer]:
    def answer() -> Answer:
        raise error

    return answer


@pytest.mark.parametrize("error", [ValueError(SECRET), InputError(SECRET), KeyError(SECRET)])
async def test_a_bug_is_told_and_logged(bot: Running, caplog: pytest.LogCaptureFixture, error: Exception):
    """The id in the sentence finds the log entry; the entry names the class and the line of code."""
    bot.answerer.script[SECRET] = broken(error)
    person = bot.person()
    said = (await person.ask(SECRET)).text
    identifier = re.search(r"[0-9a-f]{8}", said)
    assert identifier
    assert said == texts.failed(identifier[0])
    (entry,) = [record.getMessage() for record in caplog.records if record.levelno == logging.ERROR]
    assert f"编号 {identifier[0]}:{type(error).__name__}" in entry
    assert re.search(r"test_faults.py:\d+ answer", entry)
    assert (await person.ask("乙")).text.startswith("答:乙")


async def test_the_log_holds_no_words_and_no_token(start_bot: Start, caplog: pytest.LogCaptureFixture):
    """Even when everything is logged, through bugs, refusals and failed polls."""
    caplog.set_level(logging.DEBUG)
    bot = await start_bot()
    person = bot.person()
    bot.answerer.script[SECRET] = broken(ValueError(SECRET))
    bot.api.fail("getUpdates", Fault(status=400, description=f"Bad Request: {SECRET}"))
    bot.api.fail("sendMessage", Fault(status=400, description=f"Bad Request: {SECRET}"))
    await person.send(SECRET)
    await bot.api.called("sendMessage")
    assert (await person.ask("好了吗")).text.startswith("答:好了吗")
    await bot.end()
    ours = [
        record.getMessage() + (record.exc_text or "") for record in caplog.records if record.name != "asyncio"
    ]
    assert [line for line in ours if SECRET in line or bot.api.token in line] == []
    assert [line for line in ours if "好了吗" in line] == []


def test_the_library_logs_its_templates_only(caplog: pytest.LogCaptureFixture):
    """Its own records may quote updates."""
    faults.guard_logs()
    faults.guard_logs()
    logging.getLogger("telegram.ext.Application").critical(
        "Error for update %s.", SECRET, exc_info=ValueError(SECRET)
    )
    logging.getLogger("telegram.Bot").info("Calling %s", SECRET)
    assert [record.getMessage() for record in caplog.records] == ["Error for update %s."]
    assert SECRET not in caplog.text


@pytest.mark.parametrize(
    ("error", "lines"),
    [
        (Conflict("terminated"), ["另一个程序正在用同一个令牌收消息;请只留一个运行,会自动重试"]),
        (NetworkError("down"), ["收不到 Telegram 的消息(NetworkError),会自动重试"]),
        (InvalidToken("Unauthorized"), []),
    ],
)
def test_a_failed_poll_is_one_line(caplog: pytest.LogCaptureFixture, error: NetworkError, lines: list[str]):
    """A refused token ends the bot with its own message."""
    faults.on_polling_error(error)
    assert [record.getMessage() for record in caplog.records] == lines


async def test_failed_polls_lose_nothing(bot: Running):
    """Each message sent meanwhile is answered once."""
    bot.api.fail("getUpdates", Fault(drop=True))
    person = bot.person()
    assert (await person.ask("甲")).text.startswith("答:甲")
    assert (await person.ask("乙")).text.startswith("答:乙")
    assert [question for question, _ in bot.answerer.asked] == ["甲", "乙"]


async def test_two_bots_on_one_token(start_bot: Start, api: FakeBotApi, caplog: pytest.LogCaptureFixture):
    """They take turns and say so; the question is answered."""
    first = await start_bot()
    await api.called("getUpdates")
    second = await start_bot()
    await api.called("getUpdates", 2)
    assert (await first.person().ask("甲")).text.startswith("答:甲")
    await first.end()
    await second.end()
    assert "另一个程序正在用同一个令牌收消息" in caplog.text


def test_an_error_is_described_by_its_classes():
    """The chain goes from what was raised to what it came from."""
    error = NetworkError(SECRET)
    error.__cause__ = ConnectionResetError(SECRET)
    assert faults.describe(error) == "NetworkError < ConnectionResetError"
