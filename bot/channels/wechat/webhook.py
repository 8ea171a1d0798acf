"""The route ``/wechat``: checks who calls, answers in time, else holds, pushes or says so."""

import asyncio
import logging
import time
from collections import OrderedDict
from dataclasses import dataclass, field
from http import HTTPStatus

from fastapi import APIRouter, Request
from starlette.responses import PlainTextResponse, Response

from bot.channels.wechat import counter as counters
from bot.channels.wechat import texts, wire
from bot.channels.wechat.counter import Counter, Held, conversation_of
from bot.channels.wechat.service import Sender
from bot.channels.wechat.shorten import cut
from bot.channels.wechat.types import Account, Message, Seal
from bot.errors import InputError
from bot.limits import TOO_FAST, next_turn
from index.errors import StoreError

LOG = logging.getLogger(__name__)
PATH = "/wechat"
WINDOW_S = 300  # how far WeChat's clock and ours may be apart; an address older than that is a replay
MAX_BODY_BYTES = 64 * 1024  # WeChat's own messages stay below 10 KB, encrypted ones below 20
_GRACE_S = 1.5  # how long past our limit a request is held for WeChat to give up on it and try again
_SEEN = 10_000  # addresses remembered; WeChat's own bursts within the window stay far below
_DONE = "success"  # what WeChat takes for "no answer, and do not ask again"
_FORBIDDEN = "签名不对或已过期"
_FORGET = "删除我的记录"
_COMMANDS = {"帮助": texts.HELP, "help": texts.HELP, "隐私": texts.PRIVACY, "privacy": texts.PRIVACY}


@dataclass(slots=True)
class Hook:
    """One account's webhook; ``within_s`` is how long a person's request may wait for its answer."""

    account: Account
    counter: Counter
    within_s: float
    sender: Sender | None = None
    key: bytes = field(default=b"", repr=False)
    seen: "OrderedDict[str, str]" = field(default_factory=OrderedDict)
    running: "set[asyncio.Task[None]]" = field(default_factory=set)


def _seal(request: Request) -> Seal:
    given = request.query_params
    names = ("timestamp", "nonce", "signature", "msg_signature")
    return Seal(*(given.get(name, "") for name in names))


def _is_fresh(seal: Seal) -> bool:
    stamp = seal.timestamp
    return (
        stamp.isascii() and stamp.isdigit() and len(stamp) <= 12 and abs(time.time() - int(stamp)) <= WINDOW_S
    )


def _is_replay(hook: Hook, seal: Seal, key: str) -> bool:
    """Whether an address that was signed for one message comes with another."""
    first = hook.seen.setdefault(f"{seal.timestamp}:{seal.nonce}", key)
    while len(hook.seen) > _SEEN:
        hook.seen.popitem(last=False)
    return first != key


def _refuse(status: HTTPStatus, sentence: str) -> Response:
    return PlainTextResponse(sentence, status)


async def _forgotten(hook: Hook, message: Message) -> str:
    try:
        await asyncio.to_thread(hook.counter.assistant.forget, conversation_of(message))
    except StoreError as error:
        LOG.error("删不掉一个人的记录:%s", error)
        return texts.NOT_FORGOTTEN
    for key in [key for key in hook.counter.late if key[0] == message.sender]:
        del hook.counter.late[key]
    return texts.FORGOTTEN


async def _fixed(hook: Hook, message: Message) -> str | None:
    """Word what needs no search; None for a question, "" for what wants no answer."""
    if message.kind == "event" and message.event == "subscribe":
        return texts.greeting(hook.counter.assistant.examples)
    if message.kind == "event" and message.event != "click":
        return ""
    if message.kind not in {"text", "event"}:
        return texts.NOT_TEXT
    if message.text == _FORGET:
        return await _forgotten(hook, message)
    if message.text in {"", "示例", "examples"}:
        return texts.greeting(hook.counter.assistant.examples)
    return _COMMANDS.get(message.text)


async def _push(hook: Hook, sender: Sender, message: Message, held: Held) -> None:
    text = await held.work
    if not await sender.send(message.sender, text):
        counters.keep_for_later(hook.counter, message, held)


