"""The one door of the console: who is signed in, whether they may, whether the form is their own."""

import hmac
import logging
import re
from collections.abc import Callable
from http import HTTPStatus
from typing import Any
from urllib.parse import quote

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException

from bot.access import Deed, may
from bot.accounts.types import Session
from bot.channels.web.admin.types import Console, Visit
from bot.channels.web.admin.wording import plain, wide
from bot.channels.web.pages_frame import page, root_of
from bot.channels.web.problems import RequestError
from bot.cli.users import ROLES
from index.errors import PolicybotError, StoreError

LOG = logging.getLogger(__name__)
PREFIX = "/admin"
COOKIE = "policybot_admin"
CSRF = "csrf"
_FIELDS = 60  # of the longest form; a file is one more
_FIELD_BYTES = 256 * 1024
_NEXT = re.compile(r"admin(/[\w.~%/-]*)?", re.ASCII)
_NO_STORE = {"Cache-Control": "no-store"}

Handler = Callable[[Visit], Response]
Route = Callable[[str, str, Deed], Callable[[Handler], Handler]]

EXPIRED = wide("登录已过期,请重新登录。上传过的文件还在,登录后接着做。")
FORGED = wide("这一页放得太久,或是在别处重新登录过,刚才的操作没有做。请返回刷新后再来一次。")
_TOO_LARGE = wide("文件太大了,没有收下;请拆分,或请维护人员调大 index.max_file_mb。")
_BAD_FORM = wide("表单读不出来,没有做任何改动;请返回重试。")
_MAY_NOT = wide("你的角色是“{role}”,不能做这件事;需要时请管理员来做。")


class RefusedError(Exception):
    """A request that is not let in."""

    def __init__(self, status: HTTPStatus, sentence: str) -> None:
        super().__init__(sentence)
        self.status = status


def forbidden(session: Session) -> RefusedError:
    """Return the refusal of somebody whose role does not allow it."""
    return RefusedError(HTTPStatus.FORBIDDEN, _MAY_NOT.format(role=ROLES[session.role]))


def bare(
    request: Request, template: str, status: int = HTTPStatus.OK, session: Session | None = None, **words: Any
) -> Response:
    """Fill a template of the console; kept in no cache."""
    deeds = {deed.value for deed in Deed if session and may(session.role, deed, session.granted)}
    role = ROLES[session.role] if session else ""
    response = page(request, template, status, session=session, deeds=deeds, role=role, **words)
    response.headers.update(_NO_STORE)
    return response


def shown(visit: Visit, template: str, **words: Any) -> Response:
    """Fill a template of the console for somebody who is signed in."""
    return bare(visit.request, template, session=visit.session, **words)


def see(request: Request, path: str) -> Response:
    """Send the browser on to a page of the console, ``admin/documents``."""
    return RedirectResponse(root_of(request) + quote(path, safe="/?=&#%"), HTTPStatus.SEE_OTHER, _NO_STORE)


def next_of(text: str) -> str:
    """Return the page to go on to after signing in: one of the console, whatever was asked for."""
    return text if _NEXT.fullmatch(text) and ".." not in text else "admin"


def own_form(sent: object, expected: str) -> bool:
    """Say whether a form carries the token it was given, in constant time."""
    given = sent.encode("utf-8", "surrogatepass") if isinstance(sent, str) else b""
    return hmac.compare_digest(given, expected.encode())


async def read_form(request: Request) -> FormData:
    """Read a form; files go to a temporary file as they come.

    :raises RefusedError: it is too large, or no form
    """
    try:
        return await request.form(max_files=1, max_fields=_FIELDS, max_part_size=_FIELD_BYTES)
    except RequestError:
        raise RefusedError(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, _TOO_LARGE) from None
    except (HTTPException, ValueError):
        raise RefusedError(HTTPStatus.BAD_REQUEST, _BAD_FORM) from None


def _sign_in_again(request: Request) -> Response:
    prefix = request.scope.get("root_path", "")
    path = next_of(quote(request.url.path.removeprefix(prefix).strip("/"), safe="/%"))
    back = f"admin/sign-in?next={quote(path, safe='/')}"
    if request.method == "GET":
        return see(request, back)
    status = HTTPStatus.UNAUTHORIZED
    return bare(request, "admin_refused.html", status, sentence=EXPIRED, back=back)


async def _serve(
    console: Console, request: Request, session: Session, handler: Handler, deed: Deed
) -> Response:
    """Let somebody in who may; the body is read only after that is known."""
    if not may(session.role, deed, session.granted):
        raise forbidden(session)
    form = FormData()
    try:
        if request.method != "GET":
            form = await read_form(request)
            if not own_form(form.get(CSRF), session.csrf):
                raise RefusedError(HTTPStatus.FORBIDDEN, FORGED)
        return await run_in_threadpool(handler, Visit(console, request, session, form))
    finally:
        await form.close()


async def _answer(console: Console, request: Request, handler: Handler, deed: Deed) -> Response:
    session = None
    try:
        token = request.cookies.get(COOKIE, "")
        session = await run_in_threadpool(console.accounts.session, token) if token else None
        if session is None:
            return _sign_in_again(request)
        return await _serve(console, request, session, handler, deed)
    except (RefusedError, RequestError) as refusal:
        status, problem = refusal.status, str(refusal)
    except StoreError as error:
        LOG.error("%s", error)
        status, problem = HTTPStatus.SERVICE_UNAVAILABLE, str(error)
    except PolicybotError as error:
        status, problem = HTTPStatus.CONFLICT, str(error)
    return bare(request, "admin_refused.html", status, session=session, sentence=plain(problem), back="")


def guarded(console: Console, pages: APIRouter) -> Route:
    """Return what adds a route that only those may use who may do its deed.

    There is no other way to add one: a route without a deed cannot be written.
    """

    def route(method: str, path: str, deed: Deed) -> Callable[[Handler], Handler]:
        def add(handler: Handler) -> Handler:
            async def endpoint(request: Request) -> Response:
                return await _answer(console, request, handler, deed)

            pages.add_api_route(f"{PREFIX}{path}", endpoint, methods=[method], include_in_schema=False)
            return handler

        return add

    return route
