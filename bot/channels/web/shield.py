"""What every response carries and every request is held to: security headers and a cap on bodies."""

import re
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from types import MappingProxyType

from starlette._utils import get_route_path
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.channels.web.problems import RequestError

# only our own files may run, style or be fetched; nothing inline, nothing from elsewhere, no framing;
# forms go to our own pages: filters and searches work without scripts
CONTENT_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "connect-src 'self'",
        "img-src 'self' data:",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)
WIDGET = "/widget.js"
HEADERS: Mapping[str, str] = {
    "Content-Security-Policy": CONTENT_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
# what a widget on another site may show; never the pages where somebody is signed in
_FRAMED = re.compile(r"/(?:(?:d|indicators|versions|pages|privacy)(?:/.*)?)?")
NO_LARGER: Mapping[str, int] = MappingProxyType({})
_CACHE = "Cache-Control"
_REVALIDATE = "no-cache"  # the page is served with an ETag: asking again costs a 304


def _framed_by(origins: Sequence[str]) -> Mapping[str, str]:
    policy = CONTENT_POLICY.replace("frame-ancestors 'none'", f"frame-ancestors 'self' {' '.join(origins)}")
    return {**HEADERS, "Content-Security-Policy": policy}


def with_headers(app: ASGIApp, framing: Sequence[str] = ()) -> ASGIApp:
    """Wrap ``app`` so that every response carries ``HEADERS``.

    :param framing: origins of the sites that may show the public pages in a frame
    """
    framed = _framed_by(framing)

    async def guarded(scope: Scope, receive: Receive, send: Send) -> None:
        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                may_be_framed = bool(framing) and _FRAMED.fullmatch(get_route_path(scope))
                headers.update(framed if may_be_framed else HEADERS)
                if may_be_framed:
                    del headers["X-Frame-Options"]  # knows no list of origins; the policy above does
                if get_route_path(scope) == WIDGET:
                    headers["Cross-Origin-Resource-Policy"] = "cross-origin"  # a script for other sites
                headers.setdefault(_CACHE, _REVALIDATE)
            await send(message)

        await app(scope, receive, send_with_headers)

    return guarded


def with_body_cap(app: ASGIApp, limit: int, larger: Mapping[str, int] = NO_LARGER) -> ASGIApp:
    """Wrap ``app`` so that reading a body of more than ``limit`` bytes raises a 413 ``RequestError``.

    :param larger: the limits of addresses that take more
    """

    async def guarded(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await app(scope, receive, send)
            return
        announced = Headers(scope=scope).get("content-length", "")
        allowed = larger.get(get_route_path(scope), limit)
        too_large = announced.isdecimal() and int(announced) > allowed
        seen = 0

        async def counted() -> Message:
            nonlocal seen
            message = await receive()
            seen += len(message.get("body", b""))
            if too_large or seen > allowed:
                raise RequestError(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
            return message

        await app(scope, counted, send)

    return guarded


def with_root_path(app: ASGIApp, root_path: str) -> ASGIApp:
    """Wrap ``app`` so that it is told its sub-path whether or not the proxy in front took that off the address.

    ASGI wants ``path`` whole, with ``root_path`` at its beginning.
    """

    async def guarded(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and not f"{scope['path']}/".startswith(f"{root_path}/"):
            raw = root_path.encode() + scope["raw_path"]
            scope = {**scope, "path": root_path + scope["path"], "raw_path": raw}
        await app(scope, receive, send)

    return guarded
