"""What Telegram and the network do to an answer on its way out: it arrives whole, and never twice."""

import asyncio
import logging
import threading
from collections.abc import AsyncIterator

import pytest
from telegram import Bot
from telegram.error import NetworkError, TelegramError

from bot.channels.telegram import delivery, texts
from bot.channels.telegram.delivery import surely_undelivered
from bot.demo.peer.bot_api import FakeBotApi, Fault
from bot.demo.peer.telegram_people import Person
from retrieval.types import Answer, AnswerStatus, Statement
from tests.bot.channels.telegram.conftest import MakeClient, Running, make_answer

SENTENCE = "对符合条件的灵活就业人员给予社会保险补贴,期限不超过三年;具体办法另行制定。"


async def test_a_429_is_waited_out(bot: Running):
    """The rate limiter sends it again after the time Telegram asks for."""
    bot.api.fail("sendMessage", Fault(retry_after=1))
    assert (await bot.person().ask("甲")).text.startswith("答:甲")


@pytest.mark.parametrize(
    "fault",
    [Fault(drop=True, delivered=True), Fault(status=502, delivered=True), Fault(status=500, delivered=True)],
    ids=["drop", "bad gateway", "server error"],
)
async def test_what_may_have_arrived_is_not_sent_again(bot: Running, fault: Fault):
    """The call was carried out, its result was lost: one message stands in the chat."""
    bot.api.fail("sendMessage", fault)
    person = bot.person()
    assert (await person.ask("甲")).text.startswith("答:甲")
    assert (await person.ask("乙")).text.startswith("答:乙")
    assert len(bot.api.calls_of("sendMessage")) == 2


async def test_a_part_that_failed_does_not_lose_the_rest(bot: Running, caplog: pytest.LogCaptureFixture):
    """Of three messages the second is cut off; the third still comes, and the log says which may be missing."""
    long = SENTENCE * 250
    bot.answerer.script["长"] = lambda: make_answer("长", long)
    bot.api.fail("sendMessage", Fault(delivered=True), Fault(drop=True))
    person = bot.person()
    await person.send("长")
    first, last = await person.receive(), await person.receive()
    assert first.text.startswith("对符合条件")
    assert last.text.endswith("规划期2021—2025年)")
    assert "第 2 段可能没有送达" in caplog.text


async def test_a_long_answer_comes_in_order(bot: Running):
    """Every message but the last ends with a sentence; together they are the answer."""
    long = SENTENCE * 250
    bot.answerer.script["长"] = lambda: Answer("长", AnswerStatus.ANSWERED, (Statement(long),))
    person = bot.person()
    await person.send("长")
    parts = [await person.receive() for _ in range(3)]
    assert "".join(part.text for part in parts) == long
    assert {part.text[-1] for part in parts} == {"。"}


async def test_refused_markup_is_sent_as_plain_text(bot: Running):
    """The words stay the same, letter by letter."""
    bot.answerer.script["甲"] = lambda: make_answer("甲", "收入 <3 万 & 未参保")
    bot.api.fail("sendMessage", Fault(status=400, description="Bad Request: can't parse entities: …"))
    sent = await bot.person().ask("甲")
    assert sent.parse_mode is None
    assert sent.text.startswith("收入 <3 万 & 未参保[1]\n\n[1]《甲市就业规划》")


class Noted(logging.Handler):
    """Tells a loop when a record holds some words; handlers may run in any thread."""

    def __init__(self, words: str) -> None:
        super().__init__()
        self.words, self.loop, self.seen = words, asyncio.get_running_loop(), asyncio.Event()

    def emit(self, record: logging.LogRecord) -> None:
        if self.words in record.getMessage():
            self.loop.call_soon_threadsafe(self.seen.set)


async def test_an_unreachable_telegram_is_tried_again(bot: Running):
    """Nothing listens when the answer is ready: it surely did not arrive, so it is sent when something does."""
    gone, person, failed = threading.Event(), bot.person(), Noted("回复发不出去")

    def answer() -> Answer:
        gone.wait(20)
        return make_answer("甲", "终于")

    bot.answerer.script["甲"] = answer
    await person.send("甲")
    await bot.api.called("sendChatAction")
    await bot.api.stop()
    delivery.LOG.addHandler(failed)
    gone.set()
    await asyncio.wait_for(failed.seen.wait(), 20)
    delivery.LOG.removeHandler(failed)
    await bot.api.start(bot.api.port)
    assert (await person.receive()).text.startswith("终于")


async def test_a_stop_does_not_wait_for_an_unreachable_telegram(bot: Running, caplog):
    """What cannot be sent is tried once more and given up: a service manager kills who takes longer than seconds."""
    gone, person, failed = threading.Event(), bot.person(), Noted("回复发不出去")

    def answer() -> Answer:
        gone.wait(20)
        return make_answer("甲", "终于")

    bot.answerer.script["甲"] = answer
    await person.send("甲")
    await bot.api.called("sendChatAction")
    await bot.api.stop()
    delivery.LOG.addHandler(failed)
    gone.set()
    await asyncio.wait_for(failed.seen.wait(), 20)
    delivery.LOG.removeHandler(failed)
    await asyncio.wait_for(bot.end(), 20)
    assert "第 1 段可能没有送达(NetworkError)" in caplog.text


async def test_a_person_who_blocked_the_bot_is_no_error(bot: Running, caplog: pytest.LogCaptureFixture):
    """The log says so in a line, and others are served."""
    gone, here = bot.person(1), bot.person(2)
    bot.api.telegram.blocked.add(1)
    await gone.send("甲")
    await bot.api.called("sendMessage")
    assert (await here.ask("乙")).text.startswith("答:乙")
    await bot.end()
    assert "有一条回复没有送出(Forbidden)" in caplog.text
    assert [record for record in caplog.records if record.levelno >= logging.ERROR] == []


async def test_a_deleted_question_is_still_answered(bot: Running):
    """The answer then quotes nothing."""
    bot.api.telegram.chats[-5] = {"id": -5, "type": "group", "title": "群"}
    person = bot.person()
    message = {"message_id": 9_999, "date": 1, "chat": bot.api.telegram.chats[-5], "from": person.user}
    await bot.api.push(
        "message",
        message | {"text": "/help", "entities": [{"type": "bot_command", "offset": 0, "length": 5}]},
    )
    sent = await person.receive(-5)
    assert (sent.text, sent.reply_to) == (texts.HELP, None)


@pytest.fixture
async def impatient(api: FakeBotApi, make_client: MakeClient) -> AsyncIterator[Bot]:
    async with make_client(api.token, read_timeout=0.05) as bot:
        yield bot


@pytest.mark.parametrize(
    "fault", [Fault(drop=True), Fault(status=502), Fault(status=400), Fault(hold=asyncio.Event())]
)
async def test_an_answer_that_got_lost_proves_nothing(api: FakeBotApi, impatient: Bot, fault: Fault):
    """After a cut connection, an error or a timeout the message may stand in the chat."""
    Person(api, 42)
    api.fail("sendMessage", fault)
    with pytest.raises(TelegramError) as caught:
        await impatient.send_message(42, "甲")
    assert not surely_undelivered(caught.value)


async def test_a_refused_connection_proves_that_nothing_was_sent(api: FakeBotApi, impatient: Bot):
    """There was nobody to receive it."""
    await api.stop()
    with pytest.raises(NetworkError) as caught:
        await impatient.send_message(42, "甲")
    assert surely_undelivered(caught.value)
