"""Mixed load on a real server over HTTP: python benchmarks/load.py mixed|soak [--minutes N].

``mixed`` (30 minutes): 8 people ask, a third of a second between answer and question, while an admin publishes a new wording every minute and rolls one
back half way. ``soak`` (60 minutes): 20 people with a few seconds between questions, a publication every 5 minutes, and
every 4 minutes a fault in turn: the server killed (SIGKILL) and started anew, the records locked for 2 seconds, a
client that hangs up in mid-answer. Counted: answers that failed while the server was up, answers whose number was of
neither wording, questions answered but not in the records, p95 of the first and of the last five minutes, the resident
memory in tenths of the time, and its slope with its 95% confidence interval. The slope holds the minutes in which caches
fill (vectors of questions, the dictionary): the tenths show whether it goes on. The last line is JSON.
"""

import argparse
import json
import random
import signal
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event, Lock, Thread
from time import perf_counter

import httpx
import numpy as np
from served import ROOT, Served, questions

SEED = 7
EDGE_S = 300.0  # the first and the last minutes that are compared
SAMPLE_S = 5.0  # between two readings of the memory
SETTLE_S = 60.0  # of a server's life before its memory counts: pages are first touched, caches filled
LOCKED_S = 2.0
FAULT_EVERY_S = 240.0
VALUE_QUESTION, VALUES = "襄阳十四五城镇新增就业目标是多少", ("39", "40")
VALUE_SHARE = 300  # times the question whose answer changes stands among the others
_TIMEOUT_S = 30.0
_NORMAL = 1.96  # standard errors of a 95% interval


@dataclass(frozen=True, slots=True)
class Plan:
    """Who asks, how long they think (seconds, mean), how often is published, whether things go wrong."""

    askers: int
    think_s: float
    publish_every_s: float
    faults: bool


PLANS = {"mixed": Plan(8, 0.3, 60.0, False), "soak": Plan(20, 2.0, 300.0, True)}


@dataclass
class Watch:
    """What was seen, each with the second it was seen at; ``up`` is cleared while the server is down on purpose."""

    began: float = field(default_factory=perf_counter)
    answers: list[tuple[float, float]] = field(default_factory=list)  # second, milliseconds
    errors: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    while_down: int = 0
    recovered_s: list[float] = field(default_factory=list)
    published_s: list[float] = field(default_factory=list)
    rollbacks: int = 0
    hung_up: int = 0
    memory: list[tuple[int, float, float]] = field(default_factory=list)  # life of the server, second, MB
    lives: int = 0
    lock: Lock = field(default_factory=Lock)
    stop: Event = field(default_factory=Event)
    up: Event = field(default_factory=Event)

    def now(self) -> float:
        """Seconds since the beginning."""
        return perf_counter() - self.began


def ask(served: Served, watch: Watch, plan: Plan, listed: list[str], seed: int) -> None:
    """One person."""
    chance = random.Random(seed)
    with httpx.Client(base_url=served.base, timeout=_TIMEOUT_S) as client:
        while not watch.stop.is_set():
            question, life, began = chance.choice(listed), watch.lives, watch.now()
            try:
                answer = client.post("api/v1/ask", json={"question": question}).raise_for_status().json()
            except httpx.HTTPError as error:
                with watch.lock:
                    if watch.up.is_set() and watch.lives == life:
                        watch.errors.append(f"{began:.0f} s {question}: {error!r}")
                    else:
                        watch.while_down += 1
                watch.stop.wait(0.2)
                continue
            with watch.lock:
                watch.answers.append((began, (watch.now() - began) * 1000))
                if question == VALUE_QUESTION and not any(v in json.dumps(answer) for v in VALUES):
                    watch.wrong.append(json.dumps(answer, ensure_ascii=False)[:300])
            if plan.think_s:
                watch.stop.wait(chance.expovariate(1 / plan.think_s))


def publish(served: Served, watch: Watch, plan: Plan, minutes: float) -> None:
    """An admin: a new wording each time, once a rollback."""
    words = (ROOT / "docs_corpus" / "xiangyang.txt").read_text(encoding="utf-8")
    file, number = served.folder / "next.txt", 0
    while not watch.stop.wait(plan.publish_every_s):
        number += 1
        value = VALUES[number % len(VALUES)]
        file.write_text(words.replace("39万人", f"{value}万人") + f"\n修订 {number}。\n", encoding="utf-8")
        began = perf_counter()
        try:
            if not watch.rollbacks and watch.now() > minutes * 30:
                served.run("docs", "rollback")
                watch.rollbacks += 1
            else:
                served.run("docs", "replace", "xiangyang", str(file), "--yes")
        except Exception as error:
            watch.errors.append(f"publish {number}: {getattr(error, 'stderr', '') or error!r}")
            continue
        watch.published_s.append(perf_counter() - began)


def hang_up(served: Served) -> None:
    """Ask for a stream and leave after its first bytes."""
    body = {"question": VALUE_QUESTION}
    headers = {"Accept": "text/event-stream"}
    with httpx.stream(
        "POST", f"{served.base}api/v1/ask", json=body, headers=headers, timeout=_TIMEOUT_S
    ) as answer:
        next(answer.iter_raw(), b"")


