"""How often each caller may ask, counted once for all processes.

GCRA (the generic cell rate algorithm of ITU-T I.371): of a caller only the moment is kept at which all their turns are
there again. A turn moves it on by its part of a minute; where it would come to lie more than a minute ahead there is no
turn left. Whole microseconds, so that nothing is gained by rounding.
"""

from datetime import datetime, timedelta
from math import ceil

from sqlalchemy import Connection, case, delete, or_, update

from bot.records.schema import limits
from bot.records.upsert import put_in

_EPOCH = datetime(1970, 1, 1)
_MICROSECOND = timedelta(microseconds=1)
_SECOND = 1_000_000
_MINUTE = 60 * _SECOND
# Times are wall clocks': no other is the same in all processes and after a restart. Those of several machines may differ
# by this much; a moment further ahead can only have been written before a clock was set back.
_SKEW = _MINUTE


def _micros(at: datetime) -> int:
    return (at - _EPOCH) // _MICROSECOND


def take(connection: Connection, caller: str, per_minute: int, now: datetime) -> int:
    """Take one turn in this transaction; return 0, or the whole seconds until the next one where there is none left.

    A clock set forward gives a caller a minute's turns at most, one set back costs them a minute or so, however far it
    was set: what is stored from the other side of the jump counts as an empty bucket.

    :param caller: a pseudonym
    :param per_minute: how many turns a minute has, at least 1
    """
    at, part = _micros(now), -(-_MINUTE // per_minute)  # rounded up: never more than per_minute
    whole = part * per_minute
    full_at = limits.c.full_at
    known = case((full_at < at, at), (full_at > at + whole + _SKEW, at + whole), else_=full_at)
    # the row is locked from here to the end of the transaction: whoever else takes a turn of this caller waits
    begun: int = put_in(connection, limits, {"caller": caller, "full_at": at}, full_at, known)
    over = begun + part - at - whole
    if over > 0:
        return ceil(over / _SECOND)
    connection.execute(update(limits).where(limits.c.caller == caller).values(full_at=begun + part))
    return 0


def purge(connection: Connection, now: datetime) -> int:
    """Delete the callers whose turns are all there, and what a clock that was set back left; return how many."""
    at = _micros(now)
    gone = or_(limits.c.full_at <= at, limits.c.full_at > at + 2 * _MINUTE + _SKEW)
    return connection.execute(delete(limits).where(gone)).rowcount
