"""A strict HTTP Bot API of our own, for a real python-telegram-bot application to talk to.

It refuses what Telegram refuses (broken markup, texts over 4096 units, empty texts, long button data, a wrong
token, a second poller) and fails on demand: by status, by cutting the connection, by holding the answer back.
People are in ``telegram_people``. Left out: MarkdownV2, albums, per-chat flood limits.
"""

import asyncio
from collections import defaultdict, deque
from contextlib import suppress
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from aiohttp import ClientSession, web

from bot.demo.peer.telegram_state import Params, Refused, Telegram

PATIENCE_S = 20  # how long a test waits for what must come; reached only by a test that fails
_UPLOAD_LIMIT = 64 * 2**20


@dataclass(frozen=True)
class Fault:
    """What goes wrong with one call: a status, a cut connection, or an answer held back until an event."""

    status: int = 0
    description: str = "fault"
    retry_after: int = 0  # seconds: 429
    drop: bool = False
    delivered: bool = False  # the call is carried out before it fails
    hold: asyncio.Event | None = None  # the call is carried out, its answer waits for this


@dataclass(frozen=True)
class Call:
    """One call of the bot, with its parameters as sent."""

    method: str
    params: Params


class FakeBotApi:
    """The server; start it, hand ``base_url`` and ``token`` to the bot, and stop it.

    :param first: where its numbers begin: a bot that remembers what it has handled must meet no number twice
    """

    def __init__(
        self, token: str = "123456:test-TOKEN_of_a_fake", username: str = "policy_bot", first: int = 1
    ) -> None:
        self.token = token
        number = int(token.partition(":")[0])
        self.telegram = Telegram(
            {"id": number, "is_bot": True, "first_name": "政策", "username": username}, first
        )
        self.calls: list[Call] = []
        self.port = 0
        self._faults: defaultdict[str, deque[Fault]] = defaultdict(deque)
        self._updates: list[Params] = []
        self._changed = asyncio.Condition()
        self._polls = 0
        self._runner: web.AppRunner | None = None

    async def start(self, port: int = 0) -> "FakeBotApi":
        """Listen on a free port of this machine, or on the one given."""
        app = web.Application(client_max_size=_UPLOAD_LIMIT)
        app.router.add_route("*", "/bot{token}/{method}", self._serve)
        app.router.add_get("/file/bot{token}/{path:.+}", self._download)
        # Without cancellation a poll that its bot has given up still counts, and the next one gets a false 409.
        self._runner = web.AppRunner(app, handler_cancellation=True, shutdown_timeout=0.1, access_log=None)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", port).start()
        self.port = self._runner.addresses[0][1]
        return self

    async def stop(self) -> None:
        """Stop listening; what was said is kept, so that ``start(port)`` goes on."""
        if self._runner:
            await self._runner.cleanup()

    @property
    def base_url(self) -> str:
        """Where the bot finds this server."""
        return f"http://127.0.0.1:{self.port}/bot"

    @property
    def base_file_url(self) -> str:
        """Where the bot finds this server's files."""
        return f"http://127.0.0.1:{self.port}/file/bot"

    def fail(self, method: str, *faults: Fault) -> None:
        """Let the next calls of a method go wrong, one fault a call."""
        self._faults[method].extend(faults)

    async def push(self, kind: str, content: Params, number: int | None = None) -> int:
        """Queue an update for the bot; return its id."""
        number = number or self.telegram.next_id()
        self._updates.append({"update_id": number, kind: content})
        await self._notify()
        await self._deliver()
        return number

    def calls_of(self, method: str) -> list[Call]:
        """List the calls of a method so far."""
        return [call for call in self.calls if call.method == method]

    async def called(self, method: str, times: int = 1) -> list[Call]:
        """Wait until the bot has called a method that often; return those calls."""
        async with self._changed:
            enough = self._changed.wait_for(lambda: len(self.calls_of(method)) >= times)
            await asyncio.wait_for(enough, PATIENCE_S)
        return self.calls_of(method)

    async def _deliver(self) -> None:
        """Post what waits to the webhook, where there is one; what it does not take waits on, as at Telegram."""
        if self.telegram.webhook is None:
            return
        url, secret = self.telegram.webhook
        headers = {"X-Telegram-Bot-Api-Secret-Token": secret} if secret else {}
        async with ClientSession(headers=headers) as session:
            while self._updates:
                async with session.post(url, json=self._updates[0]) as answered:
                    if answered.status != HTTPStatus.OK:
                        return
                self._updates.pop(0)

    async def _notify(self) -> None:
        async with self._changed:
            self._changed.notify_all()

    async def _serve(self, request: web.Request) -> web.StreamResponse:
        method, params = request.match_info["method"], await _params(request)
        self.calls.append(Call(method, params))
        await self._notify()
        try:
            if request.match_info["token"] != self.token:
                raise Refused(401, "Unauthorized")
            result = await self._carry_out(request, method, params)
        except Refused as refused:
            body: Params = {"ok": False, "error_code": refused.status, "description": refused.description}
            more = {"parameters": refused.parameters} if refused.parameters else {}
            return web.json_response(body | more, status=refused.status)
        return web.json_response({"ok": True, "result": result})

    async def _carry_out(self, request: web.Request, method: str, params: Params) -> Any:
        handle = self._on_getupdates if method.lower() == "getupdates" else self.telegram.method(method)
        if handle is None:
            raise Refused(404, "Not Found")
        if not self._faults[method]:
            return await handle(params)
        fault = self._faults[method].popleft()
        result = await handle(params) if fault.delivered or fault.hold else None
        if fault.hold:
            await fault.hold.wait()
        _go_wrong(request, fault)
        return result

    async def _on_getupdates(self, params: Params) -> list[Params]:
        """Wait for updates; a newer poll ends this one, as two bots on one token end each other."""
        self._polls += 1
        mine, offset = self._polls, int(params.get("offset", 0))
        await self._notify()
        self._updates = [update for update in self._updates if update["update_id"] >= offset]
        patience = float(params.get("timeout", 0))
        async with self._changed:
            if patience and not self._updates:
                something = self._changed.wait_for(lambda: bool(self._updates) or mine != self._polls)
                with suppress(TimeoutError):
                    await asyncio.wait_for(something, patience)
        if mine != self._polls:
            raise Refused(409, "Conflict: terminated by other getUpdates request")
        return self._updates[: int(params.get("limit", 100))]

    async def _download(self, request: web.Request) -> web.Response:
        content = self.telegram.files.get(request.match_info["path"])
        if request.match_info["token"] != self.token or content is None:
            raise web.HTTPNotFound
        return web.Response(body=content)


async def _params(request: web.Request) -> Params:
    """Read form fields; PTB sends a file as a part of its own and names it ``attach://part``."""
    fields: Params = dict(request.query)
    for name, value in (await request.post()).items():
        fields[name] = value.file.read() if isinstance(value, web.FileField) else value
    return {
        name: fields.get(value.removeprefix("attach://"), value)
        if isinstance(value, str) and value.startswith("attach://")
        else value
        for name, value in fields.items()
    }


def _go_wrong(request: web.Request, fault: Fault) -> None:
    if fault.drop and request.transport:
        request.transport.abort()
    if fault.retry_after:
        raise Refused(
            429, f"Too Many Requests: retry after {fault.retry_after}", retry_after=fault.retry_after
        )
    if fault.status:
        raise Refused(fault.status, fault.description)
