"""Tokens of programs: random, shown once, known here by their digest; they end with their time or their user."""

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from secrets import token_hex

from sqlalchemy import Connection, delete, insert, select

from bot.access import ConsoleRole, Deed
from bot.accounts.sessions import digest, new_token
from bot.accounts.types import Session, Token
from bot.errors import InputError
from bot.records.schema import tokens, users

LONGEST_DAYS = 366  # whoever needs one longer makes a new one: forgotten ones end by themselves
_PREFIX = "policybot_"  # by which people and scanners of leaked secrets know what it is
_ID_BYTES = 4


def _granted(scopes: Iterable[str]) -> frozenset[Deed]:
    """Return the known ones: what a newer program granted is nothing here."""
    known = {deed.value for deed in Deed}
    return frozenset(Deed(scope) for scope in scopes if scope in known)


def issue(connection: Connection, user: str, scopes: Collection[Deed], now: datetime, days: int) -> Token:
    """Make a token of a user; ``secret`` is in no other answer.

    :raises InputError: there is no such user, nothing is granted, or it would last too long
    """
    if not 1 <= days <= LONGEST_DAYS:
        raise InputError(f"令牌要用 1 到 {LONGEST_DAYS} 天,现在是 {days};用完可以再发")
    if not scopes:
        raise InputError(f"令牌至少要有一种权限:{'、'.join(deed.value for deed in Deed)}")
    if connection.scalar(select(users.c.name).where(users.c.name == user)) is None:
        raise InputError(f"没有用户 {user};policybot users list 列出全部")
    made = Token(
        token_hex(_ID_BYTES), user, frozenset(scopes), now, now + timedelta(days=days), _PREFIX + new_token()
    )
    row = {"id": made.id, "token": digest(made.secret), "user": user, "at": now, "until": made.until}
    connection.execute(insert(tokens), {**row, "scopes": sorted(deed.value for deed in scopes)})
    return made


def find(connection: Connection, secret: str, now: datetime) -> Session | None:
    """Return whose token it is and what it grants; None where it has ended or its user is disabled."""
    own = select(tokens.c.id, tokens.c.scopes, users.c.name, users.c.role).join(
        users, users.c.name == tokens.c.user
    )
    row = connection.execute(
        own.where(tokens.c.token == digest(secret), tokens.c.until > now, users.c.disabled.is_(False))
    ).first()
    return Session(row.name, ConsoleRole(row.role), "", _granted(row.scopes), row.id) if row else None


def listed(connection: Connection) -> tuple[Token, ...]:
    """Return all tokens without their secrets, the newest first."""
    rows = connection.execute(select(tokens).order_by(tokens.c.at.desc(), tokens.c.id))
    return tuple(Token(row.id, row.user, _granted(row.scopes), row.at, row.until) for row in rows)


def revoke(connection: Connection, identifier: str) -> str:
    """End a token; return whose it was.

    :raises InputError: there is no such token
    """
    user = connection.scalar(select(tokens.c.user).where(tokens.c.id == identifier))
    if user is None:
        raise InputError(f"没有编号为 {identifier} 的令牌;policybot users tokens 列出全部")
    connection.execute(delete(tokens).where(tokens.c.id == identifier))
    return str(user)
