"""Writes off the answer's path: a bounded queue, one thread, a transaction for whatever has gathered.

Nothing an asker waits for may fail because a row could not be written. A database that is locked, full or away is
tried again with the same rows; when the queue is full meanwhile, new rows are dropped and counted. Each is said once.
"""

import logging
from collections.abc import Callable, Sequence
from queue import Empty, Full, Queue
from threading import Condition, Event, Thread
from time import monotonic

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import OperationalError

from bot.records.database import WRITES

LOG = logging.getLogger(__name__)
Write = Callable[[Connection], None]

_BATCH = 200  # rows in one transaction: others wait for it a few milliseconds
_RETRY_S = 2.0
_CHORE_S = 24 * 3600.0
_CLOSE_S = 10.0
_POLL_S = 0.25  # how soon a stop is noticed


class Writer:
    """The one thread of a process that writes what askers do not wait for.

    :param capacity: how many writes may wait
    :param chore: what else the thread does, when it starts and once a day
    """

    def __init__(self, engine: Engine, capacity: int, chore: Callable[[], None]) -> None:
        self._engine = engine.execution_options(**{WRITES: True})
        self._queue: Queue[Write] = Queue(capacity)
        self._chore = chore
        self._open = 0  # writes that are neither committed nor given up
        self._changed = Condition()
        self._stop = Event()
        self._failing = self._full = False
        self._dropped = self._lost = 0
        self._thread = Thread(target=self._run, name="records", daemon=True)
        self._thread.start()

    def put(self, write: Write) -> None:
        """Have something written soon; never waits, never raises."""
        with self._changed:
            self._open += 1
        try:
            self._queue.put_nowait(write)
        except Full:
            self._dropped += 1
            self._lost += 1
            self._settled(1)
            if not self._full:
                LOG.error("运行记录来不及写,新的先不记;回答不受影响")
            self._full = True

    @property
    def waiting(self) -> int:
        """How many writes are neither committed nor given up."""
        return self._open

    @property
    def lost(self) -> int:
        """How many writes were given up since the start because too many waited."""
        return self._lost

    @property
    def failing(self) -> bool:
        """Whether the last try to write failed for want of a free or reachable database."""
        return self._failing

    def flush(self, within_s: float = _CLOSE_S) -> bool:
        """Wait until all that was put is written; False when that took too long."""
        with self._changed:
            return self._changed.wait_for(lambda: not self._open, within_s)

    def close(self) -> None:
        """Write what is waiting, then stop."""
        self._stop.set()
        self._thread.join(_CLOSE_S)
        if self._open:
            LOG.error("停止时有 %d 条运行记录没有写进去", self._open)

    def _settled(self, count: int) -> None:
        with self._changed:
            self._open -= count
            self._changed.notify_all()

    def _run(self) -> None:
        due = monotonic()
        while True:
            if monotonic() >= due:
                self._chore()
                due = monotonic() + _CHORE_S
            batch = self._gather(due)
            if batch:
                self._settle(batch)
            elif self._stop.is_set():
                return

    def _gather(self, due: float) -> list[Write]:
        """Take what waits; sleeps a moment for the first."""
        batch: list[Write] = []
        try:
            batch.append(self._queue.get(timeout=min(_POLL_S, max(due - monotonic(), 0.0))))
            while len(batch) < _BATCH:
                batch.append(self._queue.get_nowait())
        except Empty:
            pass
        return batch

    def _settle(self, batch: Sequence[Write]) -> None:
        """Write a batch, however often it takes; when stopping, only once more."""
        try:
            while not self._written(batch):
                if self._stop.is_set():
                    return  # close says how many
                self._stop.wait(_RETRY_S)
        except Exception:
            # a row that cannot be written must not take the others with it
            if len(batch) == 1:
                LOG.exception("一条运行记录写不进去,已跳过")
                self._settled(1)
            else:
                for write in batch:
                    self._settle([write])
            return
        self._settled(len(batch))

    def _written(self, batch: Sequence[Write]) -> bool:
        """Write a batch in one transaction; False where the rows are good and the time is not."""
        try:
            with self._engine.begin() as connection:
                for write in batch:
                    write(connection)
        except OperationalError as error:  # locked, full, out of reach
            if not self._failing:
                LOG.error("运行记录写不进去,稍后再试;回答不受影响:%s", error.orig)
            self._failing = True
            return False
        self._recovered()
        return True

    def _recovered(self) -> None:
        if self._failing or self._full:
            LOG.warning("运行记录恢复了;有 %d 条没有记下", self._dropped)
        self._failing = self._full = False
        self._dropped = 0
