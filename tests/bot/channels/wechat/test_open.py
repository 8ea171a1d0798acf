"""From config.yaml and the environment to the mounted webhook."""

import time
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from bot import config
from bot.assistant import Assistant
from bot.channels.wechat import wire
from bot.channels.wechat.open import open_webhook
from bot.errors import ChannelError, ConfigError
from bot.settings import BotSettings
from tests.bot.channels.web.stub import ANSWER, StubAnswerer
from tests.bot.channels.wechat.conftest import AES_TEXT, QUESTION, TOKEN, text

CONFIG = "bot:\n  wechat:\n    app_id: wx1\n  web:\n    public_url: https://zc.example/\n"


def opened(folder: Path, **environment: str):
    (folder / "config.yaml").write_text(CONFIG, encoding="utf-8")
    found = config.load(folder / "config.yaml", folder / "var", environment=environment)
    return found, lambda: open_webhook(Assistant(StubAnswerer(), BotSettings()), found)


def test_a_configured_account_answers_with_a_link(tmp_path: Path):
    """The secrets come from the environment and are not shown; the link leads to the reader's public address."""
    found, make = opened(tmp_path, POLICYBOT_WECHAT_TOKEN=TOKEN, POLICYBOT_WECHAT_SECRET="mima")
    app = FastAPI()
    app.include_router(make())
    stamp = str(int(time.time()))
    seal = {"timestamp": stamp, "nonce": "n", "signature": wire.signature(TOKEN, stamp, "n")}
    with TestClient(app) as client:
        reply = client.post("/wechat", params=seal, content=text(QUESTION))
    span = ANSWER.citations[0].span
    assert "看原文\uff1ahttps://zc.example/d/lvyuan/" in reply.text
    assert f"?hl={span.start}-{span.end}" in reply.text
    assert "mima" not in repr(found)
    assert TOKEN not in repr(found)


@pytest.mark.parametrize(
    ("environment", "kind", "words"),
    [
        ({}, ChannelError, "没有设置 POLICYBOT_WECHAT_TOKEN"),
        (
            {"POLICYBOT_WECHAT_TOKEN": TOKEN, "POLICYBOT_WECHAT_AES_KEY": AES_TEXT[:-1]},
            ConfigError,
            "现在是 42 个字符",
        ),
    ],
)
def test_what_is_missing_or_malformed_is_named(tmp_path: Path, environment, kind, words):
    """One line with the variable to set, before anything is served."""
    _, make = opened(tmp_path, **environment)
    with pytest.raises(kind, match=words):
        make()
