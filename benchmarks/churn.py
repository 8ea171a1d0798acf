"""Documents replaced and withdrawn while questions are asked: python benchmarks/churn.py [CHANGES].

One process answers without a pause, as a server does; another replaces and withdraws documents. Each version of a
document states a number of its own, so that every answer shows which version it came from. Counted: answers that
failed, and answers from a text that was no longer live when the question was asked and the switch had been seen.
Latencies are of the same questions while nothing is built and while changes are published. The last line is JSON.
"""

import json
import re
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event, Thread
from time import perf_counter, sleep

import numpy as np

from bot import app, config
from bot.admin.library import Library
from bot.config import Config
from bot.live import live_number

ROOT = Path(__file__).resolve().parent.parent
CHANGES = 100
DOCUMENTS = 5
IDLE_QUESTIONS = 200
SEEN_WITHIN_S = 5.0  # what the contract with the reader allows
QUESTIONS = [f"{name}每年培训多少农民工" for name in "甲乙丙丁戊"]


def text(at: int, stamp: int) -> str:
    """A plan of one region, of a hundred sentences, with a number that no other version has."""
    region = "甲乙丙丁戊"[at]
    tasks = "".join(f"({n})任务。第{n}项工作由{region}市第{n}处负责。\n" for n in range(1, 100))
    return f"{region}市就业规划\n\n一、培训\n每年培训农民工{stamp}人。\n\n二、任务\n{tasks}"


def change(folder: Path, changes: int) -> None:
    """Replace the documents in turn; every fifth change withdraws one, and the next brings it back."""
    library = Library(config.load(folder / "config.yaml", folder / "var", environment={}), "轮换测试")
    for number in range(changes):
        at = number % DOCUMENTS
        path = folder / f"doc{at}.txt"
        live = {document.id for document in library.listed()}
        path.write_text(text(at, 1000 + number), encoding="utf-8")
        if f"doc{at}" not in live:
            library.add(path, {"region": f"{'甲乙丙丁戊'[at]}市"})
            note = {"document": at, "stamp": 1000 + number}
        elif number % DOCUMENTS == DOCUMENTS - 1:
            library.withdraw(f"doc{at}")
            note = {"document": at, "stamp": None}
        else:
            library.replace(f"doc{at}", path, {})
            note = {"document": at, "stamp": 1000 + number}
        print(json.dumps(note), flush=True)


@dataclass
class Watch:
    """What is live of each document, since when, and what was answered."""

    stamps: dict[int, int | None]
    since: dict[int, float] = field(default_factory=dict)
    milliseconds: list[float] = field(default_factory=list)
    failed: int = 0
    stale: int = 0
    late: list[float] = field(default_factory=list)  # seconds after its switch an older text still answered


def stamp_in(answer_text: str) -> int | None:
    """The number an answer quotes."""
    found = re.search(r"农民工(\d+)人", answer_text)
    return int(found[1]) if found else None


def ask(assistant: "app.Assistant", watch: Watch, stop: Event) -> None:
    """Ask without a pause."""
    at = 0
    while not stop.is_set():
        at = (at + 1) % DOCUMENTS
        live, since, begun = watch.stamps[at], watch.since.get(at, 0.0), perf_counter()
        try:
            answer = assistant.ask(QUESTIONS[at])
            said = next(
                (s for c in answer.citations if (s := stamp_in(c.quote)) and c.document == f"doc{at}"), None
            )
        except Exception as error:  # every failure counts, whatever it is
            print(f"failed: {error!r}", file=sys.stderr)
            watch.failed += 1
            continue
        watch.milliseconds.append((perf_counter() - begun) * 1000)
        if said is not None and said != live and watch.stamps[at] == live:
            watch.late.append(begun - since)
            watch.stale += begun - since > SEEN_WITHIN_S


def prepare(folder: Path) -> Config:
    """An installation of a few plans."""
    (folder / "docs_corpus").mkdir()
    shutil.copy(ROOT / "config.yaml", folder)
    found = config.load(folder / "config.yaml", folder / "var", environment={})
    library = Library(found, "轮换测试")
    for at in range(DOCUMENTS):
        path = folder / f"doc{at}.txt"
        path.write_text(text(at, at + 1), encoding="utf-8")
        library.add(path, {"region": f"{'甲乙丙丁戊'[at]}市"})
    return found


def run(folder: Path, changes: int) -> dict[str, float]:
    """Measure idle, then under change."""
    found = prepare(folder)
    assistant = app.open_assistant(found)
    idle = []
    for number in range(IDLE_QUESTIONS):
        begun = perf_counter()
        assistant.ask(QUESTIONS[number % DOCUMENTS])
        idle.append((perf_counter() - begun) * 1000)
    watch, stop = Watch({at: at + 1 for at in range(DOCUMENTS)}), Event()
    asking = Thread(target=ask, args=(assistant, watch, stop))
    asking.start()
    begun = perf_counter()
    command = [sys.executable, __file__, "--change", str(folder), str(changes)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        for line in child.stdout:
            note = json.loads(line)
            watch.stamps[note["document"]], watch.since[note["document"]] = note["stamp"], perf_counter()
    took = perf_counter() - begun
    sleep(SEEN_WITHIN_S)
    stop.set()
    asking.join()
    assert live_number(found.data_dir) is not None
    return {
        "changes": changes,
        "seconds_a_change": took / changes,
        "answers": len(watch.milliseconds),
        "failed": watch.failed,
        "older_text_answered": len(watch.late),
        "latest_s": max(watch.late, default=0.0),
        "after_the_5_s": watch.stale,
        "idle_p50_ms": float(np.percentile(idle, 50)),
        "idle_p95_ms": float(np.percentile(idle, 95)),
        "changing_p50_ms": float(np.percentile(watch.milliseconds, 50)),
        "changing_p95_ms": float(np.percentile(watch.milliseconds, 95)),
    }


def main(changes: int) -> None:
    """Run and print."""
    with tempfile.TemporaryDirectory() as name:
        figures = run(Path(name), changes)
    for label, value in figures.items():
        print(f"{label:<24}{value:.4g}")
    print(json.dumps({label: round(value, 3) for label, value in figures.items()}))


if __name__ == "__main__":
    if sys.argv[1:2] == ["--change"]:
        change(Path(sys.argv[2]), int(sys.argv[3]))
    else:
        main(int(sys.argv[1]) if len(sys.argv) > 1 else CHANGES)
