"""A message → what is said to it."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from functools import partial
from typing import Any

from telegram import Message, Update
from telegram.ext import BaseHandler, CallbackContext, CommandHandler, MessageHandler, filters

from bot.assistant import Assistant
from bot.channels.telegram import texts
from bot.channels.telegram.addressing import Addressed, conversation_of, question_of
from bot.channels.telegram.delivery import deliver, say, typing
from bot.render.telegram import messages

_ALBUM = "album"
Context = CallbackContext[Any, dict[Any, Any], dict[Any, Any], dict[Any, Any]]
Handle = Callable[["Desk", Message, Context], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Desk:
    """What answering takes: the core, the seconds an answer may take, and what the greetings say."""

    assistant: Assistant
    deadline_s: float
    examples: tuple[str, ...]
    remembered_turns: int


async def _answer(desk: Desk, message: Message, question: str) -> None:
    if not question:
        await say(message, texts.EMPTY_QUESTION)
        return
    work = asyncio.to_thread(desk.assistant.converse, conversation_of(message), question)
    async with typing(message):
        try:
            answer = await asyncio.wait_for(work, desk.deadline_s)
        except TimeoutError:
            await say(message, texts.LATE)
        else:
            await deliver(message, messages(answer))


async def _start(desk: Desk, message: Message, _: Context) -> None:
    await say(message, texts.start(desk.examples))


async def _help(_: Desk, message: Message, __: Context) -> None:
    await say(message, texts.HELP)


async def _privacy(desk: Desk, message: Message, _: Context) -> None:
    await say(message, texts.privacy(desk.remembered_turns))


async def _ask(desk: Desk, message: Message, _: Context) -> None:
    await _answer(desk, message, "".join((message.text or "").split(maxsplit=1)[1:]))


async def _unknown_command(_: Desk, message: Message, __: Context) -> None:
    await say(message, texts.UNKNOWN_COMMAND)


async def _question(desk: Desk, message: Message, _: Context) -> None:
    await _answer(desk, message, question_of(message))


async def _not_text(_: Desk, message: Message, context: Context) -> None:
    """Say once for a whole album that only text is read."""
    album, seen = message.media_group_id, context.chat_data if context.chat_data is not None else {}
    if album and seen.get(_ALBUM) == album:
        return
    if album:
        seen[_ALBUM] = album
    await say(message, texts.NOT_TEXT)


async def _on_message(handle: Handle, desk: Desk, update: Update, context: Context) -> None:
    if update.effective_message:
        await handle(desk, update.effective_message, context)


def handlers(desk: Desk) -> Iterable[BaseHandler[Any, Any, Any]]:
    """List the handlers, the first that fits takes the message; edited messages and channel posts fit none."""
    fresh, to_us = filters.UpdateType.MESSAGE, Addressed()
    commands: dict[str, Handle] = {"start": _start, "help": _help, "privacy": _privacy, "ask": _ask}
    for name, handle in commands.items():
        yield CommandHandler(name, partial(_on_message, handle, desk), filters=fresh)
    rest: tuple[tuple[filters.BaseFilter, Handle], ...] = (
        (filters.COMMAND, _unknown_command),
        (filters.TEXT, _question),
        (~filters.StatusUpdate.ALL, _not_text),
    )
    for kind, handle in rest:
        yield MessageHandler(fresh & kind & to_us, partial(_on_message, handle, desk))
