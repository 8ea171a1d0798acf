"""Admins, in private: a file becomes a preview, a yes publishes it; withdrawing and rolling back ask first.

Who may is decided each time, on the command and on the button; menus decide nothing.
"""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from telegram import InlineKeyboardMarkup, Message
from telegram.error import BadRequest
from telegram.ext import CallbackContext

from bot.access import Role, role_of
from bot.admin.types import GateError, Outcome
from bot.admin.uploads import drop, place
from bot.channels.telegram import admin_texts, keyboards, texts
from bot.channels.telegram.addressing import is_private, sender_of
from bot.channels.telegram.answering import Desk
from bot.channels.telegram.cards import Card
from bot.channels.telegram.delivery import say
from bot.channels.telegram.office import Office
from bot.channels.telegram.presses import Handle, Pressed
from bot.channels.telegram.progress import Told, told
from bot.channels.telegram.uploads import read_caption
from bot.render.curation import cluster_lines, overview_lines
from bot.render.preview import preview_lines
from index.errors import PolicybotError
from index.readers import readers

Context = CallbackContext[Any, dict[Any, Any], dict[Any, Any], dict[Any, Any]]
Act = Callable[[Desk, Office, Message, list[str]], Awaitable[None]]

LARGEST = 20 << 20  # bytes: the Bot API hands out no larger files
_DAYS = 30  # of statistics
_CLUSTERS = 10  # open questions shown at once
_ADD, _REPLACE, _WITHDRAW, _ROLLBACK = "add", "replace", "withdraw", "rollback"


def is_admin(desk: Desk, person: int) -> bool:
    """Whether a person may change documents here."""
    return desk.office is not None and role_of(desk.settings.telegram, person) >= Role.ADMIN


def _actor(person: int) -> str:
    return f"telegram:{person}"


def _silent(_stage: str, _done: int, _total: int) -> None:
    return


def _confirm(desk: Desk, person: int, **work: str) -> InlineKeyboardMarkup:
    """The yes and the no of something that waits for one."""
    card = Card(person, work=tuple(work.items()))
    return keyboards.yes_or_no(desk.cards.issue(card))


def _preview(office: Office, person: int, path: Path, target: str, given: dict[str, str]) -> str:
    library = office.library(_actor(person), _silent)
    preview = library.preview_replacement(target, path, given) if target else library.preview(path, given)
    return "\n".join((admin_texts.previewed(path.name, target), *preview_lines(preview)))


async def upload(desk: Desk, message: Message, _: Context) -> None:
    """Read a file an admin sent, show what it would become, and wait for a yes; from others it is no question."""
    person, sent, office = sender_of(message), message.document, desk.office
    if office is None or sent is None or not is_private(message) or not is_admin(desk, person):
        await say(message, texts.NOT_TEXT)
        return
    if (sent.file_size or 0) > LARGEST:
        await say(message, admin_texts.TOO_LARGE)
        return
    path = await asyncio.to_thread(place, office.uploads, sent.file_name)
    if path.suffix.lower() not in readers():
        drop(path)
        await say(message, admin_texts.unknown_format(sorted(readers())))
        return
    target, given = read_caption(message.caption)
    await (await sent.get_file()).download_to_drive(path)
    try:
        shown = await asyncio.to_thread(_preview, office, person, path, target, given)
    except PolicybotError as error:
        drop(path)
        await say(message, admin_texts.refused(error))
        return
    work = {"action": _REPLACE if target else _ADD, "file": str(path), "target": target, **given}
    await say(message, shown, _confirm(desk, person, **work))


async def _withdraw(desk: Desk, office: Office, message: Message, words: list[str]) -> None:
    if not words:
        await say(message, admin_texts.WHICH_TO_WITHDRAW)
        return
    library = office.library(_actor(sender_of(message)), _silent)
    found = next((d for d in library.listed() if d.id == words[0]), None)
    if found is None:
        await say(message, admin_texts.no_document(words[0], [d.id for d in library.listed()]))
        return
    work = {"action": _WITHDRAW, "target": found.id, "reason": " ".join(words[1:])}
    await say(message, admin_texts.sure_to_withdraw(found), _confirm(desk, sender_of(message), **work))


