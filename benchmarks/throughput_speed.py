"""Questions a second over HTTP: python benchmarks/throughput_speed.py [--quick].

A real server held to 1 and to 2 cores (taskset), 1 to 64 people asking without a pause from the same machine; beside it,
in the same run, the limit: the encoder alone on the same questions, one thread a core. Needs a built index and
``taskset``. Prints a table and, last, JSON.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from itertools import cycle
from pathlib import Path
from threading import Thread
from time import perf_counter

import httpx
import numpy as np
from served import ROOT, Served, questions

CORES = ("0", "0,1")
ASKERS, QUICK_ASKERS = (1, 2, 4, 16, 64), (1, 16)
SECONDS, QUICK_SECONDS = 10.0, 4.0
_TIMEOUT_S = 60.0
_LIMIT = """
import json, sys
from threading import Thread
from time import perf_counter
from bot import config
from index.encoders import load
found = config.load()
encoder = load(found.settings.index.encoder, found.data_dir / "cache")
questions, threads, seconds = json.load(sys.stdin), int(sys.argv[1]), float(sys.argv[2])
encoder.encode_queries(questions[:5])
done = [0] * threads
def work(at):
    end = perf_counter() + seconds
    while perf_counter() < end:
        encoder.encode_queries([questions[done[at] % len(questions)]])
        done[at] += 1
people = [Thread(target=work, args=(n,)) for n in range(threads)]
[each.start() for each in people]
[each.join() for each in people]
print(sum(done) / seconds)
"""


def limit(cores: str, listed: list[str], seconds: float) -> float:
    """Questions a second the encoder alone encodes."""
    threads = str(len(cores.split(",")))
    command = ["taskset", "-c", cores, sys.executable, "-c", _LIMIT, threads, str(seconds)]
    done = subprocess.run(
        command, cwd=ROOT, check=True, capture_output=True, text=True, input=json.dumps(listed)
    )
    return float(done.stdout.split()[-1])


def load(base: str, listed: Iterator[str], askers: int, seconds: float) -> dict[str, float]:
    """Ask from several threads for some seconds."""
    times: list[float] = []
    failed = [0]
    end = perf_counter() + seconds

    def person() -> None:
        with httpx.Client(base_url=base, timeout=_TIMEOUT_S) as client:
            while perf_counter() < end:
                began = perf_counter()
                answer = client.post("api/v1/ask", json={"question": next(listed)})
                times.append(perf_counter() - began)
                failed[0] += answer.status_code != httpx.codes.OK

    people = [Thread(target=person) for _ in range(askers)]
    began = perf_counter()
    for each in people:
        each.start()
    for each in people:
        each.join()
    ms = np.array(times) * 1000
    return {
        "per_second": len(ms) / (perf_counter() - began),
        "p50_ms": float(np.percentile(ms, 50)),
        "p95_ms": float(np.percentile(ms, 95)),
        "failed": failed[0],
    }


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--quick", action="store_true")
    quick = options.parse_args().quick
    seconds = QUICK_SECONDS if quick else SECONDS
    rows, listed = [], questions()
    for cores in CORES:
        most = limit(cores, listed, seconds)
        with tempfile.TemporaryDirectory() as name, Served(Path(name)) as served:
            served.start(("taskset", "-c", cores))
            rest = served.resident_mb()
            asked = cycle(listed)
            load(served.base, asked, 2, 2.0)
            for askers in QUICK_ASKERS if quick else ASKERS:
                found = load(served.base, asked, askers, seconds)
                memory = {"rest_mb": rest, "load_mb": served.resident_mb()}
                share = found["per_second"] / most
                rows.append(
                    {"cores": len(cores.split(",")), "askers": askers, **found, "of_encoder": share, **memory}
                )
                print(
                    f"{rows[-1]['cores']} cores {askers:>3} askers: {found['per_second']:6.1f}/s  "
                    f"p50 {found['p50_ms']:7.1f}  p95 {found['p95_ms']:7.1f} ms  "
                    f"{share:.2f} of the encoder's {most:.1f}/s  {memory['load_mb']:.0f} MB",
                    flush=True,
                )
    print(json.dumps([{k: round(v, 3) for k, v in row.items()} for row in rows]))


if __name__ == "__main__":
    main()
