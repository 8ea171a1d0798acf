"""What the API refuses, and that it says why in one sentence."""

import json

import pytest

from bot.channels.web.schema import MAX_BODY_BYTES, MAX_QUESTION_CHARS
from tests.bot.channels.web.stub import (
    HOSTILE,
)

ASK = "/api/v1/ask"
JSON = {"content-type": "application/json"}


@pytest.mark.parametrize(
    ("body", "status", "sentence"),
    [
        (b"", 422, "不是合法的 UTF-8 JSON"),
        (b"{", 422, "不是合法的 UTF-8 JSON"),
        (b'{"question": "\xff\xfe"}', 422, "不是合法的 UTF-8 JSON"),
        (b"[" * 100_000, 422, "不是合法的 UTF-8 JSON"),
        (b"[]", 422, "应为 JSON 对象"),
        (b"{}", 422, "缺少 question"),
        (b'{"question": null}', 422, "question 应为文字"),
        (b'{"question": 12}', 422, "question 应为文字"),
        (b'{"question": "a", "history": "b"}', 422, "history 应为列表"),
        (b'{"question": "a", "history": [1]}', 422, "history.0 应为文字"),
        (b'{"question": "a", "user": "b"}', 422, "不认识的键 user"),
        (json.dumps({"question": "a", "history": ["b"] * 51}).encode(), 422, "history 太多了,最多 50 条"),
        (
            json.dumps({"question": "长" * (MAX_QUESTION_CHARS + 1)}).encode(),
            422,
            f"问题太长了({MAX_QUESTION_CHARS + 1} 字)",
        ),
        (b" " * (MAX_BODY_BYTES + 1), 413, "内容太长了"),
    ],
)
async def test_bad_bodies_get_one_sentence(client, answerer, body, status, sentence):
    """Whatever is not a question is refused with its reason and reaches nobody."""
    response = await client.post(ASK, content=body, headers=JSON)
    assert response.status_code == status
    assert sentence in response.json()["error"]
    assert answerer.asked == []


async def test_a_lone_surrogate_is_refused(client):
    """A character that no UTF-8 can carry is refused rather than echoed."""
    response = await client.post(ASK, content=rb'{"question": "\ud800"}', headers=JSON)
    assert (response.status_code, "error" in response.json()) == (422, True)


async def test_a_body_without_announced_length_is_counted_as_it_comes(client):
    """Leaving the length out does not get a larger body in."""

    async def chunks():
        for _ in range(MAX_BODY_BYTES // 65_536 + 1):
            yield b" " * 65_536

    assert (await client.post(ASK, content=chunks(), headers=JSON)).status_code == 413


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", ""])
async def test_only_json_is_read(client, kind):
    """A form another site could post without asking is refused."""
    headers = {"content-type": kind} if kind else {}
    response = await client.post(ASK, content=b'{"question": "a"}', headers=headers)
    assert (response.status_code, response.json()["error"]) == (
        415,
        "请用 JSON 提交问题(Content-Type: application/json)。",
    )


@pytest.mark.parametrize(
    "question", [HOSTILE, "'; DROP TABLE documents; --", "\u0000\u001b[2J", "😀😀", "   "]
)
async def test_odd_questions_come_back_as_json_text(client, question):
    """A question is data: echoed as it was, in a type no browser runs."""
    response = await client.post(ASK, json={"question": question})
    assert response.headers["content-type"] == "application/json"
    assert response.headers["x-content-type-options"] == "nosniff"
    assert response.json()["question"] == question


@pytest.mark.parametrize(
    "path",
    [
        "/d/%ff%fe",
        "/d/lvyuan/%ff%fe",
        "/d/lvyuan?q=%ff%fe",
        "/d/lvyuan/%E4%B8%89?hl=%ff-%fe&v=%ff",
        "/indicators?words=%ff%00&region=%ed%a0%80",
        "/versions/%ff",
        "/versions/lvyuan/%ff?hl=%ff",
        "/api/v1/documents/%ff",
        "/api/v1/documents/lvyuan/clause?address=%ff%ed%a0%80",
        "/api/v1/indicators?name=%ff",
    ],
)
async def test_an_address_that_is_no_utf_8_is_a_page_or_a_sentence(client, path):
    """A link that a chat program has mangled: found, not found or refused, in words, never a failure."""
    response = await client.get(path)
    assert (response.status_code < 500, "Traceback" in response.text) == (True, False)
    assert response.text


async def test_broken_bytes_in_feedback_are_refused(client):
    """As in a question."""
    response = await client.post("/api/v1/feedback", content=b'{"id": "\xff"}', headers=JSON)
    assert (response.status_code, "UTF-8 JSON" in response.json()["error"]) == (422, True)
