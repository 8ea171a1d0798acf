"""The door of the verbs that programs use: whose token it is, what it grants, how often it comes."""

import json
import logging
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from fastapi import APIRouter, Request, Security
from fastapi.responses import Response
from fastapi.security import HTTPBearer
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData

from bot.access import Deed, may
from bot.channels.web.admin.guard import RefusedError, read_form
from bot.channels.web.admin.types import Console, Visit
from bot.channels.web.admin.wording import plain, wide
from bot.channels.web.examples import Responses, problem
from bot.channels.web.gate import address_of
from bot.channels.web.problems import RequestError
from bot.limits import Limiter, next_turn
from index.errors import PolicybotError, StoreError

LOG = logging.getLogger(__name__)
PREFIX = "/api/v1/admin"
_BEARER = "bearer "
_NO_STORE = {"Cache-Control": "no-store"}
_WHO = wide(
    "没有令牌,或令牌不对、过期、已作废;请在 Authorization: Bearer 后面写上 policybot users token 发的令牌。"
)
_MAY_NOT = wide("这个令牌不能做这件事:要有 {deed} 权限,用户的角色也要允许。")
_TOO_OFTEN = wide("请求太频繁了,请 {seconds} 秒后再试。")
_SCHEME = HTTPBearer(auto_error=False, scheme_name="token", description="policybot users token 发的令牌")

Handler = Callable[[Visit], Response]


@dataclass(frozen=True, slots=True)
class Verb:
    """A verb as it is described: what it does, the form it takes, what it answers with."""

    summary: str
    form: Mapping[str, Any] | None = None
    answers: Responses | None = None


def said(value: Mapping[str, Any], status: int = HTTPStatus.OK) -> Response:
    """Answer with JSON that is kept in no cache; dates are written as ISO 8601."""
    body = json.dumps(value, ensure_ascii=False, default=str)
    return Response(body, status, _NO_STORE, "application/json")


def worded(console: Console, words: str) -> str:
    """Word a message for a program: fields by their labels, a file that was sent by its name alone."""
    return re.sub(re.escape(str(console.uploads)) + "/[0-9a-f]+/", "", plain(words))


def authorise(visit: Visit, deed: Deed) -> None:
    """Let through who may.

    :raises RefusedError: the token does not grant it, or its user's role does not allow it
    """
    session = visit.session
    if not may(session.role, deed, session.granted):
        raise RefusedError(HTTPStatus.FORBIDDEN, _MAY_NOT.format(deed=deed.value))


async def _visit(console: Console, limiter: Limiter, request: Request) -> Visit:
    allowed = console.config.settings.bot.web.reads_per_minute
    seconds = await next_turn(limiter, f"admin address {address_of(request)}", allowed)
    if seconds:
        after = {"Retry-After": str(seconds)}
        raise RequestError(HTTPStatus.TOO_MANY_REQUESTS, _TOO_OFTEN.format(seconds=seconds), after)
    sent = request.headers.get("authorization", "")
    token = sent[len(_BEARER) :].strip() if sent[: len(_BEARER)].lower() == _BEARER else ""
    session = await run_in_threadpool(console.accounts.bearer, token) if token else None
    if session is None:
        raise RequestError(HTTPStatus.UNAUTHORIZED, _WHO, {"WWW-Authenticate": "Bearer"})
    return Visit(console, request, session, FormData(), "api")


async def _served(visit: Visit, handler: Handler, deed: Deed) -> Response:
    """Do what is asked; the body is read only after it is known that they may."""
    authorise(visit, deed)
    if visit.request.method == "GET":
        return await run_in_threadpool(handler, visit)
    form = await read_form(visit.request)
    try:
        return await run_in_threadpool(handler, visit.with_form(form))
    finally:
        await form.close()


async def _answer(
    console: Console, limiter: Limiter, request: Request, handler: Handler, deed: Deed
) -> Response:
    try:
        return await _served(await _visit(console, limiter, request), handler, deed)
    except RefusedError as refusal:
        raise RequestError(refusal.status, str(refusal)) from None
    except StoreError as error:
        LOG.error("%s", error)
        raise RequestError(HTTPStatus.SERVICE_UNAVAILABLE, wide(str(error))) from None
    except PolicybotError as error:
        raise RequestError(HTTPStatus.CONFLICT, worded(console, str(error))) from None


def _described(form: Mapping[str, Any] | None) -> dict[str, Any]:
    if form is None:
        return {}
    content = {"multipart/form-data": {"schema": {"type": "object", "additionalProperties": False, **form}}}
    return {"requestBody": {"required": True, "content": content}}


Adder = Callable[[str, str, Deed, Verb], Callable[[Handler], Handler]]


def api_guarded(console: Console, limiter: Limiter, api: APIRouter) -> Adder:
    """Return what adds a verb that only tokens may use whose scopes and user's role hold its deed.

    There is no other way to add one: a verb without a deed cannot be written.
    """

    def verb(method: str, path: str, deed: Deed, described: Verb) -> Callable[[Handler], Handler]:
        def add(handler: Handler) -> Handler:
            async def endpoint(request: Request) -> Response:
                return await _answer(console, limiter, request, handler, deed)

            api.add_api_route(
                f"{PREFIX}{path}",
                endpoint,
                methods=[method],
                summary=f"{described.summary}\uff08权限 {deed.value}\uff09",
                tags=["管理"],
                name=handler.__name__,
                dependencies=[Security(_SCHEME)],
                openapi_extra=_described(described.form),
                responses={**problem(400, 401, 403, 409, 413, 422, 429, 503), **(described.answers or {})},
            )
            return handler

        return add

    return verb
