"""What staff look up: clauses, exact words, values, documents, each ready to copy."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from datetime import date

from telegram import Message

from bot.catalogue import find_clause, find_document
from bot.channels.telegram import texts
from bot.channels.telegram.answering import Desk
from bot.channels.telegram.delivery import deliver, say
from bot.channels.telegram.presses import Context
from bot.render.telegram import Run, pages
from bot.render.telegram_views import clause_to_copy, compared, documents, places, values
from bot.selection import Filters, select
from index.errors import PolicybotError
from index.generation import Generation
from retrieval.phrases import rows_with

# More messages at once would be held up by Telegram's limits and read by nobody; a longer phrase narrows it down.
_MESSAGES = 10
LookUp = Callable[[Generation, str, date], list[Run] | str]


def _clause(store: Generation, words: str, today: date) -> list[Run] | str:
    name, _, wanted = words.partition(" ")
    if not wanted.strip():
        return texts.CLAUSE_USAGE
    document = find_document(store, name)
    return clause_to_copy(store, document, find_clause(store, document, wanted.strip()), today)


def _find(store: Generation, words: str, today: date) -> list[Run] | str:
    if not words:
        return texts.FIND_USAGE
    rows = rows_with(words, store)
    return places(store, words, rows, today) if rows else texts.nowhere(words)


def _indicator(store: Generation, words: str, today: date) -> list[Run] | str:
    if not words:
        return texts.INDICATOR_USAGE
    # a sentence can state a value whose name does not hold the words
    rows = select(store, Filters(name=words)) or select(store, Filters(words=words))
    return values(store, words, rows, today) if rows else texts.no_value(words)


def _compare(store: Generation, words: str, today: date) -> list[Run] | str:
    if not words:
        return texts.COMPARE_USAGE
    rows = select(store, Filters(name=words))
    return compared(store, words, rows, today) if rows else texts.no_value(words)


def _docs(store: Generation, _: str, today: date) -> list[Run] | str:
    return documents(store, today)


def _looked_up(look_up: LookUp, desk: Desk, words: str) -> list[str] | str:
    try:
        found = look_up(desk.assistant.store, words, date.today())
    except PolicybotError as error:
        return str(error)
    return found if isinstance(found, str) else pages(found)


async def _reply(look_up: LookUp, desk: Desk, message: Message) -> None:
    words = " ".join((message.text or "").split()[1:])
    found = await asyncio.to_thread(_looked_up, look_up, desk, words)
    if isinstance(found, str):
        await say(message, found)
        return
    await deliver(message, found[:_MESSAGES])
    if len(found) > _MESSAGES:
        await say(message, texts.too_much(len(found) - _MESSAGES))


def _command(look_up: LookUp) -> Callable[[Desk, Message, Context], Awaitable[None]]:
    async def handle(desk: Desk, message: Message, _: Context) -> None:
        await _reply(look_up, desk, message)

    return handle


STAFF_COMMANDS: Mapping[str, Callable[[Desk, Message, Context], Awaitable[None]]] = {
    "clause": _command(_clause),
    "find": _command(_find),
    "indicator": _command(_indicator),
    "compare": _command(_compare),
    "docs": _command(_docs),
}