def kill(served: Served, watch: Watch) -> None:
    """Kill the server and start it anew."""
    watch.up.clear()
    served.stop(signal.SIGKILL)
    watch.recovered_s.append(served.start())
    watch.lives += 1
    watch.up.set()


def break_things(served: Served, watch: Watch) -> None:
    """One fault after the other."""
    number = 0
    while not watch.stop.wait(FAULT_EVERY_S):
        try:
            if number % 3 == 0:
                kill(served, watch)
            elif number % 3 == 1:
                served.locked(LOCKED_S)
            else:
                hang_up(served)
                watch.hung_up += 1
        except Exception as error:
            watch.errors.append(f"fault {number}: {error!r}")
        number += 1


def measure_memory(served: Served, watch: Watch) -> None:
    """Read the memory now and then."""
    while not watch.stop.wait(SAMPLE_S):
        if watch.up.is_set() and (mb := served.resident_mb()):
            watch.memory.append((watch.lives, watch.now(), mb))


def tenths(memory: list[tuple[int, float, float]], seconds: float) -> list[int]:
    """The median MB of each tenth of the time; a tenth without a reading is left out."""
    parts: dict[int, list[float]] = {}
    for _, second, mb in memory:
        parts.setdefault(min(int(second / seconds * 10), 9), []).append(mb)
    return [round(float(np.median(parts[part]))) for part in sorted(parts)]


def slope(memory: list[tuple[int, float, float]]) -> tuple[float, float]:
    """MB an hour and half of the 95% interval, least squares within each life of the server."""
    times, sizes, lives = [], [], sorted({life for life, _, _ in memory})
    for life in lives:
        own = [(second, mb) for each, second, mb in memory if each == life]
        own = [(second, mb) for second, mb in own if second - own[0][0] > SETTLE_S]
        if len(own) > 2:
            second, mb = np.array(own).T
            times.append(second - second.mean())
            sizes.append(mb - mb.mean())
    if not times:
        return float("nan"), float("nan")
    x, y = np.concatenate(times), np.concatenate(sizes)
    per_second = float(x @ y / (x @ x))
    left = len(x) - len(times) - 1
    error = float(np.sqrt(((y - per_second * x) ** 2).sum() / max(left, 1) / (x @ x)))
    return per_second * 3600, _NORMAL * error * 3600


def figures(watch: Watch, seconds: float, recorded: int) -> dict[str, object]:
    """What the script prints."""
    at, ms = np.array(watch.answers).T
    edge = min(EDGE_S, seconds / 3)
    grows, half = slope(watch.memory)
    return {
        "seconds": round(seconds),
        "answers": len(ms),
        "errors": len(watch.errors),
        "wrong_values": len(watch.wrong),
        "refused_while_down": watch.while_down,
        "unrecorded": len(ms) - recorded,
        "published": len(watch.published_s),
        "publish_s_median": round(float(np.median(watch.published_s or [0])), 2),
        "rollbacks": watch.rollbacks,
        "kills": len(watch.recovered_s),
        "recovered_s": [round(each, 2) for each in watch.recovered_s],
        "hung_up": watch.hung_up,
        "p50_ms": round(float(np.percentile(ms, 50)), 1),
        "p95_first_ms": round(float(np.percentile(ms[at < edge], 95)), 1),
        "p95_last_ms": round(float(np.percentile(ms[at > seconds - edge], 95)), 1),
        "memory_mb": [round(watch.memory[0][2]), round(watch.memory[-1][2])] if watch.memory else [],
        "memory_mb_tenths": tenths(watch.memory, seconds),
        "slope_mb_per_hour": [round(grows, 2), round(half, 2)],
    }


def main() -> None:
    """Run a plan and print."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("plan", choices=PLANS)
    options.add_argument("--minutes", type=float)
    chosen = options.parse_args()
    plan, minutes = PLANS[chosen.plan], chosen.minutes or {"mixed": 30, "soak": 60}[chosen.plan]
    listed = [*questions(), *([VALUE_QUESTION] * VALUE_SHARE)]
    with tempfile.TemporaryDirectory() as name, Served(Path(name)) as served:
        served.start()
        watch = Watch()
        watch.up.set()
        people = [
            Thread(target=ask, args=(served, watch, plan, listed, SEED + n)) for n in range(plan.askers)
        ]
        others = [
            Thread(target=publish, args=(served, watch, plan, minutes)),
            Thread(target=measure_memory, args=(served, watch)),
            *([Thread(target=break_things, args=(served, watch))] if plan.faults else []),
        ]
        for thread in (*people, *others):
            thread.start()
        watch.stop.wait(minutes * 60)
        watch.stop.set()
        for thread in (*people, *others):
            thread.join()
        seconds = watch.now()
        served.stop()
        found = figures(watch, seconds, served.recorded())
        for line in (
            *watch.errors[:10],
            *watch.wrong[:3],
            (served.folder / "server.log").read_text()[-2000:],
        ):
            print(line, file=sys.stderr)
    print(json.dumps(found, ensure_ascii=False))


if __name__ == "__main__":
    main()
