"""Reading the documents by buttons: the clause behind a source, the ones before and after it, page by page."""

from collections.abc import Mapping
from contextlib import suppress
from datetime import date

from telegram import InlineKeyboardMarkup
from telegram.error import BadRequest

from bot.channels.telegram import keyboards, texts
from bot.channels.telegram.presses import Handle, Pressed
from bot.render.clauses import clause_words
from bot.render.telegram import split
from index import address
from index.generation import Generation

View = tuple[str, InlineKeyboardMarkup | None]


def _view(pressed: Pressed, store: Generation, document: str, path: str, page: int = 0) -> View | None:
    """A page of a clause and the buttons to read on; None where the clause is not there any more.

    :param page: from 0; the last one where there are fewer
    """
    found, clauses = store.documents.get(document), store.clauses.get(document, ())
    order = {clause.path: n for n, clause in enumerate(clauses)}
    if found is None or path not in order:
        return None
    pages = split(clause_words(store, found, clauses[order[path]], date.today()))
    shown = min(page, len(pages) - 1)
    place = list(dict.fromkeys(name for name, _ in pressed.card.places)).index(document)
    steps = [keyboards.step(place, order[c.path]) if c else None for c in address.neighbours(clauses, path)]
    turns = [
        keyboards.step(place, order[path], n) if 0 <= n < len(pages) else None for n in (shown - 1, shown + 1)
    ]
    return pages[shown], keyboards.under_clause(pressed.identifier, steps, turns)


async def _clause(pressed: Pressed) -> str:
    """Show the clause a citation stands in."""
    places = pressed.card.places
    store = pressed.desk.assistant.store
    view = _view(pressed, store, *places[pressed.number]) if pressed.number < len(places) else None
    if view is None:
        return texts.MOVED
    await pressed.message.reply_text(view[0], reply_markup=view[1])
    return ""


async def _step(pressed: Pressed) -> str:
    """Turn the clause shown into the one before or after it, or to another page of it."""
    store = pressed.desk.assistant.store
    place, clause, page = keyboards.read_step(pressed.number)
    documents = list(dict.fromkeys(name for name, _ in pressed.card.places))
    clauses = store.clauses.get(documents[place], ()) if place < len(documents) else ()
    if store.id != pressed.card.generation or clause >= len(clauses):
        return texts.MOVED
    view = _view(pressed, store, documents[place], clauses[clause].path, page)
    if view is None:
        return texts.MOVED
    with suppress(BadRequest):  # pressed twice: the message is as it should be
        await pressed.message.edit_text(view[0], reply_markup=view[1])
    return ""


HANDLES: Mapping[str, Handle] = {keyboards.CLAUSE: _clause, keyboards.STEP: _step}
