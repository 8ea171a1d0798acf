"""Telegram and WeChat out of reach while people ask, for ``faults.py``: their peers stop listening, and listen again."""

import asyncio
import json
import signal
import threading
import time
from collections import Counter
from collections.abc import Callable, Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import httpx
from broken_site import PAUSE_S, QUESTION, START_S, Load, Site, configure, load, promise
from served import free_port

from bot.channels.wechat.wire import signature
from bot.config import TOKEN_VARIABLE, WECHAT_SECRET_VARIABLE, WECHAT_TOKEN_VARIABLE
from bot.demo.peer.bot_api import FakeBotApi
from bot.demo.peer.telegram_people import Person

Told = tuple[str, Load | None, float]  # as in faults.py
Run = Callable[[Coroutine[Any, Any, Any]], Any]

DOWN_S = 20.0  # longer than any retry within one answer used to last
# Questions of a person, once before Telegram goes and once while it is away; bot.waiting is more than all of them.
PEOPLE, EACH = 8, 4
KILLS = 3
WRITERS = 40  # people who write to the WeChat account at once: more than it answers within reply_within_s
_TOKEN, _SECRET = "lingpai", "mima"
_CUT = "可能没有送达"  # what the log says of an answer whose connection was cut: it may stand in the chat


@contextmanager
def _beside() -> Iterator[Run]:
    """An event loop in a thread; what is yielded runs a coroutine there."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    try:
        yield lambda work: asyncio.run_coroutine_threadsafe(work, loop).result(START_S)
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join()


async def _write(people: list[Person]) -> None:
    for _ in range(EACH):
        for person in people:
            await person.send(QUESTION)


def _answers(api: FakeBotApi) -> Counter[int]:
    """Answers by person; the last message of one has buttons."""
    return Counter(sent.chat for sent in list(api.telegram.sent.values()) if sent.buttons)


def _until(count: Callable[[], int], most: int) -> float:
    """Seconds until so many answers came."""
    begun = time.perf_counter()
    while count() < most:
        promise(time.perf_counter() - begun < START_S, f"{count()} of {most} answers came")
        time.sleep(PAUSE_S)
    return time.perf_counter() - begun


def _polled(site: Site, run: Run) -> FakeBotApi:
    """A Bot API of our own that the site polls."""
    api: FakeBotApi = run(FakeBotApi(first=int(time.time())).start())
    configure(site, 'base_url: ""            # 空 = 官方', f"base_url: {api.base_url}  # 空 = 官方")
    configure(site, 'base_file_url: ""', f"base_file_url: {api.base_file_url}")
    site.secrets = {TOKEN_VARIABLE: api.token}
    site.start()
    run(api.called("getUpdates"))
    return api


def telegram_down(site: Site) -> Told:
    """Nobody listens where Telegram was, answers under way: all come when it is back, once each; the web goes on."""
    with _beside() as run:
        api = _polled(site, run)
        people = [Person(api, 1000 + number) for number in range(PEOPLE)]
        with load(site) as asked:
            run(_write(people))
            time.sleep(PAUSE_S)
            run(api.stop())
            under_way = PEOPLE * EACH - _answers(api).total()
            promise(under_way > 0, "Telegram was not down in time")
            run(_write(people))
            time.sleep(DOWN_S)
            run(api.start(api.port))
            log, all_asked = site.folder / "serve.log", 2 * PEOPLE * EACH
            cut = log.read_text(encoding="utf-8").count(_CUT)
            seconds = _until(lambda: _answers(api).total() + cut, all_asked)
        site.stop()
        run(api.stop())
    promise(max(_answers(api).values()) <= 2 * EACH, "an answer came twice")
    promise(site.counted("telegram") == all_asked, f"{site.counted('telegram')} of {all_asked} in the log")
    return (
        f"{DOWN_S:g} s away, {under_way} of {all_asked} answers under way, {cut} cut while being sent:"
        f" {_answers(api).total()} came, none twice, all in the log",
        asked,
        seconds,
    )


def _kill(site: Site, run: Run, api: FakeBotApi, number: int) -> tuple[int, int, float]:
    """Kill -9 and start again; return the answers under way, those that came twice, and the seconds to the last."""
    people = [Person(api, 1000 * (number + 1) + n) for n in range(PEOPLE)]
    run(_write(people))
    time.sleep(PAUSE_S * (1 + 3 * number))
    site.stop(signal.SIGKILL)

    def came(most: int) -> int:
        counted = _answers(api)
        return sum(min(counted[person.id], most) for person in people)

    under_way = PEOPLE * EACH - came(EACH)
    promise(under_way > 0, "all was answered before the kill")
    site.start()
    seconds = _until(lambda: came(EACH), PEOPLE * EACH)
    time.sleep(1)  # what is sent twice comes late
    return under_way, came(2 * EACH) - PEOPLE * EACH, seconds


def telegram_killed(site: Site) -> Told:
    """Kill -9 with Telegram's messages in hand, again and again: all are answered; at worst those being sent twice."""
    with _beside() as run:
        api = _polled(site, run)
        kills = [_kill(site, run, api, number) for number in range(KILLS)]
        site.stop()
        run(api.stop())
    in_hand, twice = sum(kill[0] for kill in kills), sum(kill[1] for kill in kills)
    promise(twice <= KILLS * PEOPLE, f"{twice} answers came twice")
    asked = KILLS * PEOPLE * EACH
    held = f"{KILLS} kills, {in_hand} of {asked} answers under way: all came, {twice} of them twice"
    return held, None, max(kill[2] for kill in kills)


