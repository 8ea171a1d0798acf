"""Different people do not wait for each other; one chat's messages stay in order."""

import asyncio
import threading
from collections.abc import Awaitable

import pytest
from telegram import Chat, Message, Update

from bot.channels.telegram.processor import ChatOrder
from retrieval.types import Answer
from tests.bot.channels.telegram.conftest import Running, make_answer

Step = tuple[str, int]


def update_of(chat: int, number: int) -> Update:
    message = Message(number, date=None, chat=Chat(chat, "private"))  # type: ignore[arg-type]
    return Update(number, message=message)


async def test_a_slow_answer_holds_up_its_own_chat_only(bot: Running):
    """The first person's second message waits; the second person is answered at once."""
    released = threading.Event()

    def slow() -> Answer:
        released.wait(20)
        return make_answer("慢", "慢的")

    bot.answerer.script["慢"] = slow
    first, second = bot.person(1), bot.person(2)
    await first.send("慢")
    await first.send("快")
    assert (await second.ask("乙")).text.startswith("答:乙")
    assert first.api.telegram.inbox[1].empty()
    released.set()
    assert [(await first.receive()).text[:3] for _ in range(2)] == ["慢的[", "答:快"]


async def test_many_people_each_get_their_answers_in_order(bot: Running):
    """Nothing is lost and nothing overtakes."""
    people = [bot.person(number) for number in range(1, 7)]
    for turn in range(4):
        for person in people:
            await person.send(f"{person.id}第{turn}问")
    got = {
        person.id: [(await person.receive()).text.partition("[")[0] for _ in range(4)] for person in people
    }
    assert got == {person.id: [f"答:{person.id}第{turn}问" for turn in range(4)] for person in people}


@pytest.mark.parametrize(
    ("concurrent", "chats", "started"),
    [(8, [1, 1, 2], [1, 2]), (2, [1, 2, 3], [1, 2]), (2, [1, 1, 1, 2], [1, 2]), (1, [1, 2], [1])],
)
async def test_who_may_start(concurrent: int, chats: list[int], started: list[int]):
    """A chat takes one slot however many of its messages wait."""
    processor, gate = ChatOrder(concurrent), asyncio.Event()
    running: list[int] = []

    async def handle(chat: int) -> None:
        running.append(chat)
        await gate.wait()

    def process(number: int, chat: int) -> Awaitable[None]:
        return processor.process_update(update_of(chat, number), handle(chat))

    tasks = [asyncio.ensure_future(process(number, chat)) for number, chat in enumerate(chats, start=1)]
    for _ in range(10 * len(tasks)):
        await asyncio.sleep(0)
    assert running == started
    gate.set()
    await asyncio.gather(*tasks)
    assert sorted(running) == sorted(chats)


async def test_a_chat_that_failed_is_served_on():
    """A handler's error frees its chat's turn and its slot."""
    processor, served = ChatOrder(1), []

    async def fail() -> None:
        raise ValueError("broken")

    async def serve() -> None:
        served.append(1)

    with pytest.raises(ValueError, match="broken"):
        await processor.process_update(update_of(1, 1), fail())
    await processor.process_update(update_of(1, 2), serve())
    assert served == [1]
