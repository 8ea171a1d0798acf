"""The Telegram bot beside the web server, in its event loop."""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager

from bot.assistant import Assistant
from bot.channels.telegram.ingress import Ingress
from bot.channels.telegram.office import Office
from bot.channels.telegram.service import serve_in
from bot.config import Config

LOG = logging.getLogger(__name__)


def _report(bot: "asyncio.Task[None]") -> None:
    """Say why the Telegram bot ended; the web chat goes on without it."""
    if not bot.cancelled() and bot.exception() is not None:
        LOG.error("Telegram 机器人没有运行:%s", bot.exception())


def beside(
    assistant: Assistant, config: Config, office: Office, ingress: Ingress | None
) -> Callable[[], AbstractAsyncContextManager[None]]:
    """Return what runs the Telegram bot from the web server's start to its stop.

    :param ingress: where Telegram delivers updates; None where the bot asks for them
    """

    @asynccontextmanager
    async def running() -> AsyncIterator[None]:
        stop = asyncio.Event()
        settings, token = config.settings.bot, config.telegram_token
        bot = asyncio.create_task(
            serve_in(assistant, settings, token, assistant.examples, stop, office, ingress)
        )
        bot.add_done_callback(_report)
        try:
            yield
        finally:
            stop.set()
            await asyncio.gather(bot, return_exceptions=True)

    return running
