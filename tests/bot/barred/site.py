"""A small installation with everything switched on, and what was tried on it."""

import json
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256
from pathlib import Path

import httpx
from fastapi import FastAPI

from bot import app, config
from bot.access import ConsoleRole, Deed
from bot.accounts.accounts import Accounts
from bot.admin.library import Library
from bot.assistant import Assistant
from bot.channels.web import create_app
from bot.channels.wechat.open import open_webhook
from bot.demo.peer.bot_api import FakeBotApi
from bot.settings import ConsoleSettings

PLAN = "甲市就业规划\n\n一、培训\n每年培训农民工500人。\n对灵活就业人员给予社会保险补贴。\n"
ADMIN, STAFF, CITIZEN = 7, 8, 42
PASSWORD, WECHAT = "一个够长的口令-2026", "lingpai"
USERS = {"kan": ConsoleRole.VIEWER, "bian": ConsoleRole.EDITOR, "guan": ConsoleRole.ADMIN}
KEYS = {scope: f"key-of-{scope}" for scope in ("read", "ask", "feedback")}


@dataclass(frozen=True)
class Try:
    """One call that must fail: where, what, by whom, and whether it got through."""

    channel: str
    verb: str
    who: str
    let_in: bool


def prepare(folder: Path, api: FakeBotApi) -> config.Config:
    """Make an installation with one document, a user of each role, a key of each scope and a WeChat account."""
    keys = [{"name": s, "sha256": sha256(k.encode()).hexdigest(), "scopes": [s]} for s, k in KEYS.items()]
    telegram = {
        "base_url": api.base_url,
        "base_file_url": api.base_file_url,
        "admins": [ADMIN],
        "staff": [STAFF],
    }
    limits = {"asks_per_person": 10_000, "presses_per_person": 10_000}
    web = {"api_keys": keys, "asks_per_minute": 100_000, "reads_per_minute": 100_000}
    settings = {"bot": {**limits, "telegram": telegram, "web": web, "wechat": {"app_id": "wx1"}}}
    (folder / "docs_corpus").mkdir()
    (folder / "config.yaml").write_text(json.dumps(settings), encoding="utf-8")
    environment = {"POLICYBOT_WECHAT_TOKEN": WECHAT}
    found = config.load(folder / "config.yaml", folder / "var", environment=environment)
    (folder / "plan.txt").write_text(PLAN, encoding="utf-8")
    Library(found, "检验").add(folder / "plan.txt", {"region": "甲市", "id": "jia"})
    records = app.open_records(found)
    for name, role in USERS.items():
        Accounts(records, found.settings.bot.web.console).add("检验", name, role, PASSWORD)
    records.close()
    return found


def tokens_of(assistant: Assistant, settings: ConsoleSettings) -> dict[str, str]:
    """A token of each user for each deed, and two that are of no use any more."""
    records = assistant.records
    assert records is not None
    accounts = Accounts(records, settings)
    made = {
        f"{name}:{deed.value}": accounts.issue_token("检验", name, {deed}, 1).secret
        for name in USERS
        for deed in Deed
    }
    revoked = accounts.issue_token("检验", "guan", set(Deed), 1)
    accounts.revoke_token("检验", revoked.id)
    clock = records.clock
    records.clock = lambda: clock() - timedelta(days=2)
    expired = accounts.issue_token("检验", "guan", set(Deed), 1)
    records.clock = clock
    return {**made, "作废的": revoked.secret, "过期的": expired.secret}


def browser(web: FastAPI) -> httpx.AsyncClient:
    """Somebody with a browser of their own."""
    transport = httpx.ASGITransport(web, raise_app_exceptions=False)
    return httpx.AsyncClient(transport=transport, base_url="http://policy.test")


@asynccontextmanager
async def installation(folder: Path) -> AsyncIterator[tuple[config.Config, Assistant, FakeBotApi, FastAPI]]:
    """Everything that runs."""
    async with AsyncExitStack() as stack:
        api = await FakeBotApi().start()
        stack.push_async_callback(api.stop)
        found = prepare(folder, api)
        assistant = stack.enter_context(app.open_service(found))
        routers = [*app.open_console(assistant, found), open_webhook(assistant, found)]
        yield found, assistant, api, create_app(assistant, settings=found.settings.bot, routers=routers)
