"""What every response carries and every request is held to: security headers and a cap on bodies."""

from collections.abc import Mapping
from http import HTTPStatus

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
HEADERS: Mapping[str, str] = {
    "Content-Security-Policy": CONTENT_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
_CACHE = "Cache-Control"
_REVALIDATE = "no-cache"  # the page is served with an ETag: asking again costs a 304


def with_headers(app: ASGIApp) -> ASGIApp:
    """Wrap ``app`` so that every response carries ``HEADERS``."""

    async def guarded(scope: Scope, receive: Receive, send: Send) -> None:
        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.update(HEADERS)
                headers.setdefault(_CACHE, _REVALIDATE)
            await send(message)

        await app(scope, receive, send_with_headers)

    return guarded


def with_body_cap(app: ASGIApp, limit: int) -> ASGIApp:
    """Wrap ``app`` so that reading a body of more than ``limit`` bytes raises a 413 ``RequestError``."""

    async def guarded(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await app(scope, receive, send)
            return
        announced = Headers(scope=scope).get("content-length", "")
        too_large = announced.isdecimal() and int(announced) > limit
        seen = 0

        async def counted() -> Message:
            nonlocal seen
            message = await receive()
            seen += len(message.get("body", b""))
            if too_large or seen > limit:
                raise RequestError(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
            return message

        await app(scope, counted, send)

    return guarded
