"""People who write to the bot through ``FakeBotApi``: they send, wait for what comes, and tap buttons."""

import asyncio
import re
from typing import Any

from bot.demo.peer.bot_api import PATIENCE_S, FakeBotApi
from bot.demo.peer.telegram_html import units
from bot.demo.peer.telegram_state import DATE, Params, Sent

_MENTION = re.compile(r"(?<!\w)@[A-Za-z]\w{4,31}", re.ASCII)
_COMMAND = re.compile(r"/[A-Za-z0-9_]{1,32}(?:@[A-Za-z]\w+)?(?=\s|$)", re.ASCII)


def _entities(text: str) -> list[Params]:
    """Mark commands and mentions, as Telegram does before it hands a message to a bot."""
    kinds = (
        ("bot_command", _COMMAND.match(text)),
        *(("mention", found) for found in _MENTION.finditer(text)),
    )
    return [
        {"type": kind, "offset": units(text[: found.start()]), "length": units(found[0])}
        for kind, found in kinds
        if found
    ]


def make_group(api: FakeBotApi, chat: int = -1001, title: str = "居民群") -> int:
    """Open a group the bot is in; return its id."""
    api.telegram.chats[chat] = {"id": chat, "type": "supergroup", "title": title}
    return chat


class Person:
    """A user with a private chat of the same id."""

    def __init__(self, api: FakeBotApi, number: int, name: str = "小王") -> None:
        self.api, self.id = api, number
        self.user: Params = {"id": number, "is_bot": False, "first_name": name, "language_code": "zh-hans"}
        api.telegram.chats[number] = {"id": number, "type": "private", "first_name": name}

    async def send(self, text: str, chat: int | None = None, reply_to: int | None = None, **more: Any) -> int:
        """Send a text; return the message's id."""
        return await self.post(chat, reply_to, text=text, entities=_entities(text), **more)

    async def post(self, chat: int | None = None, reply_to: int | None = None, **content: Any) -> int:
        """Send a message with any content, such as ``photo=[…]``; return its id."""
        telegram = self.api.telegram
        message = {
            "message_id": telegram.next_id(),
            "date": DATE,
            "chat": telegram.chats[chat or self.id],
            "from": self.user,
            **content,
        }
        if reply_to:
            message["reply_to_message"] = telegram.messages[reply_to]
        telegram.messages[message["message_id"]] = message
        await self.api.push("message", message)
        number: int = message["message_id"]
        return number

    async def upload(self, name: str, content: bytes, caption: str = "") -> int:
        """Send a file, with words beside it; return the message's id."""
        file_id = f"up/{self.api.telegram.next_id()}/{name}"
        self.api.telegram.files[file_id] = content
        described = {
            "file_id": file_id,
            "file_unique_id": file_id,
            "file_name": name,
            "file_size": len(content),
        }
        return await self.post(document=described, caption=caption)

    async def receive(self, chat: int | None = None) -> Sent:
        """Wait for the bot's next message, or edit, in a chat."""
        return await asyncio.wait_for(self.api.telegram.inbox[chat or self.id].get(), PATIENCE_S)

    async def ask(self, text: str, chat: int | None = None) -> Sent:
        """Send a text and wait for what comes back."""
        await self.send(text, chat)
        return await self.receive(chat)

    async def tap(self, message: Sent, label: str) -> Params:
        """Tap a button by its label; return how the bot answered the tap."""
        button = next(b for row in message.buttons for b in row if b["text"] == label)
        return await self.press(message, button["callback_data"])

    async def press(self, message: Sent, data: str) -> Params:
        """Press the button with these bytes; return how the bot answered the press."""
        telegram = self.api.telegram
        query = str(telegram.next_id())
        telegram.callbacks[query] = asyncio.get_running_loop().create_future()
        answered = telegram.callbacks[query]
        shown = telegram.messages[message.id]
        await self.api.push(
            "callback_query",
            {
                "id": query,
                "from": self.user,
                "chat_instance": "1",
                "message": shown,
                "data": data,
            },
        )
        return await asyncio.wait_for(answered, PATIENCE_S)

    async def look_up(self, words: str) -> Params:
        """Type ``@bot words`` in any chat; return how the bot answered, its results read from JSON."""
        query = str(self.api.telegram.next_id())
        answered = self.api.telegram.inline[query] = asyncio.get_running_loop().create_future()
        await self.api.push(
            "inline_query",
            {"id": query, "from": self.user, "query": words, "offset": "", "chat_type": "group"},
        )
        return await asyncio.wait_for(answered, PATIENCE_S)
