"""Answering within WeChat's five seconds: one computation a question, whoever comes to fetch it, and when.

WeChat drops a request after 5 s and sends it again, twice at most. The words are computed once; the first request,
a retry, or the same question asked again picks them up.
"""

import asyncio
import logging
import secrets
from collections import OrderedDict
from concurrent.futures import Executor, ThreadPoolExecutor
from contextvars import copy_context
from dataclasses import dataclass, field
from functools import partial

from bot.assistant import Assistant
from bot.channels.reader_link import Link
from bot.channels.wechat import texts
from bot.channels.wechat.shorten import cut, words_of
from bot.channels.wechat.types import Message
from bot.limits import Limiter, TokenBuckets
from bot.telemetry.request import current_request, request, request_named

LOG = logging.getLogger(__name__)
ANSWERS_AT_ONCE = 4  # an answer keeps a core busy: more at once only makes each of them later
KEPT = 2000  # answers of 2 KB: what a busy quarter of an hour asks
TRIES = 3  # the first request and WeChat's two retries


@dataclass(slots=True)
class Held:
    """An answer being made, or made; how often it was asked for, and whether it goes out as 客服消息."""

    work: "asyncio.Task[str]"
    tries: int = 0
    pushed: bool = False


@dataclass(slots=True)
class Counter:
    """Who answers, how long in seconds a question may take, and what is held for a retry."""

    assistant: Assistant
    deadline_s: float
    link: Link | None = None
    per_minute: int = 30  # questions of one person
    waiting: int = 64  # questions of all; more could not be answered in time anyway
    limiter: Limiter = field(default_factory=TokenBuckets)
    workers: Executor = field(
        default_factory=lambda: ThreadPoolExecutor(ANSWERS_AT_ONCE, thread_name_prefix="wechat")
    )
    held: "OrderedDict[str, Held]" = field(default_factory=OrderedDict)
    late: "OrderedDict[tuple[str, str], Held]" = field(default_factory=OrderedDict)


def conversation_of(message: Message) -> str:
    """Return the conversation's name; everyone has one, with the account."""
    return f"wechat:{message.sender}"


def _answer(counter: Counter, message: Message) -> str:
    with request("wechat", request_named(current_request())):
        reply = counter.assistant.reply(conversation_of(message), message.text)
    return words_of(reply.answer, counter.link)


async def _worded(counter: Counter, message: Message) -> str:
    """Answer in words, whatever happens."""
    work = partial(copy_context().run, partial(_answer, counter, message))
    try:
        async with asyncio.timeout(counter.deadline_s):
            return await asyncio.get_running_loop().run_in_executor(counter.workers, work)
    except TimeoutError:
        LOG.warning("微信的一个问题 %s 秒内没有答出", counter.deadline_s)
        return texts.LATE
    except Exception:  # the edge of the program: the log has the place, the person reads one sentence
        identifier = secrets.token_hex(4)
        LOG.exception("回答微信消息时出错,编号 %s", identifier)
        return cut(texts.failed(identifier))


def hold(counter: Counter, message: Message) -> Held | None:
    """Return the answer to a message, begun now or before; None when too many are waiting."""
    again = counter.late.pop((message.sender, message.text), None)
    held = counter.held.get(message.key) or again
    if held is None:
        if sum(not one.work.done() for one in counter.held.values()) >= counter.waiting:
            return None
        held = Held(asyncio.create_task(_worded(counter, message)))
    if message.key not in counter.held:
        held.tries = 0
        counter.held[message.key] = held
    held.tries += 1
    while len(counter.held) > KEPT:
        counter.held.popitem(last=False)
    return held


def keep_for_later(counter: Counter, message: Message, held: Held) -> None:
    """Keep an answer that could not be handed over for when the same person asks the same again."""
    held.pushed = False
    counter.late[message.sender, message.text] = held
    while len(counter.late) > KEPT:
        counter.late.popitem(last=False)


async def ready(held: Held, within_s: float) -> str | None:
    """Wait for an answer; None when it takes longer."""
    done, _ = await asyncio.wait({held.work}, timeout=within_s)
    return held.work.result() if done else None
