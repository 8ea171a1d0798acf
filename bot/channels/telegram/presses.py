"""A pressed button → what happens; every press is answered, whatever becomes of it."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from telegram import CallbackQuery, Message, Update
from telegram.error import BadRequest, TelegramError
from telegram.ext import CallbackContext, CallbackQueryHandler

from bot.channels.telegram import keyboards, texts
from bot.channels.telegram.answering import Desk, answer, conversation_named
from bot.channels.telegram.cards import Card, press_of
from bot.channels.telegram.delivery import say
from bot.charts.png import write_png
from bot.charts.prepare import chart_of
from bot.errors import InputError
from bot.places import asked_of
from bot.records.types import Verdict
from index.errors import PolicybotError
from index.generation import Generation

Context = CallbackContext[Any, dict[Any, Any], dict[Any, Any], dict[Any, Any]]


@dataclass(frozen=True, slots=True)
class Pressed:
    """A press on a known card: the message it hangs under, who pressed, and the button's number."""

    desk: Desk
    query: CallbackQuery
    message: Message
    identifier: str
    card: Card
    number: int

    @property
    def own(self) -> bool:
        """Whether the asker pressed: in a group others may read on, but not judge or change."""
        return self.query.from_user.id == self.card.asker


Handle = Callable[[Pressed], Awaitable[str]]  # → what the phone shows for a moment


def _draw(store: Generation, card: Card) -> tuple[bytes, str]:
    """The chart of the values told, as PNG, and what it shows in words.

    :raises InputError: none of them is there any more, or they cannot be drawn
    """
    rows = [row for row in store.indicators if (row.document, row.value_span.start) in card.values]
    if not rows or store.id != card.generation:
        raise InputError(texts.MOVED)
    data = chart_of(rows, store.documents, rows[0].name)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "chart.png"
        write_png(data, path)
        return path.read_bytes(), "\n".join((data.title, *data.sources))


async def _chart(pressed: Pressed) -> str:
    """Send the values as a picture."""
    try:
        picture, caption = await asyncio.to_thread(_draw, pressed.desk.assistant.store, pressed.card)
    except InputError:
        return texts.NO_CHART
    await pressed.message.reply_photo(picture, caption=caption[: texts.CAPTION])
    return ""


async def _regions(pressed: Pressed) -> str:
    """Offer the regions."""
    if not pressed.own:
        return texts.NOT_YOURS
    markup = keyboards.of_regions(pressed.identifier, pressed.card.regions)
    await pressed.message.reply_text(texts.WHICH_REGION, reply_markup=markup)
    return ""


async def _region(pressed: Pressed) -> str:
    """Remember the region chosen, and ask the question again there."""
    if not pressed.own:
        return texts.NOT_YOURS
    names = (*pressed.card.regions, None)
    if pressed.number >= len(names):
        return texts.EXPIRED
    region = names[pressed.number]
    conversation = conversation_named(pressed.message.chat_id, pressed.card.asker)
    await asyncio.to_thread(pressed.desk.assistant.choose_region, conversation, region)
    if pressed.card.question:
        documents = pressed.desk.assistant.store.documents.values()
        question = asked_of(pressed.card.question, region, documents)
        await answer(pressed.desk, pressed.message, question, pressed.card.asker)
    return texts.region_chosen(region)


async def _judge(pressed: Pressed, verdict: Verdict) -> str:
    if not pressed.own:
        return texts.NOT_YOURS
    asker = f"telegram:{pressed.card.asker}"
    reason = keyboards.REASONS[pressed.number][0] if pressed.number < len(keyboards.REASONS) else None
    await asyncio.to_thread(pressed.desk.assistant.feedback, pressed.card.reply, asker, verdict, reason)
    return texts.THANKS


async def _useful(pressed: Pressed) -> str:
    return await _judge(_without_number(pressed), Verdict.USEFUL)


async def _useless(pressed: Pressed) -> str:
    """Note it, and ask why."""
    said = await _judge(_without_number(pressed), Verdict.USELESS)
    if pressed.own:
        await pressed.message.reply_text(texts.WHY, reply_markup=keyboards.with_reasons(pressed.identifier))
    return said


async def _reason(pressed: Pressed) -> str:
    said = await _judge(pressed, Verdict.USELESS)
    if pressed.own:
        with suppress(BadRequest):
            await pressed.message.edit_text(texts.NOTED)
    return said


def _without_number(pressed: Pressed) -> Pressed:
    """A verdict alone: no number names its reason."""
    return Pressed(
        pressed.desk,
        pressed.query,
        pressed.message,
        pressed.identifier,
        pressed.card,
        len(keyboards.REASONS),
    )


async def _suggestion(pressed: Pressed) -> str:
    """Ask the question on the button, as the one who pressed it."""
    suggestions = pressed.card.suggestions
    if pressed.number >= len(suggestions):
        return texts.EXPIRED
    question = suggestions[pressed.number]
    await pressed.message.reply_text(texts.asked(question))
    await answer(pressed.desk, pressed.message, question, pressed.query.from_user.id)
    return ""


async def _forget(pressed: Pressed) -> str:
    """Delete everything of the one who asked for it."""
    if not pressed.own:
        return texts.NOT_YOURS
    try:
        count = await asyncio.to_thread(pressed.desk.assistant.forget, f"telegram:{pressed.card.asker}")
    except PolicybotError:
        return texts.NOT_FORGOTTEN
    pressed.desk.cards.forget(pressed.card.asker)
    await say(pressed.message, texts.forgotten(count))
    return ""


HANDLES: Mapping[str, Handle] = {
    keyboards.CHART: _chart,
    keyboards.REGIONS: _regions,
    keyboards.REGION: _region,
    keyboards.USEFUL: _useful,
    keyboards.USELESS: _useless,
    keyboards.REASON: _reason,
    keyboards.SUGGESTION: _suggestion,
    keyboards.FORGET: _forget,
}


async def _told(query: CallbackQuery, text: str) -> None:
    """Answer the press, so that the phone stops waiting; it may be too late for that."""
    with suppress(TelegramError):
        await query.answer(text or None)


async def _on_press(handles: Mapping[str, Handle], desk: Desk, update: Update, _: Context) -> None:
    query = update.callback_query
    if query is None:
        return
    press = press_of(query.data)
    card = await asyncio.to_thread(desk.cards.find, press.card) if press else None
    handle = handles.get(press.verb) if press else None
    if press is None or card is None or handle is None or not isinstance(query.message, Message):
        await _told(query, texts.EXPIRED)
        return
    said = texts.FAILED_PRESS
    try:
        said = await handle(Pressed(desk, query, query.message, press.card, card, press.number))
    finally:
        await _told(query, said)


def press_handler(desk: Desk, handles: Mapping[str, Handle]) -> CallbackQueryHandler[Any, Any]:
    """Handle every button of this bot, and the stale ones of an earlier one.

    :param handles: by verb
    """
    return CallbackQueryHandler(partial(_on_press, handles, desk))
