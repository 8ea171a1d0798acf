"""Messages → a chat: whole, in order, and never twice.

Telegram has no way to send a message "unless you have it already". A message is therefore sent again only when
it cannot have arrived; when an answer was cut off on its way back, it may stand in the chat, and is left.
"""

import asyncio
import logging
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from contextvars import ContextVar

import httpx
from telegram import InlineKeyboardMarkup, LinkPreviewOptions, Message
from telegram.constants import ChatAction, ParseMode
from telegram.error import BadRequest, NetworkError, TelegramError

from bot.channels.telegram.addressing import is_private
from bot.render.telegram import split, visible

LOG = logging.getLogger(__name__)
Buttons = InlineKeyboardMarkup | None
# Seconds before each further try: quick after a hiccup, then every five: ten minutes, longer than a router or a line
# is usually away, and as long as somebody may still look for an answer.
_PAUSES_S = (0.5, 2.0, *[5.0] * 120)
# Set when the program is told to stop: what cannot be sent is then tried once more, not waited for.
LEAVING: ContextVar[asyncio.Event] = ContextVar("leaving")
# Telegram shows "typing" for five seconds.
_TYPING_EVERY_S = 4.0
_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
_NEVER_SENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)
_MARKUP_REFUSED = ("parse entities", "too long")


def surely_undelivered(error: TelegramError) -> bool:
    """Whether the request behind a failure cannot have reached Telegram."""
    return isinstance(error.__cause__, _NEVER_SENT)


async def _leaves_within(pause_s: float) -> bool:
    """Wait before a further try; whether the program was told to stop meanwhile."""
    leaving = LEAVING.get(None)
    if leaving is None:
        await asyncio.sleep(pause_s)
        return False
    with suppress(TimeoutError):
        await asyncio.wait_for(leaving.wait(), pause_s)
    return leaving.is_set()


async def _send(
    message: Message, text: str, parse_mode: str | None, quote: bool, buttons: Buttons = None
) -> None:
    """Answer a message, again after a pause while it surely did not arrive."""
    leaves = False
    for pause in (*_PAUSES_S, None):
        try:
            await message.reply_text(
                text,
                parse_mode=parse_mode,
                do_quote=quote,
                allow_sending_without_reply=True,
                link_preview_options=_NO_PREVIEW,
                reply_markup=buttons,
            )
            return
        except NetworkError as error:
            if pause is None or leaves or not surely_undelivered(error):
                raise
            if pause == _PAUSES_S[0]:
                LOG.warning("回复发不出去(连不上 Telegram),连上以后再发")
            leaves = await _leaves_within(pause)


async def _send_html(message: Message, html: str, quote: bool, buttons: Buttons) -> None:
    """Send a message as HTML, as plain text when Telegram does not take the markup."""
    try:
        await _send(message, html, ParseMode.HTML, quote, buttons)
    except BadRequest as error:
        if not any(reason in error.message.lower() for reason in _MARKUP_REFUSED):
            raise
        await say(message, visible(html), buttons)


async def deliver(message: Message, parts: Sequence[str], buttons: Buttons = None) -> None:
    """Answer a message with HTML messages, in order; in a group the first one quotes it.

    :param buttons: what hangs under the last of them
    :raises TelegramError: Telegram refused a part: blocked by the user, no right to write, too many requests
    """
    for number, html in enumerate(parts):
        try:
            last = buttons if number == len(parts) - 1 else None
            await _send_html(message, html, not number and not is_private(message), last)
        except NetworkError as error:
            if isinstance(error, BadRequest):
                raise
            LOG.warning("回答的第 %d 段可能没有送达(%s),为免重复不再发", number + 1, type(error).__name__)


async def say(message: Message, text: str, buttons: Buttons = None) -> None:
    """Answer a message with plain text, in as many messages as it takes, buttons under the last.

    :raises TelegramError: Telegram refused it or could not be reached
    """
    parts = split(text)
    for number, part in enumerate(parts):
        last = buttons if number == len(parts) - 1 else None
        await _send(message, part, None, not number and not is_private(message), last)


async def _keep_typing(message: Message) -> None:
    while True:
        with suppress(TelegramError):
            await message.reply_chat_action(ChatAction.TYPING)
        await asyncio.sleep(_TYPING_EVERY_S)


@asynccontextmanager
async def typing(message: Message) -> AsyncIterator[None]:
    """Show that the bot is typing; never delays or breaks what happens meanwhile."""
    pulse = asyncio.create_task(_keep_typing(message))
    try:
        yield
    finally:
        pulse.cancel()
        await asyncio.gather(pulse, return_exceptions=True)