async def _rollback(desk: Desk, _: Office, message: Message, __: list[str]) -> None:
    await say(message, admin_texts.SURE_TO_ROLL_BACK, _confirm(desk, sender_of(message), action=_ROLLBACK))


async def _history(_: Desk, office: Office, message: Message, words: list[str]) -> None:
    if not words:
        await say(message, admin_texts.WHICH_HISTORY)
        return
    try:
        events = await asyncio.to_thread(lambda: list(office.history(words[0])))
    except PolicybotError as error:
        await say(message, admin_texts.refused(error))
        return
    await say(message, "\n".join(admin_texts.event(each) for each in events))


async def _stats(_: Desk, office: Office, message: Message, __: list[str]) -> None:
    if office.curation is None:
        await say(message, admin_texts.NO_LOG)
        return
    overview = await asyncio.to_thread(office.curation(_actor(sender_of(message))).overview, _DAYS)
    await say(message, "\n".join(overview_lines(overview)))


async def _unanswered(_: Desk, office: Office, message: Message, __: list[str]) -> None:
    if office.curation is None:
        await say(message, admin_texts.NO_LOG)
        return
    found = await asyncio.to_thread(office.curation(_actor(sender_of(message))).open, _DAYS)
    lines = [line for cluster in found.clusters[:_CLUSTERS] for line in cluster_lines(cluster)]
    await say(message, "\n".join(lines) or admin_texts.ALL_ANSWERED)


ACTS: dict[str, Act] = {
    "withdraw": _withdraw,
    "rollback": _rollback,
    "history": _history,
    "stats": _stats,
    "unanswered": _unanswered,
}


async def command(act: Act, desk: Desk, message: Message, _: Context) -> None:
    """Carry out a command of an admin in private; to anybody else it is unknown."""
    if desk.office is None or not is_private(message) or not is_admin(desk, sender_of(message)):
        await say(message, texts.UNKNOWN_COMMAND)
        return
    await act(desk, desk.office, message, (message.text or "").split()[1:])


def _carry_out(office: Office, person: int, work: dict[str, str], on_progress: Told) -> str:
    """Do what was confirmed; return what to tell."""
    action, target, file = work.pop("action"), work.pop("target", ""), work.pop("file", "")
    library, reason = office.library(_actor(person), on_progress), work.pop("reason", "")
    try:
        office.audit(_actor(person), f"document.{action}", target or Path(file).name, work)
        if action == _ROLLBACK:
            return admin_texts.rolled_back(library.rollback())
        outcome: Outcome
        if action == _WITHDRAW:
            outcome = library.withdraw(target, reason)
        elif action == _REPLACE:
            outcome = library.replace(target, Path(file), work)
        else:
            outcome = library.add(Path(file), work)
    except GateError as error:
        return admin_texts.held_back(error.problems)
    except PolicybotError as error:
        return admin_texts.refused(error)
    finally:
        if file:
            drop(Path(file))
    return admin_texts.published(outcome, withdrawn=action == _WITHDRAW)


async def _yes(pressed: Pressed) -> str:
    """Publish, withdraw or roll back what waits for it."""
    desk, work = pressed.desk, dict(pressed.card.work)
    if desk.office is None or not pressed.own or not is_admin(desk, pressed.query.from_user.id):
        return texts.NOT_YOURS
    if not work or (work.get("file") and not Path(work["file"]).exists()):
        return admin_texts.GONE
    if not desk.cards.spend(pressed.identifier):
        return admin_texts.GONE  # a second tap must not roll back, or withdraw, once more
    with suppress(BadRequest):  # pressed twice
        await pressed.message.edit_reply_markup(None)
    office, person = desk.office, pressed.card.asker
    await told(pressed.message, admin_texts.BEGUN, lambda tell: _carry_out(office, person, work, tell))
    return ""


async def _no(pressed: Pressed) -> str:
    """Leave everything as it is."""
    if not pressed.own:
        return texts.NOT_YOURS
    file = dict(pressed.card.work).get("file")
    if file:
        drop(Path(file))
    with suppress(BadRequest):
        await pressed.message.edit_reply_markup(None)
    await say(pressed.message, admin_texts.LEFT)
    return ""


HANDLES: dict[str, Handle] = {keyboards.YES: _yes, keyboards.NO: _no}
