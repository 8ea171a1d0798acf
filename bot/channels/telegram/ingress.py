"""The route ``/telegram``: where Telegram delivers updates when it calls us, instead of us asking for them."""

import hmac
import json
import logging
import re
from collections.abc import Awaitable, Callable
from http import HTTPStatus
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response
from telegram import Bot, Update

from bot.config import WEBHOOK_SECRET_VARIABLE
from bot.errors import ChannelError
from bot.settings import TelegramSettings
from bot.telemetry.errors import describe

LOG = logging.getLogger(__name__)
PATH = "/telegram"
HEADER = "X-Telegram-Bot-Api-Secret-Token"
# Telegram takes these characters, 256 of them at most; fewer than 16 could be guessed
_SECRET = re.compile(r"[A-Za-z0-9_-]{16,256}", re.ASCII)
Accept = Callable[[dict[str, Any]], Awaitable[None]]


class Ingress:
    """Hands updates on to the bot once it listens; until then Telegram is asked to come again.

    :param url: where Telegram finds the route, as the outside world sees it
    :param secret: what Telegram must show with each update
    """

    def __init__(self, url: str, secret: str) -> None:
        self.url, self.secret = url, secret
        self._accept: Accept | None = None

    def open(self, accept: Accept) -> None:
        """Let updates in."""
        self._accept = accept

    def close(self) -> None:
        """Let no more in; Telegram keeps them for a day and tries again."""
        self._accept = None

    def knows(self, shown: str) -> bool:
        """Whether a caller shows the secret; takes as long whatever is shown."""
        return hmac.compare_digest(shown.encode("utf-8", "replace"), self.secret.encode())

    async def take(self, body: bytes) -> HTTPStatus:
        """Hand one update on; return what to tell Telegram."""
        if self._accept is None:
            return HTTPStatus.SERVICE_UNAVAILABLE
        try:
            update = json.loads(body)
        except (ValueError, RecursionError):
            return HTTPStatus.BAD_REQUEST
        if not isinstance(update, dict) or not isinstance(update.get("update_id"), int):
            return HTTPStatus.BAD_REQUEST
        await self._accept(update)
        return HTTPStatus.OK


def read_update(content: dict[str, Any], bot: Bot | None) -> Update | None:
    """Read what was delivered; None, and a line in the log, for what is no update: sent again it would be no better."""
    try:
        return Update.de_json(content, bot)
    except (AttributeError, KeyError, TypeError, ValueError, OverflowError, OSError) as error:
        LOG.error("Telegram 送来的一条消息读不懂,已跳过(%s)", describe(error))
        return None


def open_ingress(settings: TelegramSettings, secret: str) -> Ingress | None:
    """Make the ingress where a webhook is configured; None where the bot asks for its updates itself.

    :raises ChannelError: the address is none, or the secret is missing or cannot be one
    """
    if not settings.webhook_url:
        return None
    if not settings.webhook_url.startswith(("http://", "https://")):
        raise ChannelError(
            f"bot.telegram.webhook_url = {settings.webhook_url!r} 不是网址;"
            f"应像 https://zc.example.gov.cn{PATH},由反向代理转到本程序的 {PATH}"
        )
    if not _SECRET.fullmatch(secret):
        raise ChannelError(
            f"设置了 bot.telegram.webhook_url,环境变量 {WEBHOOK_SECRET_VARIABLE} 却没有合用的密钥;"
            "请写 16–256 个字母、数字、- 或 _,例如 openssl rand -hex 32 的输出"
        )
    return Ingress(settings.webhook_url, secret)


def ingress_routes(ingress: Ingress) -> APIRouter:
    """Serve the route; a caller without the secret learns nothing."""
    router = APIRouter()

    @router.post(PATH, include_in_schema=False)
    async def take(request: Request) -> Response:
        if not ingress.knows(request.headers.get(HEADER, "")):
            return Response(status_code=HTTPStatus.FORBIDDEN)
        return Response(status_code=await ingress.take(await request.body()))

    return router
