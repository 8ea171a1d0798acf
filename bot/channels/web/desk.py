"""Answering off the event loop, within the deadline, whole or streamed."""

import asyncio
import json
import logging
from collections.abc import AsyncIterator, Callable
from concurrent.futures import Executor, ThreadPoolExecutor
from contextvars import copy_context
from dataclasses import dataclass
from functools import partial
from http import HTTPStatus
from typing import Any

from fastapi.sse import format_sse_event

from bot.assistant import Assistant, Reply
from bot.channels.web.problems import UNREACHABLE, RequestError
from bot.channels.web.schema import AskBody
from bot.render import web
from bot.render.picture import answer_chart
from index.errors import StoreError

# an answer keeps a core busy: more at once only makes each of them later; the rest wait for their turn
ANSWERS_AT_ONCE = 4
_CHANNEL = "web"
_RETRY_S = 5  # by then a few of those waiting have been answered
LOOKING_UP = "正在查阅已收录的文件…"

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Desk:
    """Who answers, how many at once, how long a question may take in seconds, how many may wait, who is told of a failure."""

    assistant: Assistant
    workers: Executor
    deadline_s: float
    places: asyncio.Semaphore
    failed: Callable[[str], None]


def open_desk(assistant: Assistant, deadline_s: float, waiting: int, failed: Callable[[str], None]) -> Desk:
    """Set up the desk of one app."""
    workers = ThreadPoolExecutor(ANSWERS_AT_ONCE, thread_name_prefix="answer")
    return Desk(assistant, workers, deadline_s, asyncio.Semaphore(ANSWERS_AT_ONCE + waiting), failed)


async def _ask(desk: Desk, body: AskBody, asker: str) -> Reply:
    consult = partial(desk.assistant.consult, asker, body.question, body.history, body.region or None)
    work = partial(copy_context().run, consult)  # the executor's threads have no context of their own
    if desk.places.locked():
        desk.failed(_CHANNEL)
        raise RequestError(HTTPStatus.SERVICE_UNAVAILABLE, headers={"Retry-After": str(_RETRY_S)})
    try:
        async with desk.places, asyncio.timeout(desk.deadline_s):
            # a client that leaves takes its question out of the queue; work begun ends unheard, in its place
            return await asyncio.get_running_loop().run_in_executor(desk.workers, work)
    except TimeoutError:
        _log.warning("an answer took longer than %s s", desk.deadline_s)
        desk.failed(_CHANNEL)
        raise RequestError(HTTPStatus.SERVICE_UNAVAILABLE) from None
    except StoreError as error:
        # the database or the server of the index is away: that passes, and its own words are for the log
        _log.error("an answer failed: %s", error)
        desk.failed(_CHANNEL)
        raise RequestError(
            HTTPStatus.SERVICE_UNAVAILABLE, UNREACHABLE, {"Retry-After": str(_RETRY_S)}
        ) from None
    except Exception:
        # the edge of the program: whatever broke is logged with its place, the client reads one sentence
        _log.exception("an answer failed")
        desk.failed(_CHANNEL)
        raise RequestError(HTTPStatus.INTERNAL_SERVER_ERROR) from None


async def answer(desk: Desk, body: AskBody, asker: str) -> dict[str, Any]:
    """Answer a question with the web's answer object and, where its values make one, their ``chart``.

    :param asker: who asks, as in :meth:`Assistant.consult`
    :raises RequestError: 503 past the deadline or where too many wait, 500 when answering failed
    """
    reply = await _ask(desk, body, asker)
    return {
        **web.answer_object(reply.answer, reply.id),
        "chart": answer_chart(reply.answer, desk.assistant.store.documents),
    }


def _event(name: str, data: dict[str, Any]) -> bytes:
    return format_sse_event(event=name, data_str=json.dumps(data, ensure_ascii=False))


async def stream(desk: Desk, body: AskBody, asker: str) -> AsyncIterator[bytes]:
    """Answer as server-sent events.

    ``status`` comes at once, then one ``statement`` a line of the point, ``answer`` with the whole object
    and ``done``; a failure sends ``error`` with the sentence and the status in place of the answer.
    """
    yield _event("status", {"text": LOOKING_UP})
    try:
        whole = await answer(desk, body, asker)
    except RequestError as refusal:
        yield _event("error", {"error": str(refusal), "status": int(refusal.status)})
    else:
        for statement in whole["statements"]:
            yield _event("statement", statement)
        yield _event("answer", whole)
    yield _event("done", {})
