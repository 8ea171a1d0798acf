"""The python-telegram-bot application: bot, request, order and handlers put together."""

import re
import ssl
from collections.abc import Callable, Coroutine
from http import HTTPStatus
from typing import Any

import httpx
from telegram import Update
from telegram.ext import AIORateLimiter, Application
from telegram.request import HTTPXRequest

from bot.channels.telegram.answering import Desk
from bot.channels.telegram.faults import on_error
from bot.channels.telegram.front import Front
from bot.channels.telegram.handlers import handlers
from bot.channels.telegram.inbox import Inbox
from bot.channels.telegram.processor import ChatOrder
from bot.config import TOKEN_VARIABLE
from bot.errors import ChannelError
from bot.limits import TokenBuckets
from bot.settings import TelegramSettings

App = Application[Any, Any, Any, Any, Any, Any]
# A send that times out is never repeated, so it gets longer than the library's five seconds.
_READ_TIMEOUT_S = 20.0
_TYPING = "sendChatAction"
_TOKEN = re.compile(r"\d+:[\w-]+", re.ASCII)
REFUSED = (
    f"Telegram 不认环境变量 {TOKEN_VARIABLE} 里的令牌;请到 @BotFather 核对后重新设置"
    "(用自建的 Bot API 服务器时,也请核对 bot.telegram.base_url)"
)


class _MessageLimiter(AIORateLimiter):
    """Spends Telegram's allowance (30 a second, 20 a minute in a group) on messages only.

    A typing sign is no message; waiting for it would halve how many answers leave in a second.
    """

    async def process_request(
        self,
        callback: Callable[..., Coroutine[Any, Any, Any]],
        args: Any,
        kwargs: dict[str, Any],
        endpoint: str,
        data: dict[str, Any],
        rate_limit_args: int | None,
    ) -> Any:
        """Send one request when its turn comes."""
        if endpoint == _TYPING:
            return await callback(*args, **kwargs)
        return await super().process_request(callback, args, kwargs, endpoint, data, rate_limit_args)


class _PollingRequest(HTTPXRequest):
    """Notices when Telegram refuses the token while polling, which ends the library's poller without a word."""

    def __init__(self, on_refused: Callable[[], None], tls: ssl.SSLContext) -> None:
        super().__init__(httpx_kwargs={"verify": tls})
        self._on_refused = on_refused

    async def do_request(self, *args: Any, **kwargs: Any) -> tuple[int, bytes]:
        """Send one request."""
        status, payload = await super().do_request(*args, **kwargs)
        if status in (HTTPStatus.UNAUTHORIZED, HTTPStatus.NOT_FOUND):
            self._on_refused()
        return status, payload


def _check(token: str, settings: TelegramSettings) -> None:
    if not _TOKEN.fullmatch(token):
        raise ChannelError(
            f"环境变量 {TOKEN_VARIABLE} 不像令牌:应为“数字:字母”的样子;请从 @BotFather 原样复制"
        )
    for name, url in (("base_url", settings.base_url), ("base_file_url", settings.base_file_url)):
        if url and not url.startswith(("http://", "https://")):
            raise ChannelError(
                f"bot.telegram.{name} = {url!r} 不是网址;应以 http:// 或 https:// 开头,以 /bot 结尾"
            )


def build_application(
    desk: Desk,
    settings: TelegramSettings,
    token: str,
    on_refused: Callable[[], None],
    inbox: Inbox,
    *,
    polling: bool = True,
) -> App:
    """Put the application together; nothing is sent yet.

    :param on_refused: called when Telegram refuses the token while the application is polling
    :param inbox: where updates wait; the caller opens and closes it
    :param polling: False where Telegram delivers the updates
    :raises ChannelError: the token or an address cannot be one
    """
    _check(token, settings)
    tls = (
        httpx.create_ssl_context()
    )  # reading the certificates is half of a start, so both requests share them
    front = Front(desk.settings, desk.assistant.limiter or TokenBuckets())

    async def admits(update: Update, waiting: int) -> bool:
        return inbox.is_restored(update) or await front.admits(update, waiting)

    builder = (
        Application.builder()
        .token(token)
        .rate_limiter(_MessageLimiter(max_retries=settings.retries))
        .concurrent_updates(ChatOrder(settings.concurrent_updates, admits, inbox.done))
        .update_queue(inbox)
        .request(HTTPXRequest(read_timeout=_READ_TIMEOUT_S, httpx_kwargs={"verify": tls}))
        .get_updates_request(_PollingRequest(on_refused, tls))
    )
    if not polling:
        builder = builder.updater(None)
    if settings.base_url:
        builder = builder.base_url(settings.base_url)
    if settings.base_file_url:
        builder = builder.base_file_url(settings.base_file_url)
    application: App = builder.build()
    application.add_handlers(list(handlers(desk)))
    application.add_error_handler(on_error)
    return application
