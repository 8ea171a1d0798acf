"""Whether memory stays flat as generations are switched: python benchmarks/switching.py [--switches 60] [--asks 20].

One process answers as a server does, the caches filled first; then the generation is opened anew again and again, with
questions in between. Prints resident megabytes after every tenth switch, the slope of the second half with its 95%
interval, and how many generations are alive at the end (one). Needs a built index. Last, JSON.
"""

import argparse
import gc
import json
from itertools import cycle
from pathlib import Path

import numpy as np

from bot import app, config
from bot.live import LiveAnswerer
from index.generation import Generation


def resident_mb() -> float:
    """Resident memory of this process."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * 4096 / 1e6


def main() -> None:
    """Fill the caches, switch, print."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--switches", type=int, default=60)
    options.add_argument("--asks", type=int, default=20)
    chosen = options.parse_args()
    found, number = config.load(), [1]
    parts = app.open_parts(found)
    kept = {"encoder": parts.encoder, "tokenizer": parts.tokenizer}  # as a server keeps them
    live = LiveAnswerer(lambda: app.open_answerer(found, **kept), lambda: number[0], interval_s=3600)
    asked = cycle([question.text for question in live.store.questions])
    for _ in live.store.questions:  # until their vectors and the words of the dictionary are kept
        live.ask(next(asked))
    readings = [resident_mb()]
    for _ in range(chosen.switches):
        number[0] += 1
        live.refresh()
        for _ in range(chosen.asks):
            live.ask(next(asked))
        readings.append(resident_mb())
    half = np.array(readings[len(readings) // 2 :])
    (slope, _), spread = np.polyfit(np.arange(len(half)), half, 1, cov=True)
    gc.unfreeze()
    alive = sum(isinstance(one, Generation) for one in gc.get_objects())
    figures = {
        "mb_by_tens": [round(one) for one in readings[::10]],
        "mb_a_switch": round(float(slope), 3),
        "interval": round(1.96 * float(spread[0, 0]) ** 0.5, 3),
        "generations_alive": alive,
    }
    for name, value in figures.items():
        print(f"{name:<20}{value}")
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
