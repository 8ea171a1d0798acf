"""Where a warm answer spends its time: python benchmarks/stages_speed.py [--quick].

The functions below are timed while the project's own questions are answered and printed as the page gets them; beside
them the encoder alone on the same questions, in the same run. Last, JSON. Needs a built index.
"""

import argparse
import json
from collections import defaultdict
from collections.abc import Callable
from importlib import import_module
from time import perf_counter
from typing import Any

import numpy as np
from served import ROOT

from bot import app, config
from bot.render.web import answer_object
from index.encoders import load
from retrieval.types import Turn

QUICK = 30  # questions
# stage → the functions it is the time of, each inside no other of them
STAGES = {
    "understand": (("retrieval.pipeline", "resolve"),),
    "encode": (("retrieval.pipeline", "embed"),),
    "dense": (("retrieval.search", "_dense"),),
    "words": (("retrieval.search", "coverage"),),
    "similar questions": (("retrieval.search", "likeness"),),
    "fuse": (("retrieval.search", "combine"), ("retrieval.search", "best_first_of")),
    "verify": (("retrieval.pipeline", "verify"),),
}


class Clock:
    """Adds up what each stage of an answer takes."""

    def __init__(self) -> None:
        self.stages: dict[str, list[float]] = defaultdict(list)
        self._now: dict[str, float] = defaultdict(float)

    def watch(self, stage: str, module: str, name: str) -> None:
        """Time a function under the name of a stage, wherever ``module`` calls it."""
        home = import_module(module)
        inner: Callable[..., Any] = getattr(home, name)

        def timed(*given: Any, **named: Any) -> Any:
            began = perf_counter()
            try:
                return inner(*given, **named)
            finally:
                self._now[stage] += (perf_counter() - began) * 1000

        setattr(home, name, timed)

    def begin(self) -> None:
        """Open the books on an answer."""
        self._now.clear()

    def answered(self, total_ms: float, render_ms: float) -> None:
        """Close the books on one answer; what no stage took is choosing and wording the evidence."""
        self._now["evidence"] = max(total_ms - sum(self._now.values()), 0.0)
        self._now["render"] = render_ms
        for stage in (*STAGES, "evidence", "render"):  # an address is answered without encoding
            self.stages[stage].append(self._now[stage])
        self._now.clear()


def measure(quick: bool) -> dict[str, float]:
    """Median milliseconds of each stage, of the whole, and of the encoder alone."""
    lines = (ROOT / "tests" / "eval" / "questions.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines if line.strip()][: QUICK if quick else None]
    found = config.load()
    answerer = app.open_answerer(found)
    alone = load(found.settings.index.encoder, found.data_dir / app.CACHE)
    clock = Clock()
    for stage, functions in STAGES.items():
        for module, name in functions:
            clock.watch(stage, module, name)
    totals, limits = [], []
    answerer.ask(rows[0]["question"] + "呢")
    for row in rows:
        clock.begin()
        began = perf_counter()
        answer = answerer.ask(row["question"], [Turn(q) for q in row.get("history") or ()])
        done = perf_counter()
        answer_object(answer)
        clock.answered((done - began) * 1000, (perf_counter() - done) * 1000)
        totals.append((perf_counter() - began) * 1000)
        began = perf_counter()
        alone.encode_queries([row["question"]])
        limits.append((perf_counter() - began) * 1000)
    figures = {stage: float(np.median(ms)) for stage, ms in clock.stages.items()}
    figures |= {"p50": float(np.median(totals)), "p95": float(np.percentile(totals, 95))}
    around = [t - e for t, e in zip(totals, clock.stages["encode"], strict=True)]
    figures |= {"around encoding": float(np.median(around)), "encoder alone": float(np.median(limits))}
    figures["around / encoder"] = figures["around encoding"] / figures["encoder alone"]
    return figures


def main() -> None:
    """Print a table, then JSON."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--quick", action="store_true")
    figures = measure(options.parse_args().quick)
    for name, value in figures.items():
        print(f"{name:<20}{value:8.2f}")
    print(json.dumps({name: round(value, 3) for name, value in figures.items()}))


if __name__ == "__main__":
    main()
