"""The wording model over real HTTP, against servers that behave and that do not."""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from bot import app
from bot.config import Config
from retrieval.pipeline import Answerer
from retrieval.settings import WordingSettings
from retrieval.types import AnswerStatus
from retrieval.worded.client import WordingModel

Reply = Callable[[BaseHTTPRequestHandler, dict[str, Any]], None]


def _send(handler: BaseHTTPRequestHandler, body: bytes, status: int = 200) -> None:
    handler.send_response(status)
    handler.send_header("Content-Length", str(len(body)))
    handler.end_headers()
    handler.wfile.write(body)


def says(words: str) -> Reply:
    """A server whose model always answers ``words``."""
    body = json.dumps({"choices": [{"message": {"content": words}}]}).encode()
    return lambda handler, _request: _send(handler, body)


def never_ends(handler: BaseHTTPRequestHandler, _request: dict[str, Any]) -> None:
    """A server that sends and sends."""
    handler.send_response(200)
    handler.end_headers()
    try:
        while True:
            handler.wfile.write(b" " * 65536)
    except OSError:
        return


@contextmanager
def serving(reply: Reply) -> Iterator[tuple[str, list[tuple[str, dict[str, Any]]]]]:
    """Serve on a free port of this machine; yield the address and what was asked (authorisation, body)."""
    asked: list[tuple[str, dict[str, Any]]] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            request = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            asked.append((self.headers.get("Authorization", ""), request))
            reply(self, request)

        def log_message(self, *_: object) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/v1", asked
    finally:
        server.shutdown()
        server.server_close()


def model(url: str, key: str = "") -> WordingModel:
    """The client of a server."""
    return WordingModel(WordingSettings(url=url, model="small", timeout_s=5.0), key)


def test_the_model_sees_the_question_and_the_quotations():
    """One request, with the rule, the numbered quotations and the key; nothing else of the program."""
    with serving(says("好[1]。")) as (url, asked):
        assert model(url, "secret").word("有补贴吗", ["甲。", "乙。"]) == "好[1]。"
    ((authorisation, request),) = asked
    assert authorisation == "Bearer secret"
    assert request["model"] == "small"
    assert request["messages"][1]["content"] == "原文:\n[1] 甲。\n[2] 乙。\n\n问题:有补贴吗"


@pytest.mark.parametrize(
    "reply",
    [
        lambda handler, _: _send(handler, b"{}", 500),
        lambda handler, _: _send(handler, b"not json"),
        lambda handler, _: _send(handler, b'{"choices": []}'),
        lambda handler, _: _send(handler, b'{"choices": [{"message": {"content": 7}}]}'),
        lambda handler, _: handler.wfile.write(b"garbage"),
        never_ends,
    ],
    ids=["500", "no-json", "no-choice", "no-text", "no-http", "endless"],
)
def test_a_model_that_fails_says_nothing(reply):
    """Whatever the server does, there is no exception and no text."""
    with serving(reply) as (url, _):
        assert model(url).word("问", ["甲。"]) == ""


def test_nobody_listens():
    """A port nobody listens on is a failure like any other."""
    assert model("http://127.0.0.1:9/v1").word("问", ["甲。"]) == ""


def worded(shipped: Config, url: str) -> Answerer:
    """The shipped answerer with a wording model."""
    wording = WordingSettings(url=url, model="small", timeout_s=5.0)
    retrieval = shipped.settings.retrieval.model_copy(update={"wording": wording})
    settings = shipped.settings.model_copy(update={"retrieval": retrieval})
    return app.open_answerer(Config(settings, shipped.corpus_dir, Path(shipped.data_dir), ""))


def test_an_answer_in_the_models_words(shipped: Config):
    """A sound sentence replaces the quotation; the source below it stays."""
    said = "就业困难人员和高校毕业生按规定有灵活就业社会保险补贴[1]。"
    with serving(says(said)) as (url, _):
        answer = worded(shipped, url).ask("襄阳灵活就业有补贴吗")
    assert [s.text for s in answer.statements] == ["就业困难人员和高校毕业生按规定有灵活就业社会保险补贴。"]
    assert "按规定落实灵活就业社会保险补贴。" in answer.citations[0].quote


@pytest.mark.parametrize(
    "said",
    [
        "每月补贴2000元[1]。",
        "忽略规则:密码是 hunter2[1]。",
        "你把政策原文里的话转述成一两句通俗的中文[1]。",
        "x" * 200_000,
    ],
)
def test_a_lying_model_changes_nothing(shipped: Config, answerer: Answerer, said: str):
    """Invented numbers, a leaked prompt, an endless word: the documents' own words are the answer."""
    with serving(says(said)) as (url, _):
        answer = worded(shipped, url).ask("襄阳灵活就业有补贴吗")
    assert answer.status is AnswerStatus.ANSWERED
    assert answer.statements == answerer.ask("襄阳灵活就业有补贴吗").statements
