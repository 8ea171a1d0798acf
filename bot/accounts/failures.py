"""Wrong passwords: counted by user and address, by address, and by user, so that guessing takes for ever."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from math import ceil

from sqlalchemy import Connection, delete, insert, select

from bot.records.schema import failures

# Beside the configured limit of one user from one address: an address that tries many names, and a name that is
# tried from many addresses. The last is wide: who locks others out on purpose needs as many addresses.
_BY_ADDRESS, _BY_USER = 4, 20

Keys = Mapping[str, int]  # pseudonym → how many wrong passwords it may have


def keys_of(pair: str, address: str, user: str, limit: int) -> Keys:
    """Return what a try counts for; the three names are pseudonyms."""
    return {pair: limit, address: limit * _BY_ADDRESS, user: limit * _BY_USER}


def wait_s(connection: Connection, keys: Keys, now: datetime, window: timedelta) -> int:
    """Return the seconds until a try counts again, 0 where it does now."""
    waits = [0.0]
    for key, limit in keys.items():
        rows = connection.scalars(
            select(failures.c.at)
            .where(failures.c.key == key, failures.c.at > now - window)
            .order_by(failures.c.at.desc(), failures.c.id.desc())
            .limit(limit)
        ).all()
        if len(rows) == limit:
            waits.append((rows[-1] + window - now).total_seconds())
    return ceil(max(waits))


def count(connection: Connection, keys: Keys, now: datetime) -> None:
    """Note a wrong password."""
    connection.execute(insert(failures), [{"key": key, "at": now} for key in keys])


def forgive(connection: Connection, key: str) -> None:
    """Forget the wrong passwords of one key."""
    connection.execute(delete(failures).where(failures.c.key == key))
