"""The updates in hand, noted off the event loop, in transactions of whatever has gathered meanwhile."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from time import monotonic
from typing import TypeVar

from bot.records.inbox import Inbox, Left, Taken
from bot.telemetry.errors import describe
from index.errors import PolicybotError

LOG = logging.getLogger(__name__)
T = TypeVar("T")
Restore = Callable[[Sequence[Left]], Awaitable[None]]

_CLAIMS = 4  # in a lease: three may come late
_WAIT_S = 1.0  # for the database, before an update is let in without a row: people need not wait for a disk
_MOST = 1_000  # that may wait for a database that does not answer, and that one transaction crosses off
_LOOK_S = 0.25  # how often a start looks whether those before it are gone


def _told(error: Exception) -> str:
    return str(error) if isinstance(error, PolicybotError) else describe(error)


class Ledger:
    """Writes for one event loop; one thread, so that nothing overtakes.

    Where the database does not answer, updates are answered without a row: a kill at that moment loses them.
    """

    def __init__(self, store: Inbox) -> None:
        self._store, self._thread = store, ThreadPoolExecutor(1, thread_name_prefix="inbox")
        self._lease_s = store.lease.total_seconds()
        self._claim_s = self._lease_s / _CLAIMS
        self._taken: list[tuple[Taken, asyncio.Future[bool]]] = []
        self._done: list[int] = []
        self._stir = asyncio.Event()
        self._late = self._failing = self._ended = False

    async def _off(self, work: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._thread, work)

    async def take(self, taken: Taken) -> bool:
        """Note an update before it is answered; False where it was taken before, by any process."""
        if len(self._taken) >= _MOST:
            return True
        told = asyncio.get_running_loop().create_future()
        self._taken.append((taken, told))
        self._stir.set()
        if self._late:
            return True
        await asyncio.wait({told}, timeout=_WAIT_S)
        if told.done():
            return bool(told.result())
        self._late = True
        LOG.error("运行记录写得太慢,先回答,不等消息记下")
        return True

    def done(self, number: int) -> None:
        """Note that an update is done with."""
        self._done.append(number)
        self._stir.set()

    async def _write(self) -> None:
        """Write what has gathered; what is done with is tried again until it is written."""
        batch, self._taken = self._taken, []
        done, self._done = self._done[:_MOST], self._done[_MOST:]
        if not batch and not done:
            return
        known: frozenset[int] = frozenset()
        try:
            known = await self._off(lambda: self._store.write([taken for taken, _ in batch], done))
        except Exception as error:  # no error may end the writing
            self._done = done + self._done
            self._failed(error)
        else:
            self._late = self._failing = False
        for taken, told in batch:
            if not told.done():
                told.set_result(taken.number not in known)

    def _failed(self, error: Exception) -> None:
        if not self._failing:
            LOG.error("记不下正在处理的消息,照常回答:%s", _told(error))
        self._failing = True

    async def _claim(self) -> tuple[tuple[Left, ...], bool]:
        try:
            return await self._off(self._store.claim)
        except Exception as error:
            self._failed(error)
            return (), False

    async def left(self) -> tuple[Left, ...]:
        """Return what processes before this one have left, once it is certain that they are gone."""
        found: list[Left] = []
        until = monotonic() + self._lease_s + self._claim_s
        while True:
            some, busy = await self._claim()
            found += some
            if not busy or monotonic() > until:  # others work beside this one
                return tuple(sorted(found, key=lambda each: each.number))
            await asyncio.sleep(_LOOK_S)

    async def run(self, restore: Restore) -> None:
        """Write until told to end; what others leave meanwhile is handed to ``restore``."""
        due = monotonic() + self._claim_s
        while not self._ended:
            with suppress(TimeoutError):
                await asyncio.wait_for(self._stir.wait(), max(due - monotonic(), 0.0))
            self._stir.clear()
            await self._write()
            if monotonic() >= due:
                await restore((await self._claim())[0])
                due = monotonic() + self._claim_s

    def end(self) -> None:
        """Let ``run`` end after what it is about."""
        self._ended = True
        self._stir.set()

    async def close(self) -> None:
        """Write the last of it, once ``run`` has ended."""
        await self._write()
        if self._done:
            LOG.error("停止时有 %d 条答完的消息没有记下,下次启动会再答一遍", len(self._done))
        self._thread.shutdown()
