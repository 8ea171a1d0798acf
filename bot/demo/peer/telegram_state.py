"""What a Bot API server remembers, and its methods: parameters as sent in, Telegram's result or refusal out."""

import asyncio
import json
from collections import defaultdict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from bot.demo.peer.telegram_html import MarkupError, parse, units

LONGEST_TEXT = 4096
LONGEST_CAPTION = 1024
LONGEST_BUTTON_DATA = 64  # bytes; the id of an inline result may be as long
LONGEST_RESULTS = 50
DATE = 1_700_000_000  # every message is of the same second: nothing depends on the time
Params = dict[str, Any]


class Refused(Exception):  # noqa: N818
    """A call that Telegram answers with an error."""

    def __init__(self, status: int, description: str, **parameters: int) -> None:
        super().__init__(description)
        self.status, self.description, self.parameters = status, description, parameters


@dataclass
class Sent:
    """A message of the bot as its readers see it."""

    id: int
    chat: int
    text: str
    entities: list[Params]
    parse_mode: str | None = None
    reply_to: int | None = None
    buttons: list[list[Params]] = field(default_factory=list)
    file: bytes | None = None


class Telegram:
    """Chats, messages and files, seen by one bot."""

    def __init__(self, bot: Params, first: int = 1) -> None:
        self.bot = bot
        self.chats: dict[int, Params] = {}
        self.blocked: set[int] = set()
        self.messages: dict[int, Params] = {}
        self.sent: dict[int, Sent] = {}
        self.inbox: defaultdict[int, asyncio.Queue[Sent]] = defaultdict(asyncio.Queue)
        self.commands: dict[str, list[Params]] = {}
        self.files: dict[str, bytes] = {}
        self.callbacks: dict[str, asyncio.Future[Params]] = {}
        self.inline: dict[str, asyncio.Future[Params]] = {}
        self.webhook: tuple[str, str] | None = None  # where updates are delivered, and the secret shown there
        self._numbers = count(first)

    def next_id(self) -> int:
        """Return a number that was not used before."""
        return next(self._numbers)

    def method(self, name: str) -> Callable[[Params], Awaitable[Any]] | None:
        """Find a method by its name in any case, as Telegram does."""
        found: Callable[[Params], Awaitable[Any]] | None = getattr(self, f"on_{name.lower()}", None)
        return found

    # -- methods without messages

    async def on_getme(self, _: Params) -> Params:
        return self.bot | {"can_join_groups": True, "can_read_all_group_messages": True}

    async def on_deletewebhook(self, _: Params) -> bool:
        self.webhook = None
        return True

    async def on_setwebhook(self, params: Params) -> bool:
        if not params["url"].startswith(("https://", "http://127.0.0.1:")):
            raise Refused(400, "Bad Request: bad webhook: An HTTPS URL must be provided for webhook")
        self.webhook = (params["url"], params.get("secret_token", ""))
        return True

    async def on_setmycommands(self, params: Params) -> bool:
        scope = json.loads(params.get("scope") or '{"type": "default"}')
        if scope["type"] == "chat" and int(scope["chat_id"]) not in self.chats:
            raise Refused(400, "Bad Request: chat not found")
        place = str(scope.get("chat_id", scope["type"]))
        self.commands[f"{place}{params.get('language_code', '')}"] = json.loads(params["commands"])
        return True

    async def on_sendchataction(self, params: Params) -> bool:
        self._chat(params)
        return True

    async def on_getfile(self, params: Params) -> Params:
        path = params["file_id"]
        if path not in self.files:
            raise Refused(400, "Bad Request: invalid file_id")
        return {
            "file_id": path,
            "file_unique_id": path,
            "file_path": path,
            "file_size": len(self.files[path]),
        }

    async def on_answercallbackquery(self, params: Params) -> bool:
        waiting = self.callbacks.pop(params["callback_query_id"], None)
        if waiting is None:
            raise Refused(
                400, "Bad Request: query is too old and response timeout expired or query ID is invalid"
            )
        waiting.set_result(params)
        return True

    async def on_answerinlinequery(self, params: Params) -> bool:
        results = json.loads(params["results"])
        _check_inline(results)
        waiting = self.inline.pop(params["inline_query_id"], None)
        if waiting is None:
            raise Refused(
                400, "Bad Request: query is too old and response timeout expired or query ID is invalid"
            )
        waiting.set_result(params | {"results": results})
        return True

    # -- messages

    async def on_sendmessage(self, params: Params) -> Params:
        text, entities = _formatted(params.get("text", ""), params, LONGEST_TEXT, "message is too long")
        if not text.strip():
            raise Refused(400, "Bad Request: message text is empty")
        return self._post(params, text, entities)

    async def on_senddocument(self, params: Params) -> Params:
        return self._post_file(params, "document")

    async def on_sendphoto(self, params: Params) -> Params:
        return self._post_file(params, "photo")

    async def on_editmessagetext(self, params: Params) -> Params:
        sent = self.sent.get(int(params["message_id"]))
        if sent is None or sent.chat != int(params["chat_id"]):
            raise Refused(400, "Bad Request: message to edit not found")
        text, entities = _formatted(params.get("text", ""), params, LONGEST_TEXT, "message is too long")
        buttons = _buttons(params)
        if not text.strip():
            raise Refused(400, "Bad Request: message text is empty")
        if (text, entities, buttons) == (sent.text, sent.entities, sent.buttons):
            raise Refused(400, "Bad Request: message is not modified")
        sent.text, sent.entities, sent.buttons = text, entities, buttons
        self.messages[sent.id] |= {"text": text, "entities": entities}
        self.inbox[sent.chat].put_nowait(sent)
        return self.messages[sent.id]

    async def on_editmessagereplymarkup(self, params: Params) -> Params:
        sent = self.sent.get(int(params["message_id"]))
        if sent is None or sent.chat != int(params["chat_id"]):
            raise Refused(400, "Bad Request: message to edit not found")
        buttons = _buttons(params)
        if buttons == sent.buttons:
            raise Refused(400, "Bad Request: message is not modified")
        sent.buttons = buttons
        self.inbox[sent.chat].put_nowait(sent)
        return self.messages[sent.id]

    def _chat(self, params: Params) -> Params:
        chat = int(params["chat_id"])
        if chat not in self.chats:
            raise Refused(400, "Bad Request: chat not found")
        if chat in self.blocked:
            raise Refused(403, "Forbidden: bot was blocked by the user")
        return self.chats[chat]

    def _replied(self, params: Params, chat: int) -> Params | None:
        wanted = json.loads(params.get("reply_parameters", "null"))
        if not wanted:
            return None
        original = self.messages.get(wanted["message_id"])
        if original and original["chat"]["id"] == chat:
            return original
        if wanted.get("allow_sending_without_reply"):
            return None
        raise Refused(400, "Bad Request: message to be replied not found")

    def _post(self, params: Params, text: str, entities: list[Params], **more: Any) -> Params:
        chat = self._chat(params)
        original = self._replied(params, chat["id"])
        sent = Sent(
            self.next_id(), chat["id"], text, entities, params.get("parse_mode"),
            original["message_id"] if original else None, _buttons(params), more.pop("content", None),
        )  # fmt: skip
        message = {"message_id": sent.id, "date": DATE, "chat": chat, "from": self.bot, **more}
        if not more:
            message |= {"text": text, "entities": entities}
        self.messages[sent.id], self.sent[sent.id] = message, sent
        self.inbox[sent.chat].put_nowait(sent)
        return message

    def _post_file(self, params: Params, kind: str) -> Params:
        caption, entities = _formatted(
            params.get("caption", ""), params, LONGEST_CAPTION, "message caption is too long"
        )
        upload = params.get(kind)
        content = upload if isinstance(upload, bytes) else self.files.get(str(upload))
        if content is None:
            raise Refused(400, "Bad Request: there is no file in the request")
        name = f"sent/{self.next_id()}"
        self.files[name] = content
        described: Params = {"file_id": name, "file_unique_id": name, "file_size": len(content)}
        shown = described if kind == "document" else [described | {"width": 1, "height": 1}]
        return self._post(params, caption, entities, content=content, **{kind: shown})