def _push_later(hook: Hook, sender: Sender, message: Message, held: Held) -> None:
    if len(hook.running) >= counters.KEPT:  # WeChat has been out of reach for long
        counters.keep_for_later(hook.counter, message, held)
    elif not held.pushed:
        held.pushed = True
        task = asyncio.create_task(_push(hook, sender, message, held))
        hook.running.add(task)
        task.add_done_callback(hook.running.discard)


async def _collected(hook: Hook, message: Message, held: Held) -> str | None:
    """Wait for an answer; "" where it goes another way, None where WeChat must ask again."""
    last = held.tries >= counters.TRIES
    patience = hook.within_s if last or hook.sender else hook.within_s + _GRACE_S
    text = await counters.ready(held, patience)
    if text is not None:
        return text
    if hook.sender:
        _push_later(hook, hook.sender, message, held)
        return ""
    if not last:
        return None
    counters.keep_for_later(hook.counter, message, held)
    return texts.STILL


async def _answered(hook: Hook, message: Message) -> str | None:
    """Word the answer to a question, which is computed once however often WeChat sends it."""
    is_new = await asyncio.to_thread(hook.counter.assistant.is_new, "wechat", message.key)
    if not is_new and message.key not in hook.counter.held:
        return "" if hook.sender else texts.STILL  # another process has it, or had it when it ended
    if message.key not in hook.counter.held:
        seconds = await next_turn(hook.counter.limiter, f"wechat {message.sender}", hook.counter.per_minute)
        if seconds:
            return TOO_FAST.format(seconds=seconds)
    held = counters.hold(hook.counter, message)
    if held is None:
        return texts.BUSY
    return "" if held.pushed else await _collected(hook, message, held)


def _reply(hook: Hook, message: Message, text: str) -> Response:
    if not text:
        return PlainTextResponse(_DONE)
    content = wire.text_reply(message, cut(text))
    if hook.key:
        content = wire.seal_reply(content, hook.account.token, hook.key, hook.account.app_id)
    return Response(content, media_type="application/xml")


async def _body(request: Request) -> bytes | None:
    """Read the body; None when it is too large."""
    parts, size = [], 0
    async for part in request.stream():
        size += len(part)
        if size > MAX_BODY_BYTES:
            return None
        parts.append(part)
    return b"".join(parts)


async def _receive(hook: Hook, request: Request, seal: Seal) -> Response:
    body = await _body(request)
    if body is None:
        return _refuse(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "消息太大")
    try:
        if hook.key:
            body = wire.open_envelope(body, hook.account.token, hook.key, hook.account.app_id, seal)
    except InputError as error:
        LOG.warning("拒绝了一条微信消息:%s", error)
        return _refuse(HTTPStatus.FORBIDDEN, str(error))
    try:
        message = wire.message_of(wire.read_fields(body))
    except InputError as error:
        LOG.warning("看不懂一条微信消息:%s", error)
        return _refuse(HTTPStatus.BAD_REQUEST, str(error))
    if _is_replay(hook, seal, message.key):
        return _refuse(HTTPStatus.FORBIDDEN, _FORBIDDEN)
    text = await _fixed(hook, message)
    if text is None:
        text = await _answered(hook, message)
    if text is None:
        return _refuse(HTTPStatus.GATEWAY_TIMEOUT, "")
    return _reply(hook, message, text)


def webhook_routes(hook: Hook) -> APIRouter:
    """Make the route that WeChat verifies with GET and posts messages to."""
    router = APIRouter(include_in_schema=False)

    def is_allowed(seal: Seal) -> bool:
        return _is_fresh(seal) and wire.is_signed(hook.account.token, seal)

    @router.get(PATH)
    async def verify(request: Request) -> Response:
        if not is_allowed(_seal(request)):
            return _refuse(HTTPStatus.FORBIDDEN, _FORBIDDEN)
        return PlainTextResponse(request.query_params.get("echostr", ""))

    @router.post(PATH)
    async def receive(request: Request) -> Response:
        seal = _seal(request)
        if not is_allowed(seal):
            return _refuse(HTTPStatus.FORBIDDEN, _FORBIDDEN)
        return await _receive(hook, request, seal)

    return router
