"""A bot that runs against the Bot API peer, with a core whose answers the tests decide."""

import asyncio
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pytest
from telegram import Bot
from telegram.request import HTTPXRequest

from bot.assistant import Assistant
from bot.channels.telegram.service import serve_in
from bot.demo.peer.bot_api import FakeBotApi
from bot.demo.peer.telegram_people import Person
from bot.settings import BotSettings, TelegramSettings
from index.types import Span
from retrieval.types import Answer, AnswerStatus, Citation, Statement, Turn

EXAMPLES = ("灵活就业有补贴吗", "失业率控制在多少", "创业贷款怎么申请", "第四个例子")


def make_citation(quote: str = "对灵活就业人员给予补贴。", title: str = "甲市就业规划") -> Citation:
    return Citation(
        document="a", title=title, region="甲市", version="0123456789ab", clause="第一章/一", address="第一章一",
        quote=quote, span=Span(0, len(quote)), number="甲政发〔2021〕1号", validity="规划期2021—2025年",
    )  # fmt: skip


def make_answer(question: str, text: str) -> Answer:
    return Answer(question, AnswerStatus.ANSWERED, (Statement(text, 1),), citations=(make_citation(text),))


@dataclass
class ScriptedAnswerer:
    """Says what the script says to a question, ``答:…`` to any other; keeps what it was asked."""

    script: dict[str, Callable[[], Answer]] = field(default_factory=dict)
    asked: list[tuple[str, tuple[str, ...]]] = field(default_factory=list)

    @property
    def texts(self) -> Mapping[str, str]:
        return {}

    @property
    def generation(self) -> int:
        return 1

    @property
    def regions(self) -> tuple[str, ...]:
        return ("甲市",)

    def examples(self, curated: Sequence[str]) -> tuple[str, ...]:
        return tuple(curated)

    def ask(self, question: str, history: Sequence[Turn] = (), region: str | None = None) -> Answer:
        self.asked.append((question, tuple(turn.question for turn in history)))
        if question in self.script:
            return self.script[question]()
        return make_answer(question, f"答:{question}")


@dataclass
class Running:
    """A bot at work and everything around it."""

    api: FakeBotApi
    answerer: ScriptedAnswerer
    stop: asyncio.Event
    task: asyncio.Task[None]

    def person(self, number: int = 42, name: str = "小王") -> Person:
        return Person(self.api, number, name)

    async def end(self) -> None:
        """Tell the bot to stop, as SIGTERM does, and wait until it has."""
        self.stop.set()
        await self.task


@pytest.fixture(scope="session")
def certificates() -> ssl.SSLContext:
    return ssl.create_default_context()


@pytest.fixture(autouse=True)
def _read_certificates_once(monkeypatch: pytest.MonkeyPatch, certificates: ssl.SSLContext) -> None:
    """Reading them for each bot would take half the time of these tests."""
    monkeypatch.setattr("bot.channels.telegram.application.httpx.create_ssl_context", lambda: certificates)


@pytest.fixture
async def api() -> AsyncIterator[FakeBotApi]:
    server = await FakeBotApi().start()
    yield server
    await server.stop()


MakeClient = Callable[..., Bot]


@pytest.fixture
def make_client(api: FakeBotApi, certificates: ssl.SSLContext) -> MakeClient:
    """Make a bare Bot API client of python-telegram-bot for the peer."""

    def make(token: str, read_timeout: float = 20) -> Bot:
        requests = [
            HTTPXRequest(read_timeout=read_timeout, httpx_kwargs={"verify": certificates}) for _ in range(2)
        ]
        return Bot(token, api.base_url, api.base_file_url, *requests)

    return make


Start = Callable[..., Awaitable[Running]]


@pytest.fixture
async def start_bot(api: FakeBotApi) -> AsyncIterator[Start]:
    """Start bots against the peer; whatever is still running at the end is stopped."""
    running: list[Running] = []

    async def start(
        token: str = api.token,
        base_url: str = api.base_url,
        answering: Any = None,
        records: Any = None,
        **settings: Any,
    ) -> Running:
        telegram = TelegramSettings(
            base_url=base_url, base_file_url=api.base_file_url, **settings.pop("telegram", {})
        )
        chosen = BotSettings(telegram=telegram, **settings)
        answerer, stop = answering or ScriptedAnswerer(), asyncio.Event()
        work = serve_in(Assistant(answerer, chosen, records), chosen, token, EXAMPLES, stop)
        running.append(Running(api, answerer, stop, asyncio.create_task(work)))
        return running[-1]

    yield start
    for bot in running:
        bot.stop.set()
    await asyncio.gather(*(bot.task for bot in running), return_exceptions=True)


@pytest.fixture
async def bot(start_bot: Start) -> Running:
    """A bot with the default settings."""
    return await start_bot()
