"""Who may do what. Every channel that knows people by numeric id asks here, and nowhere else."""

from enum import IntEnum

from bot.settings import TelegramSettings


class Role(IntEnum):
    """What a person may do; each role may do what the ones before it may."""

    CITIZEN = 0  # ask
    STAFF = 1  # look clauses, phrases and values up by command
    ADMIN = 2  # change the documents, read the question log


def role_of(settings: TelegramSettings, person: int) -> Role:
    """Return the role of a Telegram user; anybody not listed in the configuration is a citizen."""
    if person in settings.admins:
        return Role.ADMIN
    return Role.STAFF if person in settings.staff else Role.CITIZEN
