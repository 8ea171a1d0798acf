"""The API over ASGI: the answer object, the stream, the deadline, the headers."""

import asyncio
import json
import threading
from contextlib import asynccontextmanager
from dataclasses import replace

import httpx
import pytest

from bot.assistant import Assistant
from bot.channels.web import desk as desks
from bot.channels.web.schema import AskBody
from bot.settings import BotSettings
from index.errors import StoreError
from tests.bot.channels.web.stub import (
    ANSWER,
    EXAMPLES,
    PATIENCE_S,
    QUOTE,
    SUGGESTION,
    StubAnswerer,
    make_app,
    open_client,
)

ASK = "/api/v1/ask"
STREAM = {"accept": "text/event-stream"}


def events(text: str) -> list[tuple[str, object]]:
    """The (name, data) pairs of a stream."""
    frames = [
        dict(line.split(": ", 1) for line in frame.split("\n")) for frame in text.split("\n\n") if frame
    ]
    return [(frame["event"], json.loads(frame["data"])) for frame in frames]


async def test_answer_object_holds_the_contract_and_the_parts_the_page_draws(client):
    """One POST gives the point with its source numbers, the notes, the sources and the values."""
    answer = (await client.post(ASK, json={"question": "每年新增多少绿地"})).json()
    assert (answer["question"], answer["status"]) == ("每年新增多少绿地", "partial")
    assert answer["statements"] == [
        {"text": "新增公园绿地:12.5公顷(2025年目标)", "source": 1, "region": "绿源市"}
    ]
    assert answer["notes"] == ["文件没有写具体地点。请到当地办事窗口问。"]
    cited = answer["citations"][0]
    assert (cited["quote"], cited["start"], cited["clause"]) == (QUOTE, 100, "三/(二)/1")
    assert (
        cited["label"] == "《绿源市园林绿化“十四五”规划》三(二)1(绿府发〔2021〕8号;规划期2021—2025年,已结束)"
    )
    value = answer["indicators"][0]
    assert (value["value"], value["value_text"], value["period_name"], value["role_name"]) == (
        "12.5",
        "不低于12.5公顷",
        "2025年",
        "目标",
    )
    assert value["quote"][value["value_start"] : value["value_end"]] == "12.5"
    assert answer["suggestions"] == [SUGGESTION]


async def test_history_and_region_reach_the_assistant(client, answerer):
    """The earlier questions go along oldest first; an empty region means all of them."""
    await client.post(ASK, json={"question": "那2025年呢", "history": ["甲", "乙"], "region": "海州区"})
    await client.post(ASK, json={"question": "绿道", "region": ""})
    assert answerer.asked == [("那2025年呢", ("甲", "乙"), "海州区"), ("绿道", (), None)]


async def test_stream_sends_status_statements_answer_done(client):
    """The stream carries the same answer, its lines first."""
    response = await client.post(ASK, json={"question": "绿地"}, headers=STREAM)
    got = events(response.text)
    assert response.headers["content-type"].startswith("text/event-stream")
    assert [name for name, _ in got] == ["status", "statement", "answer", "done"]
    assert got[1][1] == {"text": ANSWER.statements[0].text, "source": 1, "region": "绿源市"}
    assert got[2][1]["citations"][0]["quote"] == QUOTE


async def test_first_words_do_not_wait_for_the_answer(answerer):
    """The status event is there while the answer is still being made, and leaving then ends the stream."""
    answerer.release.clear()
    desk = desks.open_desk(Assistant(answerer, BotSettings()), 5, 9, [].append)
    stream = desks.stream(desk, AskBody(question="绿地"), "web:192.0.2.7")
    assert events((await anext(stream)).decode()) == [("status", {"text": desks.LOOKING_UP})]
    waiting = asyncio.ensure_future(anext(stream))
    await asyncio.sleep(0)
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    answerer.release.set()


async def test_questions_whose_askers_left_are_never_begun():
    """Only so many answers are made at once; what still waits when its asker leaves is dropped."""
    begun, gate = threading.Semaphore(0), threading.Event()

    def held(question, history, region):
        begun.release()
        gate.wait(PATIENCE_S)
        return ANSWER

    answerer = StubAnswerer(held)
    desk = desks.open_desk(Assistant(answerer, BotSettings()), 5, 9, [].append)
    questions = [str(number) for number in range(2 * desks.ANSWERS_AT_ONCE)]
    waiting = [
        asyncio.ensure_future(desks.answer(desk, AskBody(question=each), "web:192.0.2.7"))
        for each in questions
    ]
    for _ in range(desks.ANSWERS_AT_ONCE):
        await asyncio.to_thread(begun.acquire, timeout=PATIENCE_S)
    for task in waiting:
        task.cancel()
    await asyncio.wait(waiting)
    gate.set()
    desk.workers.shutdown()
    assert {question for question, _, _ in answerer.asked} == set(questions[: desks.ANSWERS_AT_ONCE])


