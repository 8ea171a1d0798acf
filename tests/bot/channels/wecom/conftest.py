"""A robot over the stub answerer, connected to a peer on loopback."""

import asyncio
from contextlib import asynccontextmanager

import pytest

from bot.assistant import Assistant
from bot.channels.wecom.answering import Desk
from bot.channels.wecom.service import serve_in
from bot.channels.wecom.types import Pace, Robot
from bot.settings import BotSettings
from tests.bot.channels.web.stub import EXAMPLES, StubAnswerer
from tests.bot.channels.wecom.peer import SECRET, open_peer

QUICK = Pace(heartbeat_s=30, answer_s=2, first_pause_s=0.01, longest_pause_s=0.05)


@pytest.fixture
def answerer():
    return StubAnswerer()


@pytest.fixture
def desk(answerer):
    return Desk(Assistant(answerer, BotSettings(examples=EXAMPLES)), deadline_s=5)


@asynccontextmanager
async def running(desk, url, secret=SECRET, pace=QUICK):
    """The robot, working; stopped at the end as a signal stops it."""
    stop = asyncio.Event()
    task = asyncio.create_task(serve_in(desk, Robot("robot", secret), url, stop, pace))
    try:
        yield task
    finally:
        stop.set()
        await asyncio.gather(task, return_exceptions=True)


@pytest.fixture
async def peer():
    async with open_peer() as peer:
        yield peer


@pytest.fixture
async def robot(desk, peer):
    async with running(desk, peer.url) as task:
        await peer.subscribed()
        yield task
