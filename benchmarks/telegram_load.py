"""Many people at once through Telegram: python benchmarks/telegram_load.py [PEOPLE] [QUESTIONS].

Starts the strict Bot API peer, then the real entry point (``policybot telegram``) as a process of its own over the built
index. Each person asks their questions one after the other without waiting for answers; every answer must come, in the
order of the questions, once. Then fewer people while Telegram refuses sends for being too many, and over a restart
(SIGTERM) in the middle. The last line is JSON.
"""

import asyncio
import json
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from time import perf_counter, time

import numpy as np
import yaml

from bot import config
from bot.config import TOKEN_VARIABLE
from bot.demo.peer.bot_api import FakeBotApi, Fault
from bot.demo.peer.telegram_people import Person

ROOT = Path(__file__).resolve().parent.parent
PEOPLE, QUESTIONS = 30, 10
TEXTS = (
    "青浦灵活就业有补贴吗", "襄阳创业担保贷款怎么申请", "襄阳失业率控制在多少", "青浦每年新增多少岗位", "襄阳零工市场建几个",
    "青浦怎么帮扶零就业家庭", "襄阳根治欠薪有哪些办法", "青浦技能人才有什么政策", "襄阳社保卡能坐公交吗", "青浦仲裁结案率目标是多少",
)  # fmt: skip
PATIENCE_S = 300
REFUSALS = 5
WAITING = 10_000  # as many as are asked: here everybody waits, nobody is told that there are too many


class Process:
    """The bot as users run it."""

    def __init__(self, api: FakeBotApi, folder: Path) -> None:
        told = yaml.safe_load((ROOT / "config.yaml").read_text(encoding="utf-8"))
        told["bot"]["waiting"] = WAITING
        told["bot"]["telegram"] |= {"base_url": api.base_url, "base_file_url": api.base_file_url}
        told["bot"]["records"] |= {"url": f"sqlite:///{folder / 'service.db'}"}
        (folder / "config.yaml").write_text(yaml.safe_dump(told, allow_unicode=True), encoding="utf-8")
        (folder / "docs_corpus").symlink_to(ROOT / "docs_corpus")
        self._api, self._folder = api, folder
        self._running: subprocess.Popen[bytes] | None = None

    async def start(self) -> float:
        """Start it; return the seconds from exec to its first poll."""
        polls = len(self._api.calls_of("getUpdates"))
        begun = perf_counter()
        command = [
            str(Path(sys.executable).with_name("policybot")),
            "--config",
            str(self._folder / "config.yaml"),
        ]
        command += ["--data-dir", str(config.load().data_dir), "telegram"]
        self._running = subprocess.Popen(
            command, env=os.environ | {TOKEN_VARIABLE: self._api.token}, stderr=subprocess.DEVNULL
        )
        await self._api.called("getUpdates", polls + 1)
        return perf_counter() - begun

    def rss_mb(self) -> float:
        """Resident memory."""
        assert self._running is not None
        status = Path(f"/proc/{self._running.pid}/status").read_text(encoding="ascii")
        return int(next(line.split()[1] for line in status.splitlines() if line.startswith("VmRSS"))) / 1024

    def stop(self) -> None:
        """End it as a service manager does, and wait."""
        if self._running:
            self._running.send_signal(signal.SIGTERM)
            self._running.wait()


async def one(person: Person, count: int) -> tuple[list[float], list[str]]:
    """Ask ``count`` questions at once; return the seconds to each answer, and the answers in the order they came."""
    asked, took, heard = [], [], []
    for number in range(count):
        asked.append(perf_counter())
        await person.send(f"{TEXTS[number % len(TEXTS)]}?")
    while len(heard) < count:
        sent = await asyncio.wait_for(person.api.telegram.inbox[person.id].get(), PATIENCE_S)
        if sent.buttons:  # the last message of an answer
            took.append(perf_counter() - asked[len(heard)])
            heard.append(sent.text)
    return took, heard


async def crowd(people: Sequence[Person], count: int) -> tuple[list[float], int, int]:
    """Let everybody ask; return all times, how many answers are missing, and how many people got theirs out of order."""
    results = await asyncio.gather(*(one(person, count) for person in people), return_exceptions=True)
    times, lost, disordered = [], 0, 0
    expected: list[str] | None = None
    for result in results:
        if isinstance(result, BaseException):
            lost += count
            continue
        took, heard = result
        times += took
        expected = expected or heard
        disordered += heard != expected
    return times, lost, disordered


def faults(api: FakeBotApi) -> int:
    """Queue faults for the sends to come; return how many."""
    queued = [Fault(429, "Too Many Requests", retry_after=1)] * REFUSALS
    api.fail("sendMessage", *queued)
    return len(queued)


async def main(people_count: int, count: int) -> None:
    """Run both loads and print the figures."""
    api = await FakeBotApi(first=int(time())).start()
    with tempfile.TemporaryDirectory() as name:
        bot = Process(api, Path(name))
        first_poll = await bot.start()
        people = [Person(api, 1000 + n) for n in range(people_count)]
        rest = bot.rss_mb()
        await one(people[0], 1)  # the first answer opens what is opened late
        begun = perf_counter()
        times, lost, disordered = await crowd(people, count)
        seconds = perf_counter() - begun
        under_load = bot.rss_mb()
        tried = faults(api)
        _again, lost_again, disordered_again = await crowd(people[:5], 4)
        task = asyncio.create_task(crowd(people[5:10], 4))
        await asyncio.sleep(0.3)
        bot.stop()
        await bot.start()
        _, lost_restart, _ = await task
        bot.stop()
    await api.stop()
    figures = {
        "people": people_count,
        "questions": people_count * count,
        "first_poll_s": round(first_poll, 2),
        "rss_at_rest_mb": round(rest),
        "rss_after_mb": round(under_load),
        "answers_per_s": round(len(times) / seconds, 1),
        "p50_s": round(float(np.percentile(times, 50)), 2),
        "p95_s": round(float(np.percentile(times, 95)), 2),
        "lost": lost,
        "out_of_order": disordered,
        "faults_429": tried,
        "lost_with_429": lost_again,
        "out_of_order_with_429": disordered_again,
        "lost_over_restart": lost_restart,
    }
    for label, value in figures.items():
        print(f"{label:<24}{value}")
    print(json.dumps(figures))


if __name__ == "__main__":
    asyncio.run(main(*(int(n) for n in sys.argv[1:3])) if sys.argv[2:] else main(PEOPLE, QUESTIONS))
