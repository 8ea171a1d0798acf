"""Limits by address and by key, and feedback that reaches real records."""

from hashlib import sha256

import pytest
from sqlalchemy import select

from bot.assistant import Assistant
from bot.channels.web import create_app
from bot.records.records import open_records
from bot.records.schema import feedback
from bot.settings import ApiKey, BotSettings, RecordsSettings, Scope, WebSettings
from tests.bot.channels.web.stub import StubAnswerer, make_app, open_client

ME, OTHER = "0" * 32, "f" * 32
QUESTION = {"question": "绿地"}


def limited(**web) -> BotSettings:
    return BotSettings(web=WebSettings(**web))


async def test_a_third_question_in_a_minute_is_told_when_to_come_back():
    """429 with the seconds, in Chinese; reading goes on."""
    async with open_client(make_app(StubAnswerer(), limited(asks_per_minute=2))) as client:
        answers = [await client.post("/api/v1/ask", json=QUESTION) for _ in range(3)]
        assert [answer.status_code for answer in answers] == [200, 200, 429]
        assert answers[2].headers["retry-after"] == "30"
        assert "30 秒后再试" in answers[2].json()["error"]
        assert (await client.get("/api/v1/documents")).status_code == 200


async def test_a_key_has_its_own_limit_and_only_its_scopes():
    """A key asks beyond the address's limit, may not do what it lacks; a wrong one is refused."""
    key = ApiKey(name="门户", sha256=sha256(b"secret").hexdigest(), scopes=(Scope.ASK,), per_minute=2)
    async with open_client(make_app(StubAnswerer(), limited(asks_per_minute=1, api_keys=(key,)))) as client:

        async def status(method: str, path: str, sent: str, **body) -> int:
            return (await client.request(method, path, headers={"X-API-Key": sent}, **body)).status_code

        assert [await status("POST", "/api/v1/ask", "secret", json=QUESTION) for _ in range(3)] == [
            200,
            200,
            429,
        ]
        assert await status("GET", "/api/v1/documents", "secret") == 403
        assert await status("POST", "/api/v1/ask", "wrong", json=QUESTION) == 401


@pytest.fixture
async def recorded(tmp_path):
    """A client of an app with a memory, and the memory."""
    settings = BotSettings()
    records = open_records(RecordsSettings(), tmp_path, 5)
    assistant = Assistant(StubAnswererWithNumber(), settings, records)
    async with open_client(create_app(assistant, settings=settings)) as client:
        yield client, records
    assistant.close()


class StubAnswererWithNumber(StubAnswerer):
    generation = 7


async def ask(client, asker: str) -> str:
    return (await client.post("/api/v1/ask", json=QUESTION, headers={"X-Asker": asker})).json()["id"]


def verdicts(records) -> list[tuple[str, str, str | None, str]]:
    columns = (feedback.c.answer, feedback.c.verdict, feedback.c.reason, feedback.c.comment)
    return [tuple(row) for row in records.read(lambda c: c.execute(select(*columns)).all())]


async def test_feedback_names_the_answer_and_its_reason(recorded):
    """What was said is stored, masked; a second thought replaces the first."""
    client, records = recorded
    answer = await ask(client, ME)
    for body in (
        {"verdict": "useful"},
        {"verdict": "useless", "reason": "incomplete", "comment": "请打 13812345678"},
    ):
        said = await client.post("/api/v1/feedback", json={"id": answer, **body}, headers={"X-Asker": ME})
        assert said.json() == {"status": "noted"}
    [(stored, verdict, reason, comment)] = verdicts(records)
    assert (stored, verdict, reason) == (answer, "useless", "incomplete")
    assert "13812345678" not in comment


async def test_who_asks_to_be_forgotten_is(recorded):
    """Questions and feedback of the browser go, those of another stay."""
    client, records = recorded
    for asker in (ME, OTHER):
        answer = await ask(client, asker)
        body = {"id": answer, "verdict": "useful"}
        await client.post("/api/v1/feedback", json=body, headers={"X-Asker": asker})
    gone = await client.delete("/api/v1/asker", headers={"X-Asker": ME})
    assert gone.json() == {"deleted": 2}
    assert [row[0] for row in verdicts(records)] == [answer]


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"id": "x", "verdict": "useful"}, 422),
        ({"id": ME, "verdict": "great"}, 422),
        ({"id": ME, "verdict": "useful", "comment": "长" * 501}, 422),
        ({"id": ME, "verdict": "useful", "more": 1}, 422),
    ],
)
async def test_feedback_that_is_none_is_refused(client, body, status):
    """A sentence says what is wrong with it."""
    answer = await client.post("/api/v1/feedback", json=body)
    assert (answer.status_code, list(answer.json())) == (status, ["error"])


async def test_another_site_cannot_judge_or_delete(client):
    """A form has the wrong type, and the browser says where a request comes from."""
    cross = {"Sec-Fetch-Site": "cross-site", "X-Asker": ME}
    assert (await client.post("/api/v1/feedback", json={}, headers=cross)).status_code == 403
    assert (await client.delete("/api/v1/asker", headers=cross)).status_code == 403
    form = await client.post("/api/v1/feedback", data={"id": ME})
    assert form.status_code == 415


async def test_an_address_alone_is_not_enough_to_delete(client):
    """Many people may share one address."""
    assert (await client.delete("/api/v1/asker")).status_code == 422


async def test_privacy_page_says_how_long(client):
    """The period is the configured one."""
    page = (await client.get("/privacy")).text
    assert "最多存 180 天" in page
