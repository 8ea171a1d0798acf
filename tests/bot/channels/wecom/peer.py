"""WeCom's side of the long connection, on loopback: takes robots, says what a test tells it to, keeps what it got."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from websockets.asyncio.server import ServerConnection, serve
from websockets.exceptions import ConnectionClosed

SECRET = "mima-1"
PATIENCE_S = 10


@dataclass
class Peer:
    """One WeCom; ``frames`` holds what came but heartbeats, ``silent`` names the commands it does not answer."""

    url: str = ""
    sockets: list[ServerConnection] = field(default_factory=list)
    frames: list[dict] = field(default_factory=list)
    beats: int = 0
    silent: set[str] = field(default_factory=set)
    refused: dict[str, int] = field(default_factory=dict)
    came: asyncio.Event = field(default_factory=asyncio.Event)

    async def until(self, condition):
        """Wait for something to be true, looking again whenever a frame comes."""
        async with asyncio.timeout(PATIENCE_S):
            while not condition():
                self.came.clear()
                await self.came.wait()

    async def subscribed(self, times=1):
        await self.until(lambda: sum(f["cmd"] == "aibot_subscribe" for f in self.frames) >= times)

    async def say(self, message):
        """Send to the robot that is connected now: a frame, or rubbish as it is."""
        raw = message if isinstance(message, str | bytes) else json.dumps(message, ensure_ascii=False)
        await self.sockets[-1].send(raw)

    async def words(self, request):
        """Wait for the end of an answer; return what its bubble showed one after the other."""
        mine = lambda: [f["body"]["stream"] for f in self.frames if f["headers"]["req_id"] == request]  # noqa: E731
        await self.until(lambda: any(stream["finish"] for stream in mine()))
        return [stream["content"] for stream in mine()]

    @property
    def pushed(self):
        return [f["body"] for f in self.frames if f["cmd"] == "aibot_send_msg"]

    async def _answer(self, socket: ServerConnection, frame: dict) -> None:
        command = frame["cmd"]
        if command in self.silent:
            return
        wrong = command == "aibot_subscribe" and frame["body"]["secret"] != SECRET
        errcode = 40001 if wrong else self.refused.get(command, 0)
        answer = {"headers": {"req_id": frame["headers"]["req_id"]}, "errcode": errcode, "errmsg": "-"}
        await socket.send(json.dumps(answer))

    async def serve(self, socket: ServerConnection) -> None:
        try:
            async for raw in socket:
                frame = json.loads(raw)
                if frame["cmd"] == "ping":
                    self.beats += 1
                else:
                    self.frames.append(frame)
                if frame["cmd"] == "aibot_subscribe":
                    self.sockets.append(socket)
                await self._answer(socket, frame)
                self.came.set()
        except ConnectionClosed:
            self.came.set()


@asynccontextmanager
async def open_peer(port: int = 0) -> AsyncIterator[Peer]:
    peer = Peer()
    async with serve(peer.serve, "127.0.0.1", port, close_timeout=0.2) as server:
        peer.url = f"ws://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        yield peer


def message(identifier: str, words: str, sender: str = "zhang", **more) -> dict:
    """A callback, as WeCom sends one when somebody writes to the robot."""
    body = {
        "msgid": identifier,
        "aibotid": "robot",
        "chattype": "single",
        "from": {"userid": sender},
        "msgtype": "text",
        "text": {"content": words},
    }
    return {
        "cmd": "aibot_msg_callback",
        "headers": {"req_id": f"req-{identifier}"},
        "body": body | more,
    }


def event(name: str, **more) -> dict:
    """A callback of something that happened."""
    body = {"msgid": f"event-{name}", "from": {"userid": "zhang"}, "msgtype": "event"}
    headers = {"req_id": f"req-{name}"}
    return {
        "cmd": "aibot_event_callback",
        "headers": headers,
        "body": body | {"event": {"eventtype": name}} | more,
    }
