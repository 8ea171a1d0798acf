"""A message → what is said to it."""

from collections.abc import Awaitable, Callable, Iterable
from functools import partial
from typing import Any

from telegram import Message, Update
from telegram.ext import (
    BaseHandler,
    CallbackContext,
    CommandHandler,
    InlineQueryHandler,
    MessageHandler,
    filters,
)

from bot.access import Role
from bot.channels.telegram import admin, keyboards, reading, texts
from bot.channels.telegram.addressing import Addressed, HasRole, question_of, sender_of
from bot.channels.telegram.answering import Desk, answer
from bot.channels.telegram.cards import Card
from bot.channels.telegram.delivery import say
from bot.channels.telegram.inline import on_inline
from bot.channels.telegram.presses import HANDLES as PRESSES
from bot.channels.telegram.presses import press_handler
from bot.channels.telegram.staff import STAFF_COMMANDS

_ALBUM = "album"
_A_CHOICE = 2  # regions
Context = CallbackContext[Any, dict[Any, Any], dict[Any, Any], dict[Any, Any]]
Handle = Callable[["Desk", Message, Context], Awaitable[None]]


async def _answer(desk: Desk, message: Message, question: str) -> None:
    if not question:
        await say(message, texts.EMPTY_QUESTION)
        return
    await answer(desk, message, question, sender_of(message))


async def _start(desk: Desk, message: Message, _: Context) -> None:
    card = Card(sender_of(message), suggestions=desk.examples)
    buttons = keyboards.of_suggestions(desk.cards.issue(card), card) if desk.examples else None
    await say(message, texts.start(desk.examples), buttons)


async def _region(desk: Desk, message: Message, _: Context) -> None:
    regions = desk.assistant.regions
    if len(regions) < _A_CHOICE:
        await say(message, texts.ONE_REGION.format(region=regions[0]) if regions else texts.NO_REGION)
        return
    identifier = desk.cards.issue(Card(sender_of(message), regions=regions))
    await say(message, texts.WHICH_REGION, keyboards.of_regions(identifier, regions))


async def _delete(desk: Desk, message: Message, _: Context) -> None:
    identifier = desk.cards.issue(Card(sender_of(message)))
    await say(message, texts.SURE_TO_FORGET, keyboards.to_forget(identifier))


async def _help(_: Desk, message: Message, __: Context) -> None:
    await say(message, texts.HELP)


async def _privacy(desk: Desk, message: Message, _: Context) -> None:
    await say(message, texts.privacy(desk.settings))


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
    commands: dict[str, Handle] = {"start": _start, "help": _help, "privacy": _privacy, "ask": _ask} | {
        "region": _region,
        "delete_my_data": _delete,
    }
    staff = HasRole(desk.settings.telegram, Role.STAFF)
    yield press_handler(desk, {**PRESSES, **reading.HANDLES, **admin.HANDLES})
    yield InlineQueryHandler(partial(on_inline, desk))
    for name, act in admin.ACTS.items():
        yield CommandHandler(name, partial(_on_message, partial(admin.command, act), desk), filters=fresh)
    yield MessageHandler(fresh & filters.Document.ALL & to_us, partial(_on_message, admin.upload, desk))
    for name, handle in commands.items():
        yield CommandHandler(name, partial(_on_message, handle, desk), filters=fresh)
    # who may not use them falls through to the unknown commands, so that nobody learns of them
    for name, handle in STAFF_COMMANDS.items():
        yield CommandHandler(name, partial(_on_message, handle, desk), filters=fresh & staff)
    rest: tuple[tuple[filters.BaseFilter, Handle], ...] = (
        (filters.COMMAND, _unknown_command),
        (filters.TEXT, _question),
        (~filters.StatusUpdate.ALL, _not_text),
    )
    for kind, handle in rest:
        yield MessageHandler(fresh & kind & to_us, partial(_on_message, handle, desk))
