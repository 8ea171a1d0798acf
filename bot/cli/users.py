"""``policybot users …``: who may sign in to the web console."""

import argparse
import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from getpass import getpass

from bot import app
from bot.access import ConsoleRole, Deed
from bot.accounts.accounts import Accounts
from bot.cli.actor import actor
from bot.config import Config
from bot.errors import InputError

ROLES = {ConsoleRole.VIEWER: "只看", ConsoleRole.EDITOR: "编辑", ConsoleRole.ADMIN: "管理员"}


@contextmanager
def _accounts(config: Config) -> Iterator[Accounts]:
    records = app.open_records(config)
    try:
        yield Accounts(records, config.settings.bot.web.console)
    finally:
        records.close()


def _password() -> str:
    """Ask for a new password twice, or read one line where no person sits there."""
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\r\n")
    try:
        first, second = getpass("新密码:"), getpass("再输一次:")
    except EOFError:
        raise InputError("没有输入密码,什么也没有改") from None
    if first != second:
        raise InputError("两次输入的密码不一样,什么也没有改;请再来一次")
    return first


def add(config: Config, options: argparse.Namespace) -> None:
    """Add a user."""
    with _accounts(config) as accounts:
        accounts.add(actor(), options.user, ConsoleRole(options.role), _password())
    print(f"已添加 {options.user}({ROLES[ConsoleRole(options.role)]});在 /admin 登录")


def listing(config: Config, options: argparse.Namespace) -> None:
    """List the users."""
    with _accounts(config) as accounts:
        users = accounts.listed()
    for user in users:
        row = {"name": user.name, "role": user.role.value, "disabled": user.disabled}
        state = "  已停用" if user.disabled else ""
        print(
            json.dumps(row, ensure_ascii=False) if options.json else f"{user.name}  {ROLES[user.role]}{state}"
        )
    if not users and not options.json:
        print("还没有用户;policybot users add 名字 --role admin 添加第一个")


def disable(config: Config, options: argparse.Namespace) -> None:
    """Keep a user from signing in."""
    with _accounts(config) as accounts:
        accounts.disable(actor(), options.user)
    print(f"已停用 {options.user}")


def enable(config: Config, options: argparse.Namespace) -> None:
    """Let a user sign in again."""
    with _accounts(config) as accounts:
        accounts.disable(actor(), options.user, disabled=False)
    print(f"已启用 {options.user}")


def password(config: Config, options: argparse.Namespace) -> None:
    """Give a user another password."""
    with _accounts(config) as accounts:
        accounts.set_password(actor(), options.user, _password())
    print(f"已换密码,{options.user} 要重新登录")


def token(config: Config, options: argparse.Namespace) -> None:
    """Make a token with which a program does what a user may; it is shown this once."""
    scopes = {Deed(scope) for scope in options.scopes}
    with _accounts(config) as accounts:
        made = accounts.issue_token(actor(), options.user, scopes, options.days)
    if options.json:
        said = {"id": made.id, "token": made.secret, "until": f"{made.until:%Y-%m-%d}"}
        print(json.dumps(said, ensure_ascii=False))
        return
    print(made.secret)
    print(f"编号 {made.id},用到 {made.until:%Y-%m-%d}。令牌只显示这一次,请收好", file=sys.stderr)


def tokens(config: Config, options: argparse.Namespace) -> None:
    """List the tokens without their secrets."""
    with _accounts(config) as accounts:
        found = accounts.tokens()
        now = accounts.now
    for one in found:
        scopes = sorted(one.scopes)
        row = {"id": one.id, "user": one.user, "scopes": scopes, "until": f"{one.until:%Y-%m-%d}"}
        over = "  已过期" if one.until <= now else ""
        words = f"{one.id}  {one.user}  {','.join(scopes)}  到 {one.until:%Y-%m-%d}{over}"
        print(json.dumps(row, ensure_ascii=False) if options.json else words)
    if not found and not options.json:
        print("还没有令牌;policybot users token 名字 --scopes look 发一个")


def revoke(config: Config, options: argparse.Namespace) -> None:
    """End a token."""
    with _accounts(config) as accounts:
        accounts.revoke_token(actor(), options.token)
    print(f"已作废 {options.token}")
