"""客服消息 against a WeChat of our own: tokens that expire, windows that close, servers that fail."""

import asyncio
import socket
from dataclasses import replace

import pytest

from bot.channels.wechat.service import Sender
from bot.channels.wechat.types import Account
from tests.bot.channels.wechat.conftest import APP_ID, QUESTION, TOKEN, Platform, serving, text


def sender_for(address: str, secret: str = "mima") -> Sender:
    return Sender(Account(APP_ID, TOKEN, secret=secret), address, pause_s=0.01)


@pytest.mark.parametrize(
    ("refusals", "sent", "tokens"),
    [
        ([], ["t1"], 1),
        ([42001], ["t2"], 2),
        ([40001, 502], ["t2"], 2),
        ([503, -1], ["t1"], 1),
        ([45015], [], 1),
        ([48001], [], 1),
        ([500, 500, 500], [], 1),
        ([42001, 42001, 42001], [], 3),
    ],
)
async def test_words_arrive_or_the_log_says_why(platform, refusals, sent, tokens):
    """An expired token is renewed, a busy server tried again, a refusal taken for what it is."""
    platform.refusals = list(refusals)
    assert await sender_for(platform.address).send("oUSER", "答\uff1a😀") is bool(sent)
    assert [one["token"] for one in platform.sent] == sent
    assert all(one["touser"] == "oUSER" and one["text"] == {"content": "答\uff1a😀"} for one in platform.sent)
    assert platform.tokens == tokens


async def test_one_token_serves_many_messages(platform):
    """The token is fetched once while it counts."""
    sender = sender_for(platform.address)
    assert [await sender.send("oUSER", str(n)) for n in range(3)] == [True, True, True]
    assert platform.tokens == 1


async def test_a_wrong_secret_is_named_in_the_log_and_never_shown(platform, caplog):
    """What to check is in the log; the secret and the token are not."""
    assert await sender_for(platform.address, "shangle").send("oUSER", "答") is False
    assert "POLICYBOT_WECHAT_SECRET" in caplog.text
    assert "shangle" not in caplog.text + repr(sender_for(platform.address, "shangle"))


async def test_wechat_out_of_reach_for_too_long(caplog):
    """Nobody listens: tried again, said once, then given up."""
    sender = replace(sender_for("http://127.0.0.1:9"), patience_s=0.2)
    assert await sender.send("oUSER", "答") is False
    assert [record.levelname for record in caplog.records] == ["WARNING", "ERROR"]
    assert "连不上微信(ConnectError)" in caplog.text.replace("\uff08", "(").replace("\uff09", ")")


async def test_wechat_comes_back(caplog):
    """What could not be sent is sent once, when somebody listens again."""
    platform = Platform()
    with socket.create_server(("127.0.0.1", 0)) as found:
        port = found.getsockname()[1]
    sending = asyncio.create_task(sender_for(f"http://127.0.0.1:{port}").send("oUSER", "答"))
    while "连上微信以后再发" not in caplog.text:
        await asyncio.sleep(0.01)
    with serving(platform.app(), port):
        assert await sending is True
    assert [one["text"]["content"] for one in platform.sent] == ["答"]


def test_a_late_answer_is_pushed(opened, platform):
    """The request is taken in time; the words follow as 客服消息, once, even after a retry."""
    with opened(within_s=0.1, platform=platform) as person:
        person.release.clear()
        assert person.post(text(QUESTION)).text == "success"
        assert person.post(text(QUESTION)).text == "success"
        person.release.set()
        assert platform.arrived.wait(5)
    assert [one["touser"] for one in platform.sent] == ["oUSER"]
    assert "12.5公顷" in platform.sent[0]["text"]["content"]
