"""A process that is killed with SIGKILL, a real one: nothing that was asked is lost, nothing is answered twice."""

import asyncio
import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from bot.demo.peer.bot_api import PATIENCE_S, FakeBotApi, Fault
from bot.demo.peer.telegram_people import Person
from bot.records.database import DATABASE
from tests.conftest import ROOT

Launch = Callable[[int], "subprocess.Popen[bytes]"]
PEOPLE, EACH = 8, 4
MOBILE = "13812345678"


@pytest.fixture
def launch(api: FakeBotApi, tmp_path: Path) -> Iterator[Launch]:
    """Start processes over one folder; whatever runs at the end is killed."""
    running: list[subprocess.Popen[bytes]] = []

    def start(answers: int) -> "subprocess.Popen[bytes]":
        words = [api.base_url, api.token, str(tmp_path), str(answers)]
        command = [sys.executable, "-m", "tests.bot.channels.telegram.killed", *words]
        running.append(subprocess.Popen(command, cwd=ROOT, env=os.environ | {"PYTHONPATH": str(ROOT)}))
        return running[-1]

    yield start
    for each in running:
        each.kill()
        each.wait()


def noted(folder: Path) -> int:
    """How many updates are in hand."""
    if not (folder / DATABASE).exists():
        return 0
    with closing(sqlite3.connect(f"file:{folder / DATABASE}?mode=ro", uri=True)) as connection:
        try:
            return int(connection.execute("SELECT count(*) FROM inbox").fetchone()[0])
        except sqlite3.OperationalError:
            return 0


async def until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(2 * PATIENCE_S):
        while not condition():
            await asyncio.sleep(0.02)


def kill(process: "subprocess.Popen[bytes]") -> None:
    process.send_signal(signal.SIGKILL)
    process.wait()


def heard(api: FakeBotApi, person: Person) -> list[str]:
    """What a person read, in order."""
    told = [sent for _, sent in sorted(api.telegram.sent.items()) if sent.chat == person.id]
    return [sent.text.partition("[")[0] for sent in told]


async def test_all_are_answered_once_and_in_order(api: FakeBotApi, launch: Launch, tmp_path: Path):
    """Some are answered, the others in hand, when the process is killed; it is killed once more on the way."""
    people = [Person(api, number) for number in range(1, PEOPLE + 1)]
    asked = {person.id: [f"答:{person.id}第{turn}问" for turn in range(EACH)] for person in people}
    first = launch(5)
    for turn in range(EACH):
        for person in people:
            await person.send(f"{person.id}第{turn}问")
    await until(lambda: len(api.telegram.sent) == 5 and noted(tmp_path) == PEOPLE * EACH - 5)
    kill(first)
    second = launch(9)
    await until(lambda: len(api.telegram.sent) == 14 and noted(tmp_path) == PEOPLE * EACH - 14)
    kill(second)
    await people[0].send("后来的")
    launch(-1)
    asked[1].append("答:后来的")
    await until(lambda: len(api.telegram.sent) == PEOPLE * EACH + 1 and noted(tmp_path) == 0)
    assert {person.id: heard(api, person) for person in people} == asked


async def test_what_telegram_was_not_told_of_comes_once(api: FakeBotApi, launch: Launch, tmp_path: Path):
    """Killed before the next poll confirms the batch: Telegram sends it again, and it is in hand already."""
    person = Person(api, 42)
    number = await api.push("message", api.telegram.messages[await person.send("甲")])
    first = launch(0)
    await until(lambda: noted(tmp_path) == 2)
    kill(first)
    await api.push("message", api.telegram.messages[max(api.telegram.messages)], number)
    launch(-1)
    await person.send("乙")
    await until(lambda: len(api.telegram.sent) == 3 and noted(tmp_path) == 0)
    assert heard(api, person) == ["答:甲", "答:甲", "答:乙"]


async def test_at_worst_the_answer_being_sent_comes_again(api: FakeBotApi, launch: Launch, tmp_path: Path):
    """Telegram has it and the process was killed before it knew; the one answered before stays answered."""
    person = Person(api, 42)
    first = launch(-1)
    assert (await person.ask("甲")).text.startswith("答:甲")
    await until(lambda: noted(tmp_path) == 0)
    api.fail("sendMessage", Fault(hold=asyncio.Event()))
    assert (await person.ask("乙")).text.startswith("答:乙")
    kill(first)
    launch(-1)
    await until(lambda: noted(tmp_path) == 0 and len(api.telegram.sent) == 3)
    assert heard(api, person) == ["答:甲", "答:乙", "答:乙"]


async def test_what_is_in_hand_holds_nobodys_words(api: FakeBotApi, launch: Launch, tmp_path: Path):
    """No byte of a number, of a name or of an account, while it waits and after; the answer comes, masked."""
    person = Person(api, 4242424242, "张大山")
    process = launch(0)
    await person.send(f"我电话{MOBILE},灵活就业有补贴吗")
    await until(lambda: noted(tmp_path) == 1)
    kill(process)
    content = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    secrets = (MOBILE, "张大山", "4242424242", "灵活就业")
    assert [word for word in secrets if word.encode() in content] == []
    launch(-1)
    assert (await person.receive()).text.startswith("答:我电话[手机号],灵活就业有补贴吗")
