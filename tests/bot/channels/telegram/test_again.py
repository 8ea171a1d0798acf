"""What goes wrong with buttons and inline queries: duplicates, blocked chats, limits and cut connections."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.channels.telegram import texts
from bot.demo.peer.bot_api import FakeBotApi, Fault
from bot.demo.peer.telegram_people import Person
from bot.records.records import Records, open_records
from bot.settings import RecordsSettings
from retrieval.pipeline import Answerer
from tests.bot.channels.telegram.conftest import Running, Start


@pytest.fixture
async def records(tmp_path: Path) -> AsyncIterator[Records]:
    opened = open_records(RecordsSettings(), tmp_path, 5)
    yield opened
    opened.close()


@pytest.fixture
async def bot(start_bot: Start, answerer: Answerer, records: Records) -> Running:
    return await start_bot(answering=answerer, records=records)


async def test_an_update_sent_twice_is_answered_once(start_bot: Start, api: FakeBotApi, records: Records):
    """Also by the process after a restart; an update of another number is answered."""
    first = await start_bot(records=records)
    person = first.person()
    message = api.telegram.messages[await person.send("甲")]
    assert (await person.receive()).text.startswith("答:甲")
    number = await api.push("message", message)
    assert (await person.receive()).text.startswith("答:甲")
    await first.end()
    second = await start_bot(records=records)
    await api.push("message", message, number)
    await person.send("乙")
    assert (await person.receive()).text.startswith("答:乙")
    assert [question for question, _ in second.answerer.asked] == ["乙"]


async def test_a_region_replaces_the_one_named_in_the_question(bot: Running):
    """The question named a place; the button means another one."""
    person = bot.person()
    sent = await person.ask("襄阳的灵活就业有补贴吗")
    await person.tap(sent, "换个地区")
    offered = await person.receive()
    await person.tap(offered, "青浦区")
    again = await person.receive()
    assert "《青浦区就业和社会保障“十四五”规划》" in again.text
    assert "襄阳" not in again.text


@pytest.mark.parametrize(
    "fault",
    [Fault(retry_after=1), Fault(status=502), Fault(drop=True)],
    ids=["429", "502", "cut connection"],
)
@pytest.mark.parametrize("method", ["answerCallbackQuery", "sendMessage"])
async def test_a_press_that_fails_does_not_stop_the_next(bot: Running, method: str, fault: Fault):
    """The bot goes on, whichever call it was."""
    person = bot.person()
    sent = await person.ask("襄阳灵活就业有补贴吗")
    bot.api.fail(method, fault)
    await bot.api.push(
        "callback_query", pressed(bot.api, person, sent.id, sent.buttons[0][0]["callback_data"])
    )
    await person.send("/help")
    said = (await person.receive()).text
    while said != texts.HELP:
        said = (await person.receive()).text
    assert said == texts.HELP


def pressed(api: FakeBotApi, person: Person, message: int, data: str) -> dict[str, object]:
    """A press nobody waits for."""
    shown = api.telegram.messages[message]
    return {"id": "1", "from": person.user, "chat_instance": "1", "message": shown, "data": data}


async def test_who_blocked_the_bot_stops_nobody_else(bot: Running):
    """A press whose answer cannot be sent is answered; others are served."""
    person, other = bot.person(1), bot.person(2)
    sent = await person.ask("襄阳灵活就业有补贴吗")
    bot.api.telegram.blocked.add(1)
    assert await person.tap(sent, "原文 1")
    assert (await other.ask("/help")).text == texts.HELP


@pytest.mark.parametrize("fault", [Fault(status=400, description="query is too old"), Fault(drop=True)])
async def test_an_inline_answer_that_fails_is_let_go(bot: Running, fault: Fault):
    """The person has typed on by then; nobody is told, nothing stops."""
    bot.api.fail("answerInlineQuery", fault)
    query = {"id": "1", "from": bot.person().user, "query": "双随机", "offset": ""}
    await bot.api.push("inline_query", query)
    await bot.api.called("answerInlineQuery")
    assert (await bot.person().look_up("双随机"))["results"]
