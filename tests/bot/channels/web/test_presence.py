"""Work ends when its client hangs up, and a full queue says so."""

import asyncio
import threading
from http import HTTPStatus

import httpx
import pytest

from bot.assistant import Assistant
from bot.channels.web import desk as desks
from bot.channels.web.leaving import while_heard
from bot.channels.web.schema import AskBody
from bot.settings import BotSettings, WebSettings
from tests.bot.channels.web.stub import ANSWER, PATIENCE_S, StubAnswerer, make_app
from tests.bot.channels.wechat.conftest import serving

LEFT = {"type": "http.disconnect"}


class Caller:
    """A request of a client that hangs up when told to."""

    def __init__(self) -> None:
        self.hung_up = asyncio.Event()

    async def receive(self) -> dict[str, str]:
        await self.hung_up.wait()
        return LEFT


async def test_work_for_one_who_waits_is_done():
    """What it returns or raises comes through."""

    async def fine() -> int:
        return 7

    async def broken() -> int:
        raise ValueError("坏了")

    assert await while_heard(Caller(), fine()) == 7
    with pytest.raises(ValueError, match="坏了"):
        await while_heard(Caller(), broken())


async def test_work_for_one_who_left_is_cancelled():
    """It ends in the middle, and its cleaning up is done."""
    caller, ended = Caller(), asyncio.Event()

    async def endless() -> int:
        try:
            caller.hung_up.set()
            await asyncio.Event().wait()
        finally:
            ended.set()
        return 7

    assert await while_heard(caller, endless()) is None
    await asyncio.wait_for(ended.wait(), PATIENCE_S)


async def test_a_question_for_json_is_dropped_when_its_client_leaves():
    """Over a real connection: what still waits is never begun; the next client is answered."""
    begun, gate = threading.Semaphore(0), threading.Event()

    def held(question, history, region):
        begun.release()
        gate.wait(PATIENCE_S)
        return ANSWER

    answerer = StubAnswerer(held)
    settings = BotSettings(web=WebSettings(asks_per_minute=10_000))
    with serving(make_app(answerer, settings)) as address:
        async with httpx.AsyncClient(base_url=address, timeout=PATIENCE_S) as client:
            busy = [asyncio.ensure_future(ask(client, f"忙{n}")) for n in range(desks.ANSWERS_AT_ONCE)]
            for _ in busy:
                await asyncio.to_thread(begun.acquire, timeout=PATIENCE_S)
            with pytest.raises(httpx.ReadTimeout):
                await client.post("/api/v1/ask", json={"question": "走了"}, timeout=0.3)
            await client.get("/healthz")  # a round trip later the server knows
            gate.set()
            assert [reply.status_code for reply in await asyncio.gather(*busy)] == [200] * len(busy)
            assert (await ask(client, "还在")).status_code == 200
    assert "走了" not in [question for question, _, _ in answerer.asked]


async def ask(client: httpx.AsyncClient, question: str) -> httpx.Response:
    return await client.post("/api/v1/ask", json={"question": question})


async def test_a_full_queue_says_so_at_once():
    """One place to wait: the sixth question is told to come back, the five are answered."""
    answerer = StubAnswerer()
    answerer.release.clear()
    desk = desks.open_desk(Assistant(answerer, BotSettings()), PATIENCE_S, 1, [].append)
    asked = [
        asyncio.ensure_future(desks.answer(desk, AskBody(question=f"{n}"), "web:192.0.2.7")) for n in range(5)
    ]
    await asyncio.sleep(0)
    with pytest.raises(desks.RequestError, match="现在提问的人较多") as caught:
        await desks.answer(desk, AskBody(question="多"), "web:192.0.2.7")
    answerer.release.set()
    assert caught.value.status == HTTPStatus.SERVICE_UNAVAILABLE
    assert caught.value.headers == {"Retry-After": "5"}
    assert [one["question"] for one in await asyncio.gather(*asked)] == ["0", "1", "2", "3", "4"]
