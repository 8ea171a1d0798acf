"""What the OpenAPI description says of responses: an answer in its two forms, a failure a status."""

from http import HTTPStatus
from typing import Any

from bot.channels.web.problems import sentence_of

Responses = dict[int | str, dict[str, Any]]

_ANSWER = {
    "id": "0f8fad5bd9cb469fa16570867728950e",
    "question": "每年新增多少公园绿地",
    "status": "answered",
    "answer": "新增公园绿地:12.5公顷(2025年目标)",
    "citations": [],
    "indicators": [],
    "missing": [],
    "suggestions": ["古树名木怎么保护"],
    "timing_ms": {"total": 21.5},
}
_STREAM = "event: status\ndata: {…}\n\nevent: statement\ndata: {…}\n\nevent: answer\ndata: {…}\n\nevent: done\ndata: {}\n\n"
ANSWER: Responses = {
    200: {
        "description": "回答;字段见 docs/contract.md。event-stream 依次送 status、statement、answer、done",
        "content": {
            "application/json": {"schema": {"type": "object"}, "example": _ANSWER},
            "text/event-stream": {"schema": {"type": "string"}, "example": _STREAM},
        },
    }
}
_PROBLEM = {"type": "object", "properties": {"error": {"type": "string"}}, "required": ["error"]}


def problem(*statuses: int) -> Responses:
    """Describe failures: each answers ``{"error": "one sentence"}``."""
    return {
        status: {
            "description": HTTPStatus(status).phrase,
            "content": {
                "application/json": {
                    "schema": _PROBLEM,
                    "example": {"error": sentence_of(HTTPStatus(status))},
                }
            },
        }
        for status in statuses
    }
