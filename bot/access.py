"""Who may do what. Every channel asks here, and nowhere else; what is not allowed here is forbidden."""

from collections.abc import Collection, Mapping
from enum import IntEnum, StrEnum
from types import MappingProxyType

from bot.settings import TelegramSettings


class Role(IntEnum):
    """What a person of a chat service may do; each role may do what the ones before it may."""

    CITIZEN = 0  # ask
    STAFF = 1  # look clauses, phrases and values up by command
    ADMIN = 2  # change the documents, read the question log


class ConsoleRole(StrEnum):
    """What a user of the web console is."""

    VIEWER = "viewer"
    EDITOR = "editor"
    ADMIN = "admin"


class Deed(StrEnum):
    """What can be done in the web console."""

    LOOK = "look"  # documents, question log, figures, audit log
    EDIT = "edit"  # upload and publish, correct values, decide about questions, own password
    UNDO = "undo"  # withdraw, restore, roll back
    FORCE = "force"  # publish what the gate held back


_DEEDS: Mapping[ConsoleRole, frozenset[Deed]] = MappingProxyType(
    {
        ConsoleRole.VIEWER: frozenset({Deed.LOOK}),
        ConsoleRole.EDITOR: frozenset({Deed.LOOK, Deed.EDIT}),
        ConsoleRole.ADMIN: frozenset(Deed),
    }
)


def may(role: ConsoleRole, deed: Deed, granted: Collection[Deed] = frozenset(Deed)) -> bool:
    """Say whether a user of the console may do something; forbidden unless listed.

    :param granted: what the token may be used for that they come with; one who has signed in has no such bounds
    """
    return deed in granted and deed in _DEEDS.get(role, frozenset())


def role_of(settings: TelegramSettings, person: int) -> Role:
    """Return the role of a Telegram user; anybody not listed in the configuration is a citizen."""
    if person in settings.admins:
        return Role.ADMIN
    return Role.STAFF if person in settings.staff else Role.CITIZEN
