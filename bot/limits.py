"""How often one caller may ask: a token bucket a caller, kept in memory."""

import asyncio
import math
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock
from typing import Protocol

# callers remembered; the one longest silent gives way, and its bucket has long been full again
_CALLERS = 50_000
TOO_FAST = "太快了\uff0c请过 {seconds} 秒再问。"


class Limiter(Protocol):
    """Says whether a caller may go on."""

    @property
    def blocks(self) -> bool:
        """Whether a turn can take milliseconds: then it is not taken in an event loop."""
        ...

    def wait_s(self, caller: str, per_minute: int) -> int:
        """Take one turn; return 0, or the whole seconds until the next one where there is none left."""
        ...


@dataclass(slots=True)
class _Bucket:
    turns: float
    at: float


class TokenBuckets:
    """A bucket holds a minute's turns and refills evenly; threads may share it.

    :param clock: seconds of a clock that never goes back
    """

    blocks = False

    def __init__(self, clock: Callable[[], float] = time.monotonic, callers: int = _CALLERS) -> None:
        self._clock, self._callers = clock, callers
        self._buckets: OrderedDict[str, _Bucket] = OrderedDict()
        self._turn = Lock()

    def wait_s(self, caller: str, per_minute: int) -> int:
        """Take one turn; return 0, or the whole seconds until the next one where there is none left."""
        with self._turn:
            now, rate = self._clock(), per_minute / 60
            bucket = self._buckets.setdefault(caller, _Bucket(per_minute, now))
            self._buckets.move_to_end(caller)
            if len(self._buckets) > self._callers:
                self._buckets.popitem(last=False)
            bucket.turns = min(bucket.turns + (now - bucket.at) * rate, per_minute)
            bucket.at = now
            if bucket.turns < 1:
                return max(math.ceil((1 - bucket.turns) / rate), 1)
            bucket.turns -= 1
            return 0


async def next_turn(limiter: Limiter, caller: str, per_minute: int) -> int:
    """Take one turn as :meth:`Limiter.wait_s` does, without holding up the event loop."""
    if limiter.blocks:
        return await asyncio.to_thread(limiter.wait_s, caller, per_minute)
    return limiter.wait_s(caller, per_minute)
