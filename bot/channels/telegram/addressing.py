"""Whether a message speaks to the bot, and what it asks once the bot's name is taken out."""

from telegram import Message, MessageEntity
from telegram.constants import ChatType
from telegram.ext.filters import MessageFilter

from bot.access import Role, role_of
from bot.settings import TelegramSettings

_UNIT = 2  # bytes of a UTF-16 unit: Telegram's entities count in these


def _entities(message: Message) -> tuple[MessageEntity, ...]:
    return tuple(message.entities or message.caption_entities)


def _words(message: Message, entity: MessageEntity) -> str:
    raw = (message.text or message.caption or "").encode("utf-16-le")
    return raw[entity.offset * _UNIT : (entity.offset + entity.length) * _UNIT].decode("utf-16-le", "replace")


def _names_the_bot(message: Message, entity: MessageEntity) -> bool:
    bot = message.get_bot()
    if entity.type == MessageEntity.TEXT_MENTION:
        return entity.user is not None and entity.user.id == bot.id
    if entity.type == MessageEntity.MENTION:
        return _words(message, entity).casefold() == f"@{bot.username}".casefold()
    return False


def _replies_to_the_bot(message: Message) -> bool:
    original = message.reply_to_message
    return bool(original and original.from_user and original.from_user.id == message.get_bot().id)


def is_private(message: Message) -> bool:
    """Whether the message stands in a chat of one person with the bot."""
    return message.chat.type == ChatType.PRIVATE


def is_addressed(message: Message) -> bool:
    """Whether to answer: always in private; in a group a reply to the bot or a message that names it."""
    if is_private(message) or _replies_to_the_bot(message):
        return True
    return any(_names_the_bot(message, entity) for entity in _entities(message))


def asks(message: Message) -> bool:
    """Whether a message wants something of us; the talk of a group does not."""
    return is_addressed(message) or (message.text or "").startswith("/")


def question_of(message: Message) -> str:
    """Return the message's text without the names of the bot; may be empty."""
    raw = (message.text or "").encode("utf-16-le")
    for entity in sorted(_entities(message), key=lambda e: e.offset, reverse=True):
        if _names_the_bot(message, entity):
            end = (entity.offset + entity.length) * _UNIT
            raw = raw[: entity.offset * _UNIT] + raw[end:]
    return raw.decode("utf-16-le", "replace").strip()


def sender_of(message: Message) -> int:
    """Return the numeric id of who wrote a message; a channel's own posts have the channel's."""
    sender = message.from_user or message.sender_chat
    return sender.id if sender else 0


class Addressed(MessageFilter):
    """Lets messages through that speak to the bot."""

    def filter(self, message: Message) -> bool:
        """Whether the message speaks to the bot."""
        return is_addressed(message)


class HasRole(MessageFilter):
    """Lets messages through whose sender may do what a role may; a group's stand-in may do nothing."""

    def __init__(self, settings: TelegramSettings, role: Role) -> None:
        super().__init__()
        self._settings, self._role = settings, role

    def filter(self, message: Message) -> bool:
        """Whether the sender has the role."""
        sender = message.from_user
        return sender is not None and role_of(self._settings, sender.id) >= self._role
