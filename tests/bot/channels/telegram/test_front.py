"""One person cannot keep the others waiting: too fast, and too many waiting, are said and not queued."""

import asyncio
import json
import threading

from bot.channels.telegram import texts
from retrieval.types import Answer
from tests.bot.channels.telegram.conftest import Running, Start, make_answer

TOO_FAST = "太快了\uff0c请过 30 秒再问。"


async def test_who_asks_too_fast_is_told_and_not_answered(start_bot: Start):
    """Two a minute: the third question gets the seconds to wait; another person is answered."""
    bot = await start_bot(asks_per_person=2)
    first, second = bot.person(1), bot.person(2)
    said = [(await first.ask(f"第{number}问")).text.partition("[")[0] for number in range(3)]
    assert said == ["答:第0问", "答:第1问", TOO_FAST]
    assert (await second.ask("乙")).text.startswith("答:乙")
    assert [question for question, _ in bot.answerer.asked] == ["第0问", "第1问", "乙"]


async def test_a_flood_is_not_answered_with_a_flood(start_bot: Start):
    """Of ten refused messages two are told so."""
    bot = await start_bot(asks_per_person=1)
    person = bot.person(1)
    for number in range(11):
        await person.send(f"第{number}问")
    said = [(await person.receive()).text.partition("[")[0] for _ in range(3)]
    assert sorted(said) == sorted(
        ["答:第0问", "太快了\uff0c请过 60 秒再问。", "太快了\uff0c请过 60 秒再问。"]
    )
    assert (await bot.person(2).ask("乙")).text.startswith("答:乙")  # by then all of the flood has been seen
    assert bot.api.telegram.inbox[1].empty()


async def test_buttons_and_typed_letters_have_a_limit_of_their_own(start_bot: Start):
    """The second look-up within the minute offers nothing but the seconds to wait."""
    bot = await start_bot(presses_per_person=1)
    person = bot.person(1)
    await person.look_up("")
    answered = await person.look_up("")
    assert answered["results"] == []
    assert json.loads(answered["button"])["text"] == "太快了\uff0c请过 60 秒再问。"


async def test_more_than_can_wait_is_told_so(start_bot: Start):
    """With one at work and two waiting the fourth person is told at once; the three are answered."""
    bot = await start_bot(waiting=2, telegram={"concurrent_updates": 1})
    released = threading.Event()

    def slow() -> Answer:
        released.wait(20)
        return make_answer("慢", "慢的")

    bot.answerer.script["慢"] = slow
    people = [bot.person(number) for number in range(1, 4)]
    for person in people:
        await person.send("慢")
    assert await busy(bot) == texts.BUSY
    released.set()
    assert [(await person.receive()).text[:2] for person in people] == ["慢的"] * 3


async def busy(bot: Running) -> str:
    """Let a fourth person ask until the three before are in."""
    while len(bot.answerer.asked) < 1:
        await asyncio.sleep(0)
    return (await bot.person(4).ask("快")).text
