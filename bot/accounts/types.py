"""The nouns of accounts. Times are UTC."""

from dataclasses import dataclass, field
from datetime import datetime

from bot.access import ConsoleRole, Deed
from bot.errors import InputError


@dataclass(frozen=True, slots=True)
class User:
    """A user of the console; a disabled one stays in the list and cannot sign in."""

    name: str
    role: ConsoleRole
    at: datetime  # added
    disabled: bool = False


@dataclass(frozen=True, slots=True)
class Session:
    """Somebody who is signed in; ``csrf`` must come back with every form of theirs.

    A program's is by token, named by its id: it may do what the token grants and its user may.
    """

    user: str
    role: ConsoleRole
    csrf: str
    granted: frozenset[Deed] = frozenset(Deed)
    token: str = ""


@dataclass(frozen=True, slots=True)
class Token:
    """A token of a user; ``secret`` is known only when it is made."""

    id: str
    user: str
    scopes: frozenset[Deed]
    at: datetime
    until: datetime
    secret: str = field(default="", repr=False)


class SignInError(InputError):
    """Nobody was signed in: name or password is wrong."""


class LockedOutError(SignInError):
    """Too many wrong passwords; ``seconds`` until the next try counts."""

    def __init__(self, seconds: int) -> None:
        self.seconds = seconds
        minutes = -(-seconds // 60)
        super().__init__(f"密码错得太多,请 {minutes} 分钟后再试".replace(",", "\uff0c"))
