"""The nouns of accounts. Times are UTC."""

from dataclasses import dataclass
from datetime import datetime

from bot.access import ConsoleRole
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
    """Somebody who is signed in; ``csrf`` must come back with every form of theirs."""

    user: str
    role: ConsoleRole
    csrf: str


class SignInError(InputError):
    """Nobody was signed in: name or password is wrong."""


class LockedOutError(SignInError):
    """Too many wrong passwords; ``seconds`` until the next try counts."""

    def __init__(self, seconds: int) -> None:
        self.seconds = seconds
        minutes = -(-seconds // 60)
        super().__init__(f"密码错得太多,请 {minutes} 分钟后再试".replace(",", "\uff0c"))
