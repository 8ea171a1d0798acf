"""Sessions: a random token in the browser, its digest in the database."""

import hmac
from datetime import datetime, timedelta
from hashlib import sha256
from secrets import token_urlsafe

from sqlalchemy import Connection, delete, insert, select, update

from bot.access import ConsoleRole
from bot.accounts.types import Session
from bot.records.schema import sessions, users

_TOKEN_BYTES = 32
_NOTED_EVERY = timedelta(minutes=1)  # that somebody is still there is written no more often


def digest(token: str) -> str:
    """Return what stands for a token in the database."""
    return sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def new_token() -> str:
    """Return what nobody can guess."""
    return token_urlsafe(_TOKEN_BYTES)


def csrf_of(token: str) -> str:
    """Return what forms carry beside the cookie: who does not know the token cannot make it."""
    return hmac.new(token.encode("utf-8", "surrogatepass"), b"csrf", sha256).hexdigest()


def begin(connection: Connection, user: str, now: datetime) -> str:
    """Write a session down and return its token."""
    token = new_token()
    connection.execute(insert(sessions), {"token": digest(token), "user": user, "at": now, "seen": now})
    return token


def find(
    connection: Connection, token: str, now: datetime, idle: timedelta, whole: timedelta
) -> Session | None:
    """Return the session of a token; None where it has ended or its user may not sign in any more."""
    own = select(sessions.c.seen, users.c.name, users.c.role).join(users, users.c.name == sessions.c.user)
    row = connection.execute(
        own.where(
            sessions.c.token == digest(token),
            sessions.c.at > now - whole,
            sessions.c.seen > now - idle,
            users.c.disabled.is_(False),
        )
    ).first()
    return Session(row.name, ConsoleRole(row.role), csrf_of(token)) if row else None


def stale(connection: Connection, token: str, now: datetime) -> bool:
    """Say whether it is time to note that a session's user is still there."""
    seen = connection.scalar(select(sessions.c.seen).where(sessions.c.token == digest(token)))
    return seen is not None and seen < now - _NOTED_EVERY


def note(connection: Connection, token: str, now: datetime) -> None:
    """Note that a session's user is still there."""
    connection.execute(update(sessions).where(sessions.c.token == digest(token)).values(seen=now))


def end(connection: Connection, token: str) -> None:
    """End a session."""
    connection.execute(delete(sessions).where(sessions.c.token == digest(token)))


def end_all(connection: Connection, user: str) -> None:
    """End every session of a user."""
    connection.execute(delete(sessions).where(sessions.c.user == user))
