"""The users of the console behind a few verbs: added, disabled, signed in and out."""

import re
from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, insert, select, update
from sqlalchemy.exc import IntegrityError

from bot.access import ConsoleRole, Deed
from bot.accounts import failures, sessions, tokens
from bot.accounts.passwords import hashed, matches
from bot.accounts.types import LockedOutError, Session, SignInError, Token, User
from bot.errors import InputError
from bot.records import audit
from bot.records.database import reading, writing
from bot.records.records import Records
from bot.records.schema import users
from bot.settings import ConsoleSettings

_NAME = re.compile(r"[\w.-]{1,40}")
_WRONG = "用户名或密码不对"


class Accounts:
    """The users of one installation; threads may share it."""

    def __init__(self, records: Records, settings: ConsoleSettings) -> None:
        self._records, self._settings = records, settings

    def listed(self) -> tuple[User, ...]:
        """Return all users by name.

        :raises StoreError: as all methods do where the database cannot be used
        """
        with reading(self._records.engine) as connection:
            rows = connection.execute(select(users).order_by(users.c.name))
            return tuple(User(row.name, ConsoleRole(row.role), row.at, row.disabled) for row in rows)

    def add(self, actor: str, name: str, role: ConsoleRole, password: str) -> None:
        """Add a user.

        :raises InputError: the name is taken or no name, or the password is too easy
        """
        if not _NAME.fullmatch(name):
            raise InputError(f"用户名 {name!r} 用不了:1 到 40 个字母、汉字、数字、点、横线或下划线")
        kept, now = hashed(password, name), self._records.clock()
        row = {"name": name, "role": role.value, "password": kept, "disabled": False, "at": now}
        with writing(self._records.engine) as connection:
            try:
                connection.execute(insert(users), row)
            except IntegrityError:
                raise InputError(f"用户 {name} 已经有了;改密码用 policybot users password {name}") from None
            self._note(connection, actor, "user.added", name, {"role": role.value})

    def set_password(self, actor: str, name: str, password: str) -> None:
        """Give a user another password, and end all their sessions.

        :raises InputError: there is no such user, or the password is too easy
        """
        kept = hashed(password, name)
        with writing(self._records.engine) as connection:
            self._change(connection, name, {"password": kept})
            self._note(connection, actor, "user.password", name, {})

    def disable(self, actor: str, name: str, *, disabled: bool = True) -> None:
        """Keep a user from signing in, or let them again; their sessions end at once.

        :raises InputError: there is no such user
        """
        with writing(self._records.engine) as connection:
            self._change(connection, name, {"disabled": disabled})
            self._note(connection, actor, "user.disabled" if disabled else "user.enabled", name, {})

    def sign_in(self, name: str, password: str, address: str) -> str:
        """Begin a session and return its token.

        :param address: where the try comes from
        :raises LockedOutError: there were too many wrong passwords
        :raises SignInError: there is no such user, they are disabled, or the password is another
        """
        keys = self._keys(name, address)
        window = timedelta(minutes=self._settings.lockout_minutes)
        with writing(self._records.engine) as connection:
            now = self._records.clock()
            seconds = failures.wait_s(connection, keys, now, window)
            if not seconds:  # counted before it is known: tries at the same moment count as well
                failures.count(connection, keys, now)
            kept = connection.scalar(
                select(users.c.password).where(users.c.name == name, users.c.disabled.is_(False))
            )
        if seconds:
            raise LockedOutError(seconds)
        if not matches(password, kept):
            raise SignInError(_WRONG)
        with writing(self._records.engine) as connection:
            for key in keys:
                failures.forgive(connection, key)
            self._note(connection, f"web:{name}", "user.signed_in", name, {})
            return sessions.begin(connection, name, self._records.clock())

    def session(self, token: str) -> Session | None:
        """Return who is signed in with a token, None for nobody; the session goes on."""
        idle = timedelta(minutes=self._settings.idle_minutes)
        whole, now = timedelta(hours=self._settings.session_hours), self._records.clock()
        with reading(self._records.engine) as connection:
            found = sessions.find(connection, token, now, idle, whole)
            noted = found is None or not sessions.stale(connection, token, now)
        if not noted:
            with writing(self._records.engine) as connection:
                sessions.note(connection, token, now)
        return found

    def sign_out(self, token: str) -> None:
        """End a session."""
        with writing(self._records.engine) as connection:
            sessions.end(connection, token)

    def issue_token(self, actor: str, name: str, scopes: Collection[Deed], days: int) -> Token:
        """Make a token with which a program does what a user may; its secret is shown this once.

        :raises InputError: there is no such user, nothing is granted, or it would last too long
        """
        with writing(self._records.engine) as connection:
            made = tokens.issue(connection, name, scopes, self._records.clock(), days)
            detail = {"id": made.id, "scopes": sorted(made.scopes), "until": made.until.date().isoformat()}
            self._note(connection, actor, "token.issued", name, detail)
            return made

    @property
    def now(self) -> datetime:
        """What time it is for sessions and tokens."""
        return self._records.clock()

    def tokens(self) -> tuple[Token, ...]:
        """Return all tokens without their secrets, the newest first."""
        with reading(self._records.engine) as connection:
            return tokens.listed(connection)

    def revoke_token(self, actor: str, identifier: str) -> None:
        """End a token at once.

        :raises InputError: there is no such token
        """
        with writing(self._records.engine) as connection:
            user = tokens.revoke(connection, identifier)
            self._note(connection, actor, "token.revoked", user, {"id": identifier})

    def bearer(self, secret: str) -> Session | None:
        """Return whose token it is, None for nobody's."""
        with reading(self._records.engine) as connection:
            return tokens.find(connection, secret, self._records.clock())

    def _keys(self, name: str, address: str) -> failures.Keys:
        pair, place, person = f"sign-in:{name}@{address}", f"sign-in:@{address}", f"sign-in:{name}@"
        alias = self._records.alias
        return failures.keys_of(alias(pair), alias(place), alias(person), self._settings.wrong_passwords)

    def _change(self, connection: Connection, name: str, values: Mapping[str, Any]) -> None:
        changed = connection.execute(update(users).where(users.c.name == name).values(**values))
        if not changed.rowcount:
            raise InputError(f"没有用户 {name};policybot users list 列出全部")
        sessions.end_all(connection, name)

    def _note(
        self, connection: Connection, actor: str, action: str, name: str, detail: Mapping[str, Any]
    ) -> None:
        audit.append(connection, self._records.clock(), actor, action, name, detail)
