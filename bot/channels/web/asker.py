"""Who asks: a random id that the browser made for itself, or else the network address."""

from http import HTTPStatus
from typing import Annotated

from fastapi import Header, Request

from bot.channels.web.problems import RequestError

ASKER_HEADER = "X-Asker"
_CHANNEL = "web"
_Sent = Annotated[
    str,
    Header(
        alias=ASKER_HEADER,
        pattern="^([0-9a-f]{32})?$",
        description="浏览器自己随机取的编号,用来改评价、删记录;不填则按地址",
    ),
]


def asker(request: Request, sent: _Sent = "") -> str:
    """Name who asks, after the channel, as the assistant wants it."""
    host = request.client.host if request.client else ""
    return f"{_CHANNEL}:{sent or host}"


def asker_sent(
    sent: Annotated[str, Header(alias=ASKER_HEADER, pattern="^[0-9a-f]{32}$", description="浏览器的编号")],
) -> str:
    """Name who asks by the browser's own id only: an address may be that of many."""
    return f"{_CHANNEL}:{sent}"


def refuse_other_sites(request: Request) -> None:
    """Refuse what a browser sends on behalf of another site's page.

    :raises RequestError: 403
    """
    if request.headers.get("sec-fetch-site", "none") in ("cross-site", "same-site"):
        raise RequestError(HTTPStatus.FORBIDDEN)
