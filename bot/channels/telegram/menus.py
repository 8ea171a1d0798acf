"""The menus of commands: what each person sees when they tap the slash. Menus decide nothing; roles do."""

import logging
from collections.abc import Iterator
from typing import Any

from telegram import BotCommandScope, BotCommandScopeChat, BotCommandScopeDefault
from telegram.error import TelegramError
from telegram.ext import Application

from bot.access import Role, role_of
from bot.settings import TelegramSettings
from bot.telemetry.errors import describe

LOG = logging.getLogger(__name__)
Commands = tuple[tuple[str, str], ...]

CITIZEN: Commands = (
    ("start", "从这里开始,看几个例子"),
    ("ask", "提问(群里用):/ask 问题"),
    ("region", "选一个地方"),
    ("help", "怎么用"),
    ("privacy", "怎么对待您的信息"),
    ("delete_my_data", "删掉我的记录"),
)
CITIZEN_IN_ENGLISH: Commands = (
    ("start", "Start here, with examples"),
    ("ask", "Ask (in groups): /ask question"),
    ("region", "Choose a region"),
    ("help", "How to use it"),
    ("privacy", "What happens to your data"),
    ("delete_my_data", "Delete my data"),
)
STAFF: Commands = (
    ("clause", "查条款:/clause 襄阳 第三章第三节(四)3"),
    ("find", "哪里写了这个词:/find 双随机"),
    ("indicator", "查指标值:/indicator 创建率"),
    ("compare", "几个地方比一个指标:/compare 创建率"),
    ("docs", "收录了哪些文件"),
)
ADMIN: Commands = (
    ("withdraw", "撤下文件:/withdraw 编号 原因"),
    ("rollback", "退回上一次发布之前"),
    ("history", "文件的来去:/history 编号"),
    ("stats", "最近 30 天的数"),
    ("unanswered", "没答上的问题"),
)


def commands_of(role: Role) -> Commands:
    """List the commands a role may use."""
    return CITIZEN + (STAFF if role >= Role.STAFF else ()) + (ADMIN if role >= Role.ADMIN else ())


def _menus(settings: TelegramSettings) -> Iterator[tuple[BotCommandScope, Commands, str | None]]:
    yield BotCommandScopeDefault(), CITIZEN, None
    yield BotCommandScopeDefault(), CITIZEN_IN_ENGLISH, "en"
    for person in dict.fromkeys((*settings.staff, *settings.admins)):
        yield BotCommandScopeChat(person), commands_of(role_of(settings, person)), None


async def show_menus(
    application: Application[Any, Any, Any, Any, Any, Any], settings: TelegramSettings
) -> None:
    """Fill the menus; the bot works without them, and one that is refused (a stranger's chat) keeps no other back."""
    for scope, commands, language in _menus(settings):
        try:
            await application.bot.set_my_commands(commands, scope=scope, language_code=language)
        except TelegramError as error:
            LOG.warning("命令菜单(%s)没有设上(%s)", scope.type, describe(error))
