"""An update → what is kept of it until it is answered: what the answer needs, words masked, and nothing else."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from telegram import MessageEntity, Update
from telegram.ext import filters

from bot.channels.telegram import keyboards
from bot.channels.telegram.addressing import asks, sender_of
from bot.channels.telegram.cards import press_of
from bot.privacy.masking import mask
from bot.records.inbox import Taken

Fields = Mapping[str, Any]
_MESSAGE = ("message_id", "date", "media_group_id", "message_thread_id", "is_topic_message")
_CHAT = ("id", "type", "is_forum")
_PERSON = ("id", "is_bot")
_DOCUMENT = ("file_id", "file_unique_id", "file_name", "file_size", "mime_type")
_SPEAKING = frozenset({MessageEntity.MENTION, MessageEntity.TEXT_MENTION, MessageEntity.BOT_COMMAND})
_UNIT = 2  # bytes of a UTF-16 unit: Telegram's entities count in these
# What an admin confirmed may be done already when the process ends: done again it would roll back twice.
_NEVER_TWICE = frozenset({keyboards.YES, keyboards.NO})


def _only(fields: Fields, names: Iterable[str]) -> dict[str, Any]:
    return {name: fields[name] for name in names if name in fields}


def _person(user: Fields) -> dict[str, Any]:
    return _only(user, _PERSON) | {"first_name": ""}  # Telegram's objects have one; nobody is called by it


def _entity(entity: Fields, offset: int) -> dict[str, Any]:
    kept = _only(entity, ("type", "length")) | {"offset": offset}
    return kept | {"user": _person(entity["user"])} if "user" in entity else kept


def _masked(text: str, entities: Sequence[Fields]) -> tuple[str, list[dict[str, Any]]]:
    """Mask a text between the names and commands in it, which move to where they then stand."""
    raw, parts, kept, at = text.encode("utf-16-le", "surrogatepass"), "", [], 0
    for entity in sorted(entities, key=lambda e: int(e["offset"])):
        start = entity["offset"] * _UNIT
        end = start + entity["length"] * _UNIT
        if entity["type"] not in _SPEAKING or start < at:
            continue
        parts += mask(raw[at:start].decode("utf-16-le", "replace")).text
        kept.append(_entity(entity, len(parts.encode("utf-16-le")) // _UNIT))
        parts += raw[start:end].decode("utf-16-le", "replace")
        at = end
    return parts + mask(raw[at:].decode("utf-16-le", "replace")).text, kept


def _bare(message: Fields) -> dict[str, Any]:
    """Where a message stands and whose it is."""
    kept = _only(message, _MESSAGE) | {"chat": _only(message["chat"], _CHAT)}
    if "from" in message:
        kept["from"] = _person(message["from"])
    if "sender_chat" in message:
        kept["sender_chat"] = _only(message["sender_chat"], _CHAT)
    return kept


def _message(message: Fields) -> dict[str, Any]:
    kept = _bare(message)
    for words, marks in (("text", "entities"), ("caption", "caption_entities")):
        if words in message:
            kept[words], kept[marks] = _masked(message[words], message.get(marks, ()))
    if "document" in message:
        kept["document"] = _only(message["document"], _DOCUMENT)
        if "file_name" in kept["document"]:
            kept["document"]["file_name"] = mask(kept["document"]["file_name"]).text
    if "reply_to_message" in message:
        kept["reply_to_message"] = _bare(message["reply_to_message"])
    return kept


def _press(query: Fields) -> dict[str, Any]:
    kept = _only(query, ("id", "data")) | {"from": _person(query["from"]), "chat_instance": ""}
    return kept | {"message": _bare(query["message"])} if "message" in query else kept


def taken_of(update: Update) -> Taken | None:
    """Say what to keep of an update; None where nobody will answer it, or nobody will miss it.

    The talk of a group is not kept, nor what comes with each letter typed (an inline query).
    """
    message, query = update.message, update.callback_query
    if query:
        press, asker = press_of(query.data), query.from_user.id
        again = press is None or press.verb not in _NEVER_TWICE
        content = {"callback_query": _press(query.to_dict())} if again else None
    elif message and asks(message) and not filters.StatusUpdate.ALL.check_update(update):
        asker, content = sender_of(message), {"message": _message(message.to_dict())}
    else:
        return None
    kept = {"update_id": update.update_id, **content} if content else None
    return Taken(update.update_id, f"telegram:{asker}", kept)
