"""From a message to its answer: at once that it is looked up, then the whole answer in the same bubble."""

import asyncio
import logging
import secrets
from concurrent.futures import Executor, ThreadPoolExecutor
from contextvars import copy_context
from dataclasses import dataclass, field
from functools import partial
from weakref import WeakValueDictionary

from bot.assistant import Assistant
from bot.channels.reader_link import Link
from bot.channels.wecom import frames, texts
from bot.channels.wecom.connection import Connection
from bot.channels.wecom.markdown import cut, markdown
from bot.channels.wecom.types import Frame, Message, NotDeliveredError
from bot.errors import InputError
from bot.limits import TOO_FAST, Limiter, TokenBuckets, next_turn
from bot.telemetry.request import request, request_named
from index.errors import StoreError

LOG = logging.getLogger(__name__)
ANSWERS_AT_ONCE = 4  # an answer keeps a core busy: more at once only makes each of them later
_AGAIN_S = 60.0  # to wait for a connection on which an answer can still be sent
_FORGET = "删除我的记录"
_COMMANDS = {"帮助": texts.HELP, "help": texts.HELP, "隐私": texts.PRIVACY, "privacy": texts.PRIVACY}


@dataclass(slots=True)
class Desk:
    """Who answers, how long in seconds a question may take, and whose turn it is."""

    assistant: Assistant
    deadline_s: float
    link: Link | None = None
    workers: Executor = field(
        default_factory=lambda: ThreadPoolExecutor(ANSWERS_AT_ONCE, thread_name_prefix="wecom")
    )
    per_minute: int = 30  # questions of one person
    places: int = 64  # for messages that wait; more could not be answered in time anyway
    limiter: Limiter = field(default_factory=TokenBuckets)
    waiting: int = 0
    turns: "WeakValueDictionary[str, asyncio.Lock]" = field(default_factory=WeakValueDictionary)


def _answer(desk: Desk, message: Message) -> str:
    return markdown(desk.assistant.reply(message.conversation, message.text).answer, desk.link)


async def _worded(desk: Desk, message: Message) -> str:
    """Answer in words, whatever happens."""
    try:
        async with asyncio.timeout(desk.deadline_s):
            # the executor's threads have no context of their own
            work = partial(copy_context().run, _answer, desk, message)
            return await asyncio.get_running_loop().run_in_executor(desk.workers, work)
    except TimeoutError:
        LOG.warning("企业微信的一个问题 %s 秒内没有答出", desk.deadline_s)
        return texts.LATE
    except Exception:  # the edge of the program: the log has the place, the person reads one sentence
        identifier = secrets.token_hex(4)
        LOG.exception("回答企业微信消息时出错，编号 %s", identifier)
        return texts.failed(identifier)


async def _forgotten(desk: Desk, message: Message) -> str:
    try:
        await asyncio.to_thread(desk.assistant.forget, message.conversation)
    except StoreError as error:
        LOG.error("删不掉一个人的记录：%s", error)
        return texts.NOT_FORGOTTEN
    return texts.FORGOTTEN


async def _fixed(desk: Desk, message: Message) -> str | None:
    """Word what needs no search; None for a question."""
    if message.text == _FORGET:
        return await _forgotten(desk, message)
    if message.text == "示例" or (message.kind == "text" and not message.text):
        return texts.greeting(desk.assistant.examples)
    return _COMMANDS.get(message.text) if message.text else texts.NOT_TEXT


async def _deliver(link: Connection, message: Message, stream: str, words: str) -> None:
    """End the stream with the words; where that is not possible any more, send them by themselves.

    Better an answer twice than none.
    """
    try:
        await link.request(message.request, frames.stream(message, stream, words, finish=True))
    except NotDeliveredError as error:
        LOG.warning("回答没有送到（%s），另发一次", error)
        pushed = frames.request_id("push")
        try:
            if not await link.connected(_AGAIN_S):
                raise NotDeliveredError(f"{_AGAIN_S:g} 秒内没有连上")
            await link.request(pushed, frames.push(pushed, message.target, words))
        except NotDeliveredError as last:
            LOG.error("一个回答没能送到企业微信：%s", last)


async def _tell_at_once(link: Connection, message: Message, stream: str) -> None:
    try:
        await link.request(message.request, frames.stream(message, stream, texts.LOOKING_UP, finish=False))
    except NotDeliveredError as error:
        LOG.info("没能先应一声：%s", error)  # the answer itself is still to come


async def _answered(desk: Desk, link: Connection, message: Message, stream: str) -> str:
    turn = desk.turns.setdefault(message.conversation, asyncio.Lock())
    told = asyncio.create_task(_tell_at_once(link, message, stream))
    try:
        async with turn:  # a follow-up question is understood by the one before it
            return await _worded(desk, message)
    finally:
        await told  # the two frames share an id: the second waits for the first one's answer


async def _refused(desk: Desk, message: Message) -> str | None:
    """Word why a question is not answered just now; None where it is."""
    seconds = await next_turn(desk.limiter, f"wecom {message.sender}", desk.per_minute)
    if seconds:
        return TOO_FAST.format(seconds=seconds)
    return texts.BUSY if desk.waiting >= desk.places else None


async def _reply(desk: Desk, link: Connection, message: Message) -> None:
    if not await asyncio.to_thread(desk.assistant.is_new, "wecom", message.id):
        return
    stream = frames.request_id("stream")
    words = await _fixed(desk, message)
    if words is None:
        words = await _refused(desk, message)
    if words is None:
        desk.waiting += 1
        try:
            words = await _answered(desk, link, message, stream)
        finally:
            desk.waiting -= 1
    await _deliver(link, message, stream, cut(words))


async def handle(desk: Desk, link: Connection, frame: Frame) -> None:
    """Answer one callback; a message that came before is left alone."""
    try:
        message = frames.message_of(frame)
    except InputError as error:
        LOG.warning("跳过一条消息：%s", error)
        return
    if message.kind != "event":
        with request("wecom", request_named(message.id)):
            await _reply(desk, link, message)
    elif message.event == "enter_chat":
        try:
            greeting = texts.greeting(desk.assistant.examples)
            await link.request(message.request, frames.welcome(message, greeting))
        except NotDeliveredError as error:
            LOG.info("欢迎语没有送到：%s", error)
