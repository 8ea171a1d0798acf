"""Telegram: commands, files, buttons and updates of those who may not."""

import asyncio
from collections.abc import AsyncIterator
from itertools import product
from secrets import token_hex

from fastapi import FastAPI

from bot import app, config
from bot.assistant import Assistant
from bot.channels.telegram import admin, keyboards, texts
from bot.channels.telegram.ingress import HEADER, Ingress, ingress_routes
from bot.channels.telegram.service import serve_in
from bot.channels.telegram.staff import STAFF_COMMANDS
from bot.demo.peer.bot_api import FakeBotApi
from bot.demo.peer.telegram_people import Person, make_group
from tests.bot.barred.site import ADMIN, CITIZEN, PLAN, STAFF, Try, browser


async def telegram_commands(api: FakeBotApi) -> AsyncIterator[Try]:
    """Every command of admins and staff, in private and in a group."""
    group = make_group(api)
    citizen, staff, chief = Person(api, CITIZEN), Person(api, STAFF), Person(api, ADMIN)
    for verb in admin.ACTS:
        for who, person, chat in (
            ("市民", citizen, None),
            ("工作人员", staff, None),
            ("市民在群里", citizen, group),
            ("管理员在群里", chief, group),
        ):
            said = (await person.ask(f"/{verb} jia", chat)).text
            yield Try("telegram", f"/{verb}", who, said != texts.UNKNOWN_COMMAND)
    for verb, chat in product(STAFF_COMMANDS, (None, group)):
        said = (await citizen.ask(f"/{verb} jia @policy_bot", chat)).text
        yield Try("telegram", f"/{verb}", "市民在群里" if chat else "市民", said != texts.UNKNOWN_COMMAND)


async def telegram_files(api: FakeBotApi) -> AsyncIterator[Try]:
    """Files of who is no admin: not even fetched."""
    for who, number in (("市民", CITIZEN), ("工作人员", STAFF)):
        for caption in ("", "替换 jia", "地区=甲市 编号=jia"):
            person = Person(api, number)
            await person.upload("a.txt", PLAN.encode(), caption)
            said = (await person.receive()).text
            yield Try(
                "telegram", f"文件 {caption}", who, said != texts.NOT_TEXT or bool(api.calls_of("getFile"))
            )


async def telegram_buttons(api: FakeBotApi) -> AsyncIterator[Try]:
    """An admin's buttons pressed by others; buttons that nobody was given."""
    chief = Person(api, ADMIN)
    for command in ("/withdraw jia", "/rollback"):
        sure = await chief.ask(command)
        for (who, number), label in product((("市民", CITIZEN), ("工作人员", STAFF)), ("确认", "取消")):
            said = (await Person(api, number).tap(sure, label)).get("text")
            yield Try("telegram", f"{command} {label}", who, said != texts.NOT_YOURS)
        for verb in (keyboards.YES, keyboards.NO):
            for data in (f"1:{token_hex(6)}:{verb}:0", f"1:{'0' * 12}:{verb}:0", f"0::{verb}:1", verb):
                said = (await Person(api, CITIZEN).press(sure, data)).get("text")
                yield Try("telegram", f"伪造的按钮 {verb}", "市民", said != texts.EXPIRED)


async def webhook() -> AsyncIterator[Try]:
    """Updates that do not come from Telegram."""
    ingress = Ingress("https://zc.example/telegram", "s" * 32)
    web = FastAPI()
    web.include_router(ingress_routes(ingress))
    async with browser(web) as client:
        for secret in (None, "", "s" * 31, "s" * 33, "S" * 32, "密钥".encode(), "s" * 5000):
            headers = {} if secret is None else {HEADER: secret}
            sent = await client.post("/telegram", json={"update_id": 1}, headers=headers)
            yield Try("telegram", "webhook", f"密钥 {str(secret)[:8]!r}", sent.status_code != 403)


async def over_telegram(found: config.Config, assistant: Assistant, api: FakeBotApi) -> AsyncIterator[Try]:
    """All of Telegram, with the bot running."""
    stop = asyncio.Event()
    office = app.open_office(assistant, found)
    work = asyncio.create_task(serve_in(assistant, found.settings.bot, api.token, (), stop, office))
    for part in (telegram_commands(api), telegram_files(api), telegram_buttons(api), webhook()):
        async for each in part:
            yield each
    stop.set()
    await work
