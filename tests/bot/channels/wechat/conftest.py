"""The webhook over real HTTP on loopback, and a WeChat of our own that hands out tokens and takes 客服消息."""

import base64
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from threading import Event
from xml.etree import ElementTree

import httpx
import pytest
import uvicorn
from fastapi import FastAPI, Request
from starlette.responses import JSONResponse, Response

from bot.assistant import Assistant
from bot.channels.web import create_app
from bot.channels.wechat import wire
from bot.channels.wechat.counter import Counter
from bot.channels.wechat.service import Sender
from bot.channels.wechat.types import Account
from bot.channels.wechat.webhook import Hook, webhook_routes
from bot.records.records import open_records
from bot.settings import BotSettings, RecordsSettings
from retrieval.types import Answer
from tests.bot.channels.web.stub import ANSWER, StubAnswerer

APP_ID, TOKEN = "wx0123456789abcdef", "lingpai"
AES_TEXT = base64.b64encode(bytes(range(32))).decode().rstrip("=")
AES_KEY = wire.aes_key_of(AES_TEXT)
QUESTION = "每年新增多少绿地"


@contextmanager
def serving(app: FastAPI, port: int = 0) -> Iterator[str]:
    """Serve an app on a port of loopback, a free one where none is given."""
    server = uvicorn.Server(uvicorn.Config(app, log_level="error", timeout_graceful_shutdown=1))
    with socket.create_server(("127.0.0.1", port)) as listener:
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        server.should_exit = True
        thread.join(10)


@dataclass
class Platform:
    """WeChat's side of 客服消息: what it was sent, and the refusals it gives first."""

    address: str = ""
    tokens: int = 0
    sent: list[dict] = field(default_factory=list)
    refusals: list[int] = field(default_factory=list)  # an errcode, or an HTTP status from 500
    arrived: Event = field(default_factory=Event)

    def app(self) -> FastAPI:
        app = FastAPI()

        @app.post("/cgi-bin/stable_token")
        async def token(request: Request) -> Response:
            asked = await request.json()
            if asked != {"grant_type": "client_credential", "appid": APP_ID, "secret": "mima"}:
                return JSONResponse({"errcode": 40125, "errmsg": "invalid appsecret"})
            self.tokens += 1
            return JSONResponse({"access_token": f"t{self.tokens}", "expires_in": 7200})

        @app.post("/cgi-bin/message/custom/send")
        async def send(request: Request) -> Response:
            if self.refusals:
                code = self.refusals.pop(0)
                self.arrived.set() if not self.refusals else None
                return Response(status_code=code) if 500 <= code < 600 else JSONResponse({"errcode": code})
            self.sent.append({"token": request.query_params["access_token"], **await request.json()})
            self.arrived.set()
            return JSONResponse({"errcode": 0, "errmsg": "ok"})

        return app


@pytest.fixture
def platform() -> Iterator[Platform]:
    platform = Platform()
    with serving(platform.app()) as platform.address:
        yield platform


@dataclass
class Person:
    """A person writing to the account: signs as WeChat does."""

    address: str
    answerer: StubAnswerer
    assistant: Assistant
    aes: bool = False
    nonces: int = 0
    release: Event = field(default_factory=Event)

    def seal(self, at: int | None = None, token: str = TOKEN) -> dict[str, str]:
        self.nonces += 1
        stamp, nonce = str(int(time.time()) if at is None else at), f"n{self.nonces}"
        return {"timestamp": stamp, "nonce": nonce, "signature": wire.signature(token, stamp, nonce)}

    def post(self, body: bytes, seal: dict[str, str] | None = None, timeout: float = 10) -> httpx.Response:
        seal = seal or self.seal()
        if self.aes:
            sealed = wire.encrypt(AES_KEY, APP_ID, body)
            signed = wire.signature(TOKEN, seal["timestamp"], seal["nonce"], sealed)
            seal = {**seal, "encrypt_type": "aes", "msg_signature": signed}
            body = f"<xml><ToUserName>gh_1</ToUserName><Encrypt>{sealed}</Encrypt></xml>".encode()
        return httpx.post(self.address, params=seal, content=body, timeout=timeout)

    def read(self, response: httpx.Response) -> dict[str, str]:
        """The fields of a reply, opened where it is sealed."""
        fields = {node.tag: node.text for node in ElementTree.fromstring(response.content)}
        if not self.aes:
            return fields
        parts = fields["TimeStamp"], fields["Nonce"], fields["Encrypt"]
        assert fields["MsgSignature"] == wire.signature(TOKEN, *parts)
        inner = wire.decrypt(AES_KEY, APP_ID, fields["Encrypt"])
        return {node.tag: node.text for node in ElementTree.fromstring(inner)}

    def says(self, body: bytes) -> str:
        """What the person reads."""
        return self.read(self.post(body))["Content"]


def text(words: str, number: int = 1, sender: str = "oUSER") -> bytes:
    """A text message as WeChat writes it."""
    return message("text", f"<Content><![CDATA[{words}]]></Content><MsgId>{number}</MsgId>", sender)


def message(kind: str, rest: str, sender: str = "oUSER") -> bytes:
    return (
        f"<xml><ToUserName><![CDATA[gh_1]]></ToUserName><FromUserName><![CDATA[{sender}]]></FromUserName>"
        f"<CreateTime>1763884800</CreateTime><MsgType><![CDATA[{kind}]]></MsgType>{rest}</xml>"
    ).encode()


@pytest.fixture
def opened(tmp_path):
    """Opens an account over a stub that answers, or waits, as the test says; with records in a real database."""

    @contextmanager
    def make(answer: Answer = ANSWER, *, aes=False, within_s=4.5, platform=None, link=None, **limits):
        release = Event()
        release.set()

        def asking(question, _history, _region):
            release.wait(10)
            return replace(answer, question=question)

        answerer = StubAnswerer(asking)
        records = open_records(RecordsSettings(), tmp_path, 5)
        settings = BotSettings()
        assistant = Assistant(answerer, settings, records)
        account = Account(APP_ID, TOKEN, AES_TEXT if aes else "", "mima" if platform else "")
        sender = Sender(account, platform.address, pause_s=0.01) if platform else None
        hook = Hook(
            account, Counter(assistant, 20, link, **limits), within_s, sender, AES_KEY if aes else b""
        )
        app = create_app(assistant, settings=settings, routers=[webhook_routes(hook)])
        with serving(app) as address:
            person = Person(f"{address}/wechat", answerer, assistant, aes)
            person.release = release
            yield person
            release.set()
        assistant.close()

    return make
