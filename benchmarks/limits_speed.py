"""What a shared limit costs: milliseconds of one turn in SQLite, beside one in memory.

Run: ``python benchmarks/limits_speed.py``
"""

import json
import tempfile
from pathlib import Path
from time import perf_counter

import numpy as np

from bot.limits import Limiter, TokenBuckets
from bot.records.records import open_records
from bot.records.shared_limits import open_shared_limits
from bot.settings import RecordsSettings

_TURNS, _CALLERS = 2000, 300


def _timed(limiter: Limiter) -> dict[str, float]:
    took = []
    for number in range(_TURNS):
        began = perf_counter()
        limiter.wait_s(f"ask address {number % _CALLERS}", 600)
        took.append((perf_counter() - began) * 1000)
    p50, p95 = np.percentile(took, [50, 95])
    return {"p50_ms": round(float(p50), 3), "p95_ms": round(float(p95), 3)}


def main() -> None:
    """Print the figures as one JSON object."""
    with tempfile.TemporaryDirectory() as folder:
        records = open_records(RecordsSettings(), Path(folder), 5)
        with open_shared_limits(records) as shared:
            assert shared is not None
            print(json.dumps({"sqlite": _timed(shared), "memory": _timed(TokenBuckets())}))
        records.close()


if __name__ == "__main__":
    main()
