"""The arguments of ``policybot users …``. A password is never one of them: other people's ``ps`` shows those."""

import argparse
from collections.abc import Callable
from typing import Any

from bot.access import ConsoleRole


def add(
    commands_of: "argparse._SubParsersAction[argparse.ArgumentParser]",
    paths: Callable[[], argparse.ArgumentParser],
    later: Callable[[str, str], Callable[..., Any]],
) -> None:
    """Add the command.

    :param paths: the options every command takes
    :param later: a command by module and function, imported when it runs
    """
    actions = commands_of.add_parser("users", help="管理台的用户", parents=[paths()])
    verbs = actions.add_subparsers(metavar="ACTION", required=True)

    def verb(name: str, told: str, function: str) -> argparse.ArgumentParser:
        parser = verbs.add_parser(name, help=told, parents=[paths()])
        parser.set_defaults(run=later("users", function))
        return parser

    new = verb("add", "添加用户;密码当场输入,或从标准输入读一行", "add")
    listing = verb("list", "列出用户", "listing")
    listing.add_argument("--json", action="store_true", help="每行一个 JSON")
    off = verb("disable", "停用用户,已登录的当即退出", "disable")
    on = verb("enable", "重新启用用户", "enable")
    other = verb("password", "换密码;当场输入,或从标准输入读一行", "password")
    for parser in (new, off, on, other):
        parser.add_argument("user", metavar="NAME", help="用户名")
    new.add_argument(
        "--role",
        choices=[role.value for role in ConsoleRole],
        default=ConsoleRole.VIEWER.value,
        help="viewer 只看(默认),editor 发布和处理,admin 还能撤下、回滚、强制发布",
    )