def _check_inline(results: list[Params]) -> None:
    """Refuse what Telegram refuses: too many results, an id twice or too long, an article without words."""
    if len(results) > LONGEST_RESULTS:
        raise Refused(400, "Bad Request: RESULTS_TOO_MUCH")
    if len({result["id"] for result in results}) < len(results):
        raise Refused(400, "Bad Request: RESULT_ID_DUPLICATE")
    for result in results:
        if not 0 < len(result["id"].encode()) <= LONGEST_BUTTON_DATA:
            raise Refused(400, "Bad Request: RESULT_ID_INVALID")
        content = result["input_message_content"]
        text, _ = _formatted(content["message_text"], content, LONGEST_TEXT, "MESSAGE_TOO_LONG")
        if not text.strip() or not result["title"].strip():
            raise Refused(400, "Bad Request: ARTICLE_TITLE_EMPTY")


def _formatted(text: str, params: Params, limit: int, complaint: str) -> tuple[str, list[Params]]:
    """Read a text by its parse mode; Telegram counts its length after that."""
    entities = json.loads(params.get("entities", "[]"))
    mode = params.get("parse_mode")
    if mode == "HTML":
        try:
            text, entities = parse(text)
        except MarkupError as error:
            raise Refused(400, f"Bad Request: can't parse entities: {error}") from None
    elif mode:
        raise Refused(400, "Bad Request: unsupported parse_mode")
    if units(text) > limit:
        raise Refused(400, f"Bad Request: {complaint}")
    return text, entities


def _buttons(params: Params) -> list[list[Params]]:
    rows: list[list[Params]] = json.loads(params.get("reply_markup", "{}")).get("inline_keyboard", [])
    for button in (button for row in rows for button in row):
        if len(button.get("callback_data", "").encode()) > LONGEST_BUTTON_DATA:
            raise Refused(400, "Bad Request: BUTTON_DATA_INVALID")
    return rows
