"""What the web tells those who run it: the id of each request, and the figures for Prometheus."""

from collections.abc import Sequence
from http import HTTPStatus
from ipaddress import ip_address, ip_network

from fastapi import APIRouter, Request
from fastapi.responses import Response
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.channels.web.problems import RequestError
from bot.telemetry.metrics import CONTENT_TYPE, Metrics
from bot.telemetry.request import request, request_named

HEADER = "X-Request-ID"
_FORWARDED = ("forwarded", "x-forwarded-for", "x-real-ip")


def with_request_id(app: ASGIApp) -> ASGIApp:
    """Wrap ``app`` so that each request has an id: the sender's own where it is well formed; the answer bears it."""

    async def named(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await app(scope, receive, send)
            return
        identifier = request_named(Headers(scope=scope).get(HEADER, ""))

        async def send_with_id(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message)[HEADER] = identifier
            await send(message)

        with request("web", identifier):
            await app(scope, receive, send_with_id)

    return named


def _allowed(asking: Request, networks: Sequence[str]) -> bool:
    host = asking.client.host if asking.client else ""
    try:
        address = ip_address(host)
    except ValueError:
        return False
    # what came through a proxy comes from outside, whoever the proxy says it is
    passed_on = any(name in asking.headers for name in _FORWARDED)
    return not passed_on and any(address in ip_network(each, strict=False) for each in networks)


def metrics_routes(metrics: Metrics, networks: Sequence[str]) -> APIRouter:
    """Make ``/metrics``, for callers in these networks; nobody else learns that it is there."""
    pages = APIRouter(include_in_schema=False)

    @pages.get("/metrics")
    def get_metrics(asking: Request) -> Response:
        if not _allowed(asking, networks):
            raise RequestError(HTTPStatus.NOT_FOUND)
        return Response(metrics.page(), media_type=CONTENT_TYPE)

    return pages
