"""The chat page of the demo: what a phone would show, over the peer's own memory of what was said."""

import json
from pathlib import Path
from typing import Any

from aiohttp import web

from bot.demo.peer.bot_api import FakeBotApi
from bot.demo.peer.telegram_people import Person
from bot.demo.peer.telegram_state import Params, Sent

STATIC = Path(__file__).parent / "static"
_UPLOAD_LIMIT = 21 << 20  # bytes: one more than the bot takes, so that its refusal can be seen
# Nothing from elsewhere, no script but the page's own: what the bot shows may be hostile
_POLICY = "default-src 'self'; img-src 'self'; style-src 'self'; script-src 'self'; frame-ancestors 'none'"


def _shown(message: Params, sent: Sent | None) -> dict[str, Any]:
    """One message as the page draws it; entities count in UTF-16 units, as the page's own strings do."""
    document = message.get("document")
    return {
        "id": message["message_id"],
        "own": sent is None,
        "text": sent.text if sent else message.get("text") or message.get("caption") or "",
        "entities": sent.entities if sent else [],
        "buttons": sent.buttons if sent else [],
        "photo": bool(sent and sent.file and "photo" in message),
        "file": document.get("file_name", "文件") if document else "",
    }


class Chat:
    """The page and what it calls; ``people`` by the name of the part they play."""

    def __init__(self, api: FakeBotApi, people: dict[str, Person]) -> None:
        self._api, self._people = api, people

    def _person(self, request: web.Request) -> Person:
        person = self._people.get(request.query.get("as", ""))
        if person is None:
            raise web.HTTPNotFound(text="没有这个角色")
        return person

    async def page(self, _: web.Request) -> web.StreamResponse:
        """The page itself."""
        return web.FileResponse(STATIC / "index.html", headers={"Content-Security-Policy": _POLICY})

    async def messages(self, request: web.Request) -> web.Response:
        """Everything said in the private chat of one person."""
        person, telegram = self._person(request), self._api.telegram
        own = [m for m in telegram.messages.values() if m["chat"]["id"] == person.id]
        shown = [_shown(m, telegram.sent.get(m["message_id"])) for m in own]
        commands = telegram.commands.get(str(person.id)) or telegram.commands.get("default", [])
        return web.json_response({"messages": shown, "commands": commands})

    async def say(self, request: web.Request) -> web.Response:
        """Send what a person typed."""
        text = str((await request.json()).get("text", "")).strip()
        if text:
            await self._person(request).send(text)
        return web.json_response({})

    async def tap(self, request: web.Request) -> web.Response:
        """Press a button; the answer is what the phone shows for a moment."""
        pressed = await request.json()
        sent = self._api.telegram.sent.get(int(pressed["message"]))
        if sent is None:
            raise web.HTTPNotFound(text="没有这条消息")
        try:
            said = await self._person(request).press(sent, str(pressed["data"]))
        except TimeoutError:
            said = {}
        return web.json_response({"said": said.get("text", "")})

    async def upload(self, request: web.Request) -> web.Response:
        """Send a file, with the words beside it."""
        form = await request.post()
        file, caption = form.get("file"), form.get("caption")
        if isinstance(file, web.FileField):
            await self._person(request).upload(file.filename, file.file.read(), str(caption or ""))
        return web.json_response({})

    async def photo(self, request: web.Request) -> web.Response:
        """A picture the bot sent."""
        sent = self._api.telegram.sent.get(int(request.match_info["message"]))
        if sent is None or sent.file is None:
            raise web.HTTPNotFound
        return web.Response(body=sent.file, content_type="image/png")

    def app(self) -> web.Application:
        """Everything under one address."""
        app = web.Application(client_max_size=_UPLOAD_LIMIT)
        app.router.add_get("/", self.page)
        app.router.add_static("/static", STATIC)
        app.router.add_get("/messages", self.messages)
        app.router.add_get(r"/photo/{message:\d+}", self.photo)
        for path, handle in (("/say", self.say), ("/tap", self.tap), ("/upload", self.upload)):
            app.router.add_post(path, handle)
        app.middlewares.append(_bad_requests)
        return app


@web.middleware
async def _bad_requests(request: web.Request, handler: Any) -> web.StreamResponse:
    """Say 400 to what is no JSON, or lacks what it needs."""
    try:
        response: web.StreamResponse = await handler(request)
    except (json.JSONDecodeError, KeyError, ValueError, TypeError, AttributeError):
        raise web.HTTPBadRequest(text="请求看不懂") from None
    return response
