"""Signing in and out."""

from http import HTTPStatus

from fastapi import APIRouter, Request
from fastapi.responses import Response
from starlette.concurrency import run_in_threadpool

from bot.access import Deed
from bot.accounts.sessions import csrf_of, new_token
from bot.accounts.types import LockedOutError, SignInError
from bot.channels.web.admin.guard import (
    COOKIE,
    CSRF,
    FORGED,
    PREFIX,
    RefusedError,
    bare,
    guarded,
    next_of,
    own_form,
    read_form,
    see,
)
from bot.channels.web.admin.types import Console, Visit
from bot.channels.web.gate import address_of
from index.errors import StoreError

_VISITOR = "policybot_visitor"  # what the sign-in form is bound to before there is a session
_CANNOT = "现在登录不了\uff0c请过一会儿再试。"


def _path(request: Request) -> str:
    return f"{request.scope.get('root_path', '').rstrip('/')}{PREFIX}"


def _set(request: Request, response: Response, name: str, value: str) -> None:
    secure = request.url.scheme == "https"
    response.set_cookie(name, value, path=_path(request), secure=secure, httponly=True, samesite="strict")


def _asked(request: Request, status: int = HTTPStatus.OK, problem: str = "", **said: str) -> Response:
    visitor = request.cookies.get(_VISITOR) or new_token()
    response = bare(
        request,
        "admin_sign_in.html",
        status,
        csrf=csrf_of(visitor),
        next=next_of(said.get("next", "")),
        user=said.get("user", ""),
        problem=problem,
    )
    _set(request, response, _VISITOR, visitor)
    return response


async def _sign_in(console: Console, request: Request) -> Response:
    form = await read_form(request)
    said = {key: str(form.get(key) or "")[:1000] for key in ("user", "password", "next")}
    user, onwards = said["user"].strip(), next_of(said["next"])
    visitor = request.cookies.get(_VISITOR, "")
    if not visitor or not own_form(form.get(CSRF), csrf_of(visitor)):
        return _asked(request, HTTPStatus.FORBIDDEN, FORGED, next=onwards, user=user)
    try:
        token = await run_in_threadpool(console.accounts.sign_in, user, said["password"], address_of(request))
    except LockedOutError as error:
        response = _asked(request, HTTPStatus.TOO_MANY_REQUESTS, str(error), next=onwards, user=user)
        response.headers["Retry-After"] = str(error.seconds)
        return response
    except SignInError as error:
        return _asked(request, HTTPStatus.UNAUTHORIZED, str(error), next=onwards, user=user)
    response = see(request, onwards)
    _set(request, response, COOKIE, token)
    return response


def _sign_out(visit: Visit) -> Response:
    visit.console.accounts.sign_out(visit.request.cookies.get(COOKIE, ""))
    response = see(visit.request, "admin/sign-in")
    response.delete_cookie(COOKIE, path=_path(visit.request))
    return response


def sign_in_routes(console: Console, pages: APIRouter) -> None:
    """Add the routes of signing in, which anybody may use, and out."""

    @pages.get(f"{PREFIX}/sign-in", include_in_schema=False)
    async def ask(request: Request, next: str = "") -> Response:
        return _asked(request, next=next)

    @pages.post(f"{PREFIX}/sign-in", include_in_schema=False)
    async def sign_in(request: Request) -> Response:
        try:
            return await _sign_in(console, request)
        except RefusedError as refusal:
            return _asked(request, refusal.status, str(refusal))
        except StoreError:
            return _asked(request, HTTPStatus.SERVICE_UNAVAILABLE, _CANNOT)

    guarded(console, pages)("POST", "/sign-out", Deed.LOOK)(_sign_out)