async def test_whoever_hangs_up_takes_the_question_along(site, served):
    """Over a real connection: what still waits for its turn when the line breaks is never begun."""
    served.release.clear()
    address = httpx.URL(site.address + "api/v1/ask")

    async def ask(question):
        reader, writer = await asyncio.open_connection(address.host, address.port)
        body = json.dumps({"question": question}).encode()
        head = f"POST {address.path} HTTP/1.1\r\nHost: {address.host}\r\nContent-Type: application/json\r\n"
        writer.write(f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body)
        await writer.drain()
        return reader, writer

    lines = [await ask(str(number)) for number in range(desks.ANSWERS_AT_ONCE)]
    async with asyncio.timeout(PATIENCE_S):
        while len(served.asked) < desks.ANSWERS_AT_ONCE:
            await asyncio.sleep(0.01)
    _, left = await ask("挂断")
    left.close()
    await left.wait_closed()
    async with httpx.AsyncClient() as other:  # whoever comes later is served later: the broken line was seen
        for _ in range(3):
            await other.get(site.address + "healthz")
    lines.append(await ask("留下"))
    served.release.set()
    for reader, writer in lines:
        assert (await reader.readline()).split()[1] == b"200"
        writer.close()
    asked = {question for question, _, _ in served.asked}
    assert asked == {*map(str, range(desks.ANSWERS_AT_ONCE)), "留下"}


async def test_past_the_deadline(answerer):
    """An answer that takes too long ends in one sentence, plain or streamed."""
    answerer.release.clear()
    failed: list[str] = []
    desk = desks.open_desk(Assistant(answerer, BotSettings()), 0.01, 9, failed.append)
    with pytest.raises(desks.RequestError, match="请稍后再试") as caught:
        await desks.answer(desk, AskBody(question="绿地"), "web:192.0.2.7")
    got = [
        events(chunk.decode())[0]
        async for chunk in desks.stream(desk, AskBody(question="绿地"), "web:192.0.2.7")
    ]
    answerer.release.set()
    assert caught.value.status == 503
    assert got[1:] == [("error", {"error": str(caught.value), "status": 503}), ("done", {})]
    assert failed == ["web", "web"]


async def test_a_failure_inside_is_logged_and_worded(caplog):
    """What broke is in the log; the client reads one sentence without it."""

    def broken(question, history, region):
        raise ValueError("index page 7 is torn")

    async with open_client(make_app(StubAnswerer(broken))) as client:
        whole = await client.post(ASK, json={"question": "绿地"})
        streamed = await client.post(ASK, json={"question": "绿地"}, headers=STREAM)
    assert (whole.status_code, whole.json()) == (500, {"error": "服务出了问题,已经记录,请稍后再试。"})
    assert [name for name, _ in events(streamed.text)] == ["status", "error", "done"]
    assert "index page 7 is torn" in caplog.text
    assert "torn" not in streamed.text


async def test_welcome_names_examples_regions_and_memory(client):
    """What the page opens with."""
    body = (await client.get("/api/v1/welcome")).json()
    assert body == {"examples": list(EXAMPLES), "regions": ["绿源市", "海州区"], "turns": 5, "generation": 7}


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/", 200),
        ("HEAD", "/", 200),
        ("GET", "/healthz", 200),
        ("GET", "/static/app.js", 200),
        ("GET", "/static/favicon.svg", 200),
        ("GET", "/api/v1/openapi.json", 200),
        ("GET", "/nowhere", 404),
        ("GET", "/static/../app.py", 404),
        ("GET", "/static/%2e%2e/app.py", 404),
        ("GET", ASK, 405),
    ],
)
async def test_every_response_carries_the_security_headers(client, method, path, status):
    """Pages, files, refusals: the same strict policy, and never a cookie."""
    response = await client.request(method, path)
    policy = response.headers["content-security-policy"]
    assert response.status_code == status
    assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'")
    assert "unsafe" not in policy
    assert response.headers["x-frame-options"] == "DENY"
    assert "set-cookie" not in response.headers


async def test_the_background_lives_as_long_as_the_app():
    """What runs beside the web starts and stops with it, in the same loop."""
    seen = []

    @asynccontextmanager
    async def beside():
        seen.append(("started", asyncio.get_running_loop()))
        yield
        seen.append(("stopped", asyncio.get_running_loop()))

    app = make_app(StubAnswerer(), background=beside)
    async with app.router.lifespan_context(app):
        assert [name for name, _ in seen] == ["started"]
    assert seen == [("started", asyncio.get_running_loop()), ("stopped", asyncio.get_running_loop())]


async def test_several_regions_keep_their_names(client):
    """Lines of several regions say whose they are."""
    lines = (ANSWER.statements[0], replace(ANSWER.statements[0], region="海州区", source=2))
    answerer = StubAnswerer(lambda question, history, region: replace(ANSWER, statements=lines))
    async with open_client(make_app(answerer)) as several:
        answer = (await several.post(ASK, json={"question": "两地绿地"})).json()
    assert [(line["region"], line["source"]) for line in answer["statements"]] == [
        ("绿源市", 1),
        ("海州区", 2),
    ]


async def test_an_index_that_cannot_be_reached_is_asked_for_later(caplog):
    """Where the database or the server of the index is away the client hears to come back, not what is wrong with it."""

    def away(question, history, region):
        raise StoreError("Milvus 查询不成:10.0.0.5:19530 拒绝连接")

    async with open_client(make_app(StubAnswerer(away))) as client:
        whole = await client.post(ASK, json={"question": "绿地"})
    assert (whole.status_code, whole.json()) == (503, {"error": "现在读写不了资料\uff0c请过一会儿再试。"})
    assert int(whole.headers["retry-after"]) > 0
    assert "10.0.0.5:19530" in caplog.text
