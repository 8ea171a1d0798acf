"""The life of the channel: connect, poll, and stop when told to, after the answers under way are sent."""

import asyncio
import logging
import signal
from collections.abc import Sequence
from contextlib import suppress
from typing import Any

from telegram.error import BadRequest, InvalidToken, TelegramError

from bot.assistant import Assistant
from bot.channels.telegram.answering import Desk
from bot.channels.telegram.application import REFUSED, App, build_application
from bot.channels.telegram.cards import Cards
from bot.channels.telegram.delivery import LEAVING
from bot.channels.telegram.faults import guard_logs, on_polling_error
from bot.channels.telegram.inbox import Inbox
from bot.channels.telegram.ingress import Ingress, read_update
from bot.channels.telegram.menus import show_menus
from bot.channels.telegram.office import Office
from bot.errors import ChannelError
from bot.settings import BotSettings, TelegramSettings
from bot.telemetry.errors import describe

LOG = logging.getLogger(__name__)
_EXAMPLES = 3  # what a greeting shows without scrolling
# Seconds between two tries to reach Telegram at start: quick after a hiccup, patient through an outage.
_FIRST_PAUSE_S, _LONGEST_PAUSE_S = 1.0, 30.0
_UPDATES = ["message", "callback_query", "inline_query"]


async def _reachable(application: App) -> bool:
    """Try to greet Telegram; the token must not be in any error that leaves here, and the library puts it there."""
    try:
        await application.initialize()
    except InvalidToken:
        raise ChannelError(REFUSED) from None
    except TelegramError as error:
        LOG.warning("连不上 Telegram(%s),会自动重试", describe(error))
        return False
    return True


async def _connect(application: App) -> None:
    pause = _FIRST_PAUSE_S
    while not await _reachable(application):
        await asyncio.sleep(pause)
        pause = min(2 * pause, _LONGEST_PAUSE_S)


async def _poll(application: App) -> None:
    if application.updater is None:
        raise ChannelError("Telegram 通道没有轮询器;请用 build_application 组装")
    try:
        await application.updater.start_polling(
            bootstrap_retries=-1, allowed_updates=_UPDATES, error_callback=on_polling_error
        )
    except InvalidToken:
        raise ChannelError(REFUSED) from None


async def _listen(application: App, ingress: Ingress) -> None:
    """Let Telegram deliver the updates; it learns where until that has worked."""

    async def accept(content: dict[str, Any]) -> None:
        update = read_update(content, application.bot)
        if update is not None:
            await application.update_queue.put(update)

    ingress.open(accept)
    pause = _FIRST_PAUSE_S
    while not await _announced(application, ingress):
        await asyncio.sleep(pause)
        pause = min(2 * pause, _LONGEST_PAUSE_S)


async def _announced(application: App, ingress: Ingress) -> bool:
    try:
        await application.bot.set_webhook(ingress.url, allowed_updates=_UPDATES, secret_token=ingress.secret)
    except InvalidToken:
        raise ChannelError(REFUSED) from None
    except BadRequest as error:
        raise ChannelError(
            f"Telegram 不收 bot.telegram.webhook_url = {ingress.url!r}({error.message});"
            "它要 https 网址,端口 443、80、88 或 8443"
        ) from None
    except TelegramError as error:
        LOG.warning("没能把网址告诉 Telegram(%s),会自动重试", describe(error))
        return False
    return True


async def _live(
    application: App,
    settings: TelegramSettings,
    refused: asyncio.Event,
    inbox: Inbox,
    ingress: Ingress | None,
) -> None:
    """Serve until cancelled, or until Telegram refuses the token."""
    await _connect(application)
    await application.start()
    await inbox.open(application.bot)
    await (_listen(application, ingress) if ingress else _poll(application))
    LOG.info("Telegram 机器人已开始收消息")
    await show_menus(application, settings)
    await refused.wait()
    raise ChannelError(REFUSED)


async def _stop(application: App) -> None:
    """Fetch no more, finish what is under way, and close; fits any stage of the start."""
    if application.updater is not None and application.updater.running:
        with suppress(TelegramError):
            await application.updater.stop()
    if application.running:
        await application.stop()
    await application.shutdown()
    await application.bot.shutdown()


async def serve_in(
    assistant: Assistant,
    settings: BotSettings,
    token: str,
    examples: Sequence[str],
    stop: asyncio.Event,
    office: Office | None = None,
    ingress: Ingress | None = None,
) -> None:
    """Run the bot in the running event loop until ``stop`` is set; the answers under way are still sent.

    While Telegram cannot be reached it keeps trying. Signals are the caller's.

    :param examples: questions for the greeting, the best first
    :param ingress: where Telegram delivers updates; None where the bot asks for them
    :param office: what admins work with; None where nobody changes documents from here
    :raises ChannelError: the token cannot be one, or Telegram refuses it
    """
    guard_logs()
    LEAVING.set(stop)  # the tasks begun below see it
    refused = asyncio.Event()
    desk = Desk(assistant, settings, Cards(assistant), tuple(examples)[:_EXAMPLES], office)
    inbox = Inbox(assistant.records)
    application = build_application(
        desk, settings.telegram, token, refused.set, inbox, polling=ingress is None
    )
    life = _live(application, settings.telegram, refused, inbox, ingress)
    halt, live = asyncio.create_task(stop.wait()), asyncio.create_task(life)
    try:
        await asyncio.wait({halt, live}, return_when=asyncio.FIRST_COMPLETED)
    finally:
        halt.cancel()
        live.cancel()
        await asyncio.gather(halt, live, return_exceptions=True)
        if ingress:
            ingress.close()
        await _stop(application)
        await inbox.close()
    if not live.cancelled():
        live.result()


async def _serve_until_signalled(
    assistant: Assistant, settings: BotSettings, token: str, examples: Sequence[str], office: Office | None
) -> None:
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        # Windows has no such handlers; there Ctrl-C ends the program as it always does.
        with suppress(NotImplementedError):
            asyncio.get_running_loop().add_signal_handler(number, stop.set)
    await serve_in(assistant, settings, token, examples, stop, office)


def run(
    assistant: Assistant,
    settings: BotSettings,
    token: str,
    examples: Sequence[str],
    office: Office | None = None,
) -> None:
    """Run the bot until SIGTERM or Ctrl-C; the answers under way are still sent.

    :raises ChannelError: the token cannot be one, or Telegram refuses it
    """
    asyncio.run(_serve_until_signalled(assistant, settings, token, examples, office))
