"""The arguments of ``policybot users …``. A password is never one of them: other people's ``ps`` shows those."""

import argparse
from collections.abc import Callable
from typing import Any

from bot.access import ConsoleRole, Deed


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
    program = verb("token", "发一个令牌,程序用它调 /api/v1/admin;只显示一次", "token")
    programs = verb("tokens", "列出令牌", "tokens")
    ended = verb("revoke", "作废一个令牌", "revoke")
    for parser in (new, off, on, other, program):
        parser.add_argument("user", metavar="NAME", help="用户名")
    new.add_argument(
        "--role",
        choices=[role.value for role in ConsoleRole],
        default=ConsoleRole.VIEWER.value,
        help="viewer 只看(默认),editor 发布和处理,admin 还能撤下、回滚、强制发布",
    )
    ended.add_argument("token", metavar="ID", help="令牌的编号")
    program.add_argument(
        "--scopes",
        nargs="+",
        choices=[deed.value for deed in Deed],
        required=True,
        metavar="SCOPE",
        help="能做什么:look 看,edit 预览和发布,undo 撤下、恢复、回滚,force 检查没过也发布;不超过用户的角色",
    )
    program.add_argument("--days", type=int, default=90, metavar="N", help="几天以后失效,默认 90,最多 366")
    for parser in (program, programs):
        parser.add_argument("--json", action="store_true", help="输出 JSON")
