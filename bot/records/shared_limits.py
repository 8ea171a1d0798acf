"""A limiter that all processes of an installation share; where its database cannot be used, each counts for itself."""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import monotonic

from sqlalchemy import Engine

from bot.limits import Limiter, TokenBuckets
from bot.records.database import open_database, writing
from bot.records.limits import take
from bot.records.records import Clock, Records, utc_now
from index.errors import StoreError

LOG = logging.getLogger(__name__)

_WAIT_S = 0.25  # for a lock: somebody waits for the answer, and counting in memory is good enough for a while
_AWAY_S = 10.0  # a database that failed is left alone for so long, so that not every caller waits for it
_ALONE = "次数暂时不能和别的进程一起数\uff0c先各数各的\uff0c照常回答\uff1a%s"


class SharedLimits:
    """Turns taken in a database; threads may share it.

    :param alias: makes the pseudonym of a caller: names and addresses are never stored
    :param clock: UTC without a zone, the same in all processes
    :param timer: seconds of a clock that never goes back
    """

    blocks = True

    def __init__(
        self,
        engine: Engine,
        alias: Callable[[str], str],
        clock: Clock = utc_now,
        timer: Callable[[], float] = monotonic,
    ) -> None:
        self._engine, self._alias, self._clock, self._timer = engine, alias, clock, timer
        self._alone = TokenBuckets(timer)
        self._away = False
        self._again_at = timer()

    def wait_s(self, caller: str, per_minute: int) -> int:
        """Take one turn; return 0, or the whole seconds until the next one where there is none left."""
        if self._timer() < self._again_at:
            return self._alone.wait_s(caller, per_minute)
        try:
            with writing(self._engine) as connection:
                seconds = take(connection, self._alias(caller), per_minute, self._clock())
        except StoreError as error:
            self._again_at = self._timer() + _AWAY_S
            if not self._away:
                LOG.error(_ALONE, error)
            self._away = True
            return self._alone.wait_s(caller, per_minute)
        if self._away:
            LOG.warning("次数又和别的进程一起数了")
        self._away = False
        return seconds


@contextmanager
def open_shared_limits(records: Records | None) -> Iterator[Limiter | None]:
    """Open a limiter over the records' database; None without records, or where it cannot be used: the log says why.

    It has connections of its own: they wait for a lock much shorter than those that must not lose a row.
    """
    if records is None:
        yield None
        return
    try:
        engine = open_database(records.engine.url, wait_s=_WAIT_S)
    except StoreError as error:
        LOG.error(_ALONE, error)
        yield None
        return
    try:
        yield SharedLimits(engine, records.alias, records.clock)
    finally:
        engine.dispose()