@dataclass
class _WeChat:
    """WeChat's side of 客服消息; who got words, in order."""

    port: int = field(default_factory=free_port)
    sent: list[str] = field(default_factory=list)
    _server: ThreadingHTTPServer | None = None

    def start(self) -> None:
        """Listen."""
        sent = self.sent

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                if "touser" in asked:
                    sent.append(asked["touser"])
                told = json.dumps({"errcode": 0, "access_token": "t", "expires_in": 7200}).encode()
                self.send_response(200)
                self.send_header("Content-Length", str(len(told)))
                self.end_headers()
                self.wfile.write(told)

            def log_message(self, *_: object) -> None:
                """Say nothing."""

        self._server = ThreadingHTTPServer(("127.0.0.1", self.port), Handler)
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def stop(self) -> None:
        """Listen no more."""
        if self._server:
            self._server.shutdown()
            self._server.server_close()


def _post(site: Site, sender: str, number: int) -> bool:
    """Write to the account; whether the answer stands in the reply, and need not be pushed."""
    stamp = str(int(time.time()))
    seal = {"timestamp": stamp, "nonce": sender + str(number)}
    seal["signature"] = signature(_TOKEN, stamp, seal["nonce"])
    body = (
        f"<xml><ToUserName>gh_1</ToUserName><FromUserName>{sender}</FromUserName><CreateTime>{stamp}</CreateTime>"
        f"<MsgType>text</MsgType><Content>{QUESTION}</Content><MsgId>{number}</MsgId></xml>"
    )
    address = f"http://127.0.0.1:{site.port}/wechat"
    return (
        httpx.post(address, params=seal, content=body.encode(), timeout=20).raise_for_status().text
        != "success"
    )


def wechat_down(site: Site) -> Told:
    """客服消息 cannot be sent: those that are owed come when WeChat is back, once each; the web goes on."""
    wechat = _WeChat()
    configure(site, 'app_id: ""', "app_id: wx0123456789abcdef")
    configure(site, "base_url: https://api.weixin.qq.com", f"base_url: http://127.0.0.1:{wechat.port}")
    configure(site, "reply_within_s: 4.5", "reply_within_s: 0.1")
    site.secrets = {WECHAT_TOKEN_VARIABLE: _TOKEN, WECHAT_SECRET_VARIABLE: _SECRET}
    site.start()
    with load(site) as asked, ThreadPoolExecutor(WRITERS) as writers:
        people = [f"o{number}" for number in range(WRITERS)]
        at_once = list(writers.map(lambda person: _post(site, person, 1), people))
        owed = {person for person, has in zip(people, at_once, strict=True) if not has}
        promise(owed, "every question was answered at once: nothing was to be pushed")
        time.sleep(DOWN_S)
        wechat.start()
        seconds = _until(lambda: len(wechat.sent), len(owed))
    site.stop()
    wechat.stop()
    promise(sorted(wechat.sent) == sorted(owed), "an answer came twice, or to somebody else")
    promise(site.counted("wechat") == WRITERS, f"{site.counted('wechat')} of {WRITERS} in the log")
    return (
        f"{DOWN_S:g} s away, {len(owed)} of {WRITERS} answers owed: all came, none twice, all in the log",
        asked,
        seconds,
    )
