"""Passwords as argon2id hashes (RFC 9106, second recommended option: 64 MiB, 3 passes, 4 lanes)."""

import re
from functools import cache
from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from argon2.profiles import RFC_9106_LOW_MEMORY

from bot.errors import InputError

MIN_CHARS = 10  # NIST SP 800-63B asks for 8 at least and no rules on kinds of characters
MAX_CHARS = 200  # more only costs time
_AT_ONCE = 2  # each takes 64 MiB: a flood of wrong passwords must wait for its turn
_TURN = BoundedSemaphore(_AT_ONCE)
_HASHER = PasswordHasher.from_parameters(RFC_9106_LOW_MEMORY)


def hashed(password: str, user: str) -> str:
    """Return the hash of a new password.

    :raises InputError: it is too short or too long, says the user's name, or repeats one character
    """
    if not MIN_CHARS <= len(password) <= MAX_CHARS:
        raise InputError(f"密码要 {MIN_CHARS} 到 {MAX_CHARS} 个字符,现在是 {len(password)} 个;请换一个")
    if user.lower() in password.lower() or re.fullmatch(r"(.)\1*", password, re.DOTALL):
        raise InputError("密码里不能有用户名,也不能只是一个字符的重复;请换一个")
    with _TURN:
        return _HASHER.hash(password.encode("utf-8", "surrogatepass"))


@cache
def _nobody() -> str:
    """A hash no password has: a name nobody has takes as long to refuse as a known one."""
    return _HASHER.hash(b"\0")


def matches(password: str, kept: str | None) -> bool:
    """Say whether a password is the one of a hash, in the same time where there is no hash (None)."""
    with _TURN:
        try:
            right = _HASHER.verify(
                kept or _nobody(), password[: MAX_CHARS + 1].encode("utf-8", "surrogatepass")
            )
        except (VerificationError, InvalidHashError):
            return False
    return right and kept is not None
