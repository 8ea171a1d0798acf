"""In which order updates are handled: a chat's one after the other, different chats side by side."""

import asyncio
import inspect
from collections.abc import Awaitable, Callable
from typing import Any
from weakref import WeakValueDictionary

from telegram import Update
from telegram.ext import BaseUpdateProcessor

from bot.telemetry.request import request, request_named

# The base class takes one of these before a chat's turn is known. It must never be what a chat waits for, or a
# chat with many waiting messages would hold up all others.
_WAITING = 1_000_000

Admits = Callable[[Update, int], Awaitable[bool]]
Done = Callable[[object], None]


class ChatOrder(BaseUpdateProcessor):
    """Handles at most ``concurrent`` updates at once and never two of the same chat.

    :param admits: whether an update may wait for its turn, told how many do; None lets all of them
    :param done: told of each update that is handled or dropped, not of one that was cut off
    """

    def __init__(
        self, concurrent: int, admits: Admits | None = None, done: Done = lambda update: None
    ) -> None:
        super().__init__(_WAITING)
        self._done = done
        self._admits, self._concurrent, self._inside = admits, concurrent, 0
        self._slots = asyncio.Semaphore(concurrent)
        # A lock lives as long as someone holds or awaits it.
        self._turns: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()

    def _turn(self, update: object) -> asyncio.Lock:
        chat = update.effective_chat if isinstance(update, Update) else None
        return self._turns.setdefault(chat.id, asyncio.Lock()) if chat else asyncio.Lock()

    async def do_process_update(self, update: object, coroutine: Awaitable[Any]) -> None:
        """Await the update's turn in its chat, then a free slot; one that is not admitted is dropped."""
        number = f"update-{update.update_id}" if isinstance(update, Update) else request_named()
        waiting = self._inside - self._concurrent
        if self._admits and isinstance(update, Update) and not await self._admits(update, waiting):
            if inspect.iscoroutine(coroutine):
                coroutine.close()
            self._done(update)
            return
        self._inside += 1
        try:
            async with self._turn(update), self._slots:
                with request("telegram", number):
                    await coroutine
        finally:
            self._inside -= 1
        self._done(update)

    async def initialize(self) -> None:
        """Nothing to prepare."""

    async def shutdown(self) -> None:
        """Nothing to release."""
