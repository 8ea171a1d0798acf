"""The connection to WeCom: subscribed, kept alive, made anew when it breaks."""

import asyncio
import logging
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from typing import Any

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidURI, WebSocketException

from bot.channels.wecom import frames
from bot.channels.wecom.types import Frame, NotDeliveredError, Pace, Robot
from bot.errors import ChannelError, InputError

LOG = logging.getLogger(__name__)
_MAX_BYTES = 1 << 20  # of a frame: a question is a few hundred
_MISSED = 2  # heartbeats without an answer after which the connection is given up
_CLOSE_S = 2.0  # for the other side to say goodbye
_SHOWN = 200  # characters of rubbish in the log

Handler = Callable[[Frame], Coroutine[Any, Any, None]]


class _TakenOverError(Exception):
    """The robot was connected somewhere else: WeCom keeps one connection a robot."""


class _RefusedError(Exception):
    """WeCom does not take the robot's id or secret; the text is its errcode."""


@dataclass(slots=True)
class Connection:
    """One robot's connection; for one event loop. ``handle`` gets every callback, each in a task of its own."""

    robot: Robot
    url: str
    handle: Handler
    pace: Pace
    _socket: ClientConnection | None = None
    _up: asyncio.Event = field(default_factory=asyncio.Event)
    _asked: "dict[str, asyncio.Future[int]]" = field(default_factory=dict)
    _tasks: "set[asyncio.Task[None]]" = field(default_factory=set)

    async def request(self, request: str, text: str) -> None:
        """Send a frame and wait until WeCom has taken it.

        :raises NotDeliveredError: there is no connection, it broke, or WeCom refused
        """
        if self._socket is None:
            raise NotDeliveredError("和企业微信的连接断了")
        answered = self._asked[request] = asyncio.get_running_loop().create_future()
        try:
            await self._socket.send(text)
            async with asyncio.timeout(self.pace.answer_s):
                errcode = await answered
        except ConnectionClosed:
            raise NotDeliveredError("和企业微信的连接断了") from None
        except TimeoutError:
            raise NotDeliveredError("企业微信没有应答") from None
        finally:
            if self._asked.get(request) is answered:
                del self._asked[request]
        if errcode:
            raise NotDeliveredError(f"企业微信返回 {errcode}")

    async def connected(self, within_s: float) -> bool:
        """Wait for a connection; whether there is one."""
        try:
            async with asyncio.timeout(within_s):
                await self._up.wait()
        except TimeoutError:
            return False
        return True

    async def settle(self, within_s: float) -> None:
        """Wait for the answers under way, so many seconds at most."""
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=within_s)


def _ended(link: Connection, task: "asyncio.Task[None]") -> None:
    link._tasks.discard(task)
    if not task.cancelled() and task.exception():
        LOG.error("处理企业微信的一帧时出错", exc_info=task.exception())


def _take(link: Connection, raw: str | bytes) -> None:
    """Give a callback to its handler, an answer to whoever waits for it; rubbish goes to the log."""
    try:
        frame = frames.read_frame(raw)
        event = frames.message_of(frame).event if frame.command == frames.EVENT else ""
    except InputError as error:
        LOG.warning("跳过一帧：%s（%r）", error, raw[:_SHOWN])
        return
    if event == "disconnected_event":
        raise _TakenOverError
    if frame.command in {frames.MESSAGE, frames.EVENT}:
        task = asyncio.create_task(link.handle(frame))
        link._tasks.add(task)
        task.add_done_callback(lambda done: _ended(link, done))
        return
    waiting = link._asked.get(frame.request)
    if waiting and not waiting.done():
        waiting.set_result(frame.errcode)


async def _beat(link: Connection, socket: ClientConnection) -> None:
    """Ask now and then whether anybody is there; close the connection where nobody is."""
    missed = 0
    while missed < _MISSED:
        await asyncio.sleep(link.pace.heartbeat_s)
        request = frames.request_id(frames.PING)
        try:
            await link.request(request, frames.ping(request))
            missed = 0
        except NotDeliveredError:
            missed += 1
    LOG.warning("企业微信 %d 次没有回应心跳，重新连接", missed)
    await socket.close()


async def _subscribe(link: Connection, socket: ClientConnection) -> None:
    request = frames.request_id(frames.SUBSCRIBE)
    await socket.send(frames.subscribe(request, link.robot))
    async with asyncio.timeout(link.pace.answer_s):
        async for raw in socket:
            try:
                frame = frames.read_frame(raw)
            except InputError as error:
                LOG.warning("跳过一帧：%s（%r）", error, raw[:_SHOWN])
                continue
            if frame.request == request:
                if frame.errcode:
                    raise _RefusedError(str(frame.errcode))
                return


async def _converse(link: Connection, socket: ClientConnection) -> None:
    """Take what comes until the connection ends."""
    link._socket = socket
    link._up.set()
    beating = asyncio.create_task(_beat(link, socket))
    try:
        async for raw in socket:
            _take(link, raw)
    finally:
        beating.cancel()
        link._socket = None
        link._up.clear()
        for waiting in link._asked.values():
            if not waiting.done():
                waiting.set_exception(NotDeliveredError("和企业微信的连接断了"))


async def _once(link: Connection) -> bool:
    """Connect and stay as long as it lasts; whether WeCom took us."""
    subscribed = False
    try:
        async with connect(
            link.url, max_size=_MAX_BYTES, ping_interval=None, close_timeout=_CLOSE_S
        ) as socket:
            await _subscribe(link, socket)
            subscribed = True
            LOG.info("连上了企业微信")
            await _converse(link, socket)
        LOG.warning("企业微信断开了连接")
    except InvalidURI as error:
        raise ChannelError(f"bot.wecom.url = {link.url!r} 不是 wss:// 地址；请改正后重试") from error
    except (OSError, TimeoutError, WebSocketException) as error:
        LOG.warning("和企业微信的连接断了（%s: %s）", type(error).__name__, str(error)[:_SHOWN])
    return subscribed


async def stay_connected(link: Connection) -> None:
    """Keep the connection up until cancelled; a pause that doubles before each new try, so that none storms WeCom.

    :raises ChannelError: the first time already WeCom refuses the robot, or the address is none
    """
    pause, ever = link.pace.first_pause_s, False
    while True:
        try:
            if await _once(link):
                pause, ever = link.pace.first_pause_s, True
        except _TakenOverError:
            ever, pause = (
                True,
                link.pace.longest_pause_s,
            )  # two that fight would throw each other out for ever
            LOG.error("同一个机器人在别处连上了企业微信；请只留一个在运行，%g 秒后再连", pause)
        except _RefusedError as refusal:
            told = f"企业微信不认这个机器人（errcode {refusal}）；请核对 bot.wecom.bot_id 和 POLICYBOT_WECOM_SECRET"
            if not ever:
                raise ChannelError(told) from None
            LOG.error("%s", told)
        await asyncio.sleep(pause)
        pause = min(pause * 2, link.pace.longest_pause_s)
