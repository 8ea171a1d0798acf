"""Long work off the event loop, told by edits of one message."""

import asyncio
from collections.abc import Callable, Coroutine
from contextlib import suppress
from time import monotonic
from typing import Any

from telegram import Message
from telegram.error import TelegramError

_EVERY_S = 2.0  # Telegram lets a bot edit about once a second in a chat; a person reads slower


class Told:
    """A progress callback for a thread: ``(stage, done, total)`` becomes an edit of ``message``, now and then."""

    def __init__(self, message: Message) -> None:
        self._message, self._loop = message, asyncio.get_running_loop()
        self._last = monotonic()

    async def _edit(self, text: str) -> None:
        with suppress(TelegramError):
            await self._message.edit_text(text)

    def __call__(self, stage: str, done: int, total: int) -> None:
        """Say how far it is, unless that was said a moment ago."""
        if monotonic() - self._last < _EVERY_S:
            return
        self._last = monotonic()
        work: Coroutine[Any, Any, None] = self._edit(f"{stage} {done}/{total}…")
        asyncio.run_coroutine_threadsafe(work, self._loop)


async def told(message: Message, begin: str, work: Callable[[Told], str], markup: Any = None) -> Message:
    """Say ``begin``, run ``work`` in a thread, and turn the message into what it returns."""
    shown = await message.reply_text(begin)
    result = await asyncio.to_thread(work, Told(shown))
    with suppress(TelegramError):
        await shown.edit_text(result, reply_markup=markup)
        return shown
    return await message.reply_text(result, reply_markup=markup)
