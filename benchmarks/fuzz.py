"""Fuzzing with coverage feedback (atheris): python benchmarks/fuzz.py [--seconds 60] [TARGET …].

Needs ``pip install -e .[fuzz]``. Each target runs in a process of its own for so many seconds, so that one that hangs, dies
or takes too much memory is seen and the others go on. Prints a table: inputs tried, how many of them were a crash, the
slowest input; each kind of crash (error and place) with one input that shows it, which is kept below ``--keep``.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import traceback
from collections.abc import Callable
from pathlib import Path
from time import perf_counter
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
SECONDS = 60
_SLOW_S = 20  # an input that takes longer hangs, as far as an admin who waits for it is concerned
_MEMORY_MB = 2048
_MOST_BYTES = 4096
_TOLD_S = 1.0  # how often the tally is written: the process may die at any moment
_SHOWN = 200


class Tally:
    """What one target saw; on disk, since libFuzzer leaves without a word to Python."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self.tried, self.slowest_s, self.slowest = 0, 0.0, b""
        self.crashes: dict[str, dict[str, Any]] = {}
        self._told = 0.0

    def run(self, check: Callable[[bytes], object], data: bytes) -> None:
        """Try one input."""
        begun = perf_counter()
        try:
            check(data)
        except Exception as error:
            self._crashed(error, data)
        took = perf_counter() - begun
        self.tried += 1
        if took > self.slowest_s:
            self.slowest_s, self.slowest = took, data
        if begun - self._told > _TOLD_S:
            self.write()
            self._told = begun

    def _crashed(self, error: Exception, data: bytes) -> None:
        frames = [f for f in traceback.extract_tb(error.__traceback__) if f.filename.startswith(str(ROOT))]
        own = [f for f in frames if "/.venv/" not in f.filename and "/benchmarks/" not in f.filename]
        at = (own or frames)[-1]
        key = f"{type(error).__name__} {Path(at.filename).relative_to(ROOT)}:{at.lineno}"
        seen = self.crashes.setdefault(key, {"times": 0, "says": str(error)[:_SHOWN], "input": data.hex()})
        seen["times"] += 1
        if len(data) * 2 < len(seen["input"]):
            seen["input"] = data.hex()

    def write(self) -> None:
        """Write what was seen so far."""
        seen = {"tried": self.tried, "slowest_s": self.slowest_s, "slowest": self.slowest.hex()}
        self.file.write_text(json.dumps({**seen, "crashes": self.crashes}), encoding="utf-8")


def attack(name: str, folder: Path, seconds: int) -> None:
    """Fuzz one target in this process; never returns."""
    import atheris

    with atheris.instrument_imports(include=["index", "retrieval", "bot"]):
        from benchmarks.fuzz_targets import targets
    (work := folder / "work").mkdir()
    target = targets(work)[name]()
    (seeds := folder / "seeds").mkdir()
    for at, seed in enumerate(target.seeds):
        (seeds / str(at)).write_bytes(seed)
    tally = Tally(folder / "tally.json")
    options = {
        "max_total_time": seconds,
        "timeout": _SLOW_S,
        "rss_limit_mb": _MEMORY_MB,
        "max_len": max(_MOST_BYTES, *(2 * len(seed) for seed in target.seeds)),
        "artifact_prefix": f"{folder}/",
        "print_final_stats": 0,
        "verbosity": 0,
    }
    atheris.Setup(
        [sys.argv[0], *(f"-{key}={value}" for key, value in options.items()), str(seeds)],
        lambda data: tally.run(target.check, data),
    )
    atheris.Fuzz()


def fuzz(name: str, seconds: int, keep: Path) -> dict[str, Any]:
    """Fuzz one target in a process of its own; return what it saw."""
    with tempfile.TemporaryDirectory(prefix="fuzz-") as temporary:
        folder = Path(temporary)
        command = [sys.executable, __file__, "--attack", str(folder), "--seconds", str(seconds), name]
        done = subprocess.run(
            command,
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            capture_output=True,
            text=True,
            errors="replace",
            check=False,
        )
        tally = folder / "tally.json"
        if not tally.is_file():
            raise SystemExit(f"{name} did not start:\n{done.stderr[-3000:]}")
        seen: dict[str, Any] = json.loads(tally.read_text(encoding="utf-8"))
        for ended in folder.glob("*-*"):  # libFuzzer's own finds: timeout-…, oom-…, crash-…
            kind = ended.name.partition("-")[0]
            seen["crashes"][kind] = {"times": 1, "says": "", "input": ended.read_bytes().hex()}
    _keep(name, seen, keep)
    return seen


def _keep(name: str, seen: dict[str, Any], keep: Path) -> None:
    for at, crash in enumerate(seen["crashes"].values()):
        keep.mkdir(parents=True, exist_ok=True)
        (keep / f"{name}-{at}").write_bytes(bytes.fromhex(crash["input"]))
    if seen["slowest_s"] > 1:
        keep.mkdir(parents=True, exist_ok=True)
        (keep / f"{name}-slowest").write_bytes(bytes.fromhex(seen["slowest"]))


def main() -> None:
    """Fuzz the targets named, or all."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*")
    parser.add_argument("--seconds", type=int, default=SECONDS)
    parser.add_argument("--keep", type=Path, default=Path(tempfile.gettempdir()) / "policybot-fuzz")
    parser.add_argument("--attack", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.attack:
        attack(options.names[0], options.attack, options.seconds)
    from benchmarks.fuzz_targets import targets

    print(f"{'target':14} {'inputs':>10} {'crashes':>8} {'kinds':>6} {'slowest s':>10}", flush=True)
    for name in options.names or targets(Path()):
        seen = fuzz(name, options.seconds, options.keep)
        times = sum(crash["times"] for crash in seen["crashes"].values())
        kinds = len(seen["crashes"])
        print(f"{name:14} {seen['tried']:10} {times:8} {kinds:6} {seen['slowest_s']:10.3f}", flush=True)
        for key, crash in seen["crashes"].items():
            print(
                f"    {key}: {crash['says']} [{crash['times']} times] {crash['input'][:_SHOWN]}", flush=True
            )


if __name__ == "__main__":
    main()
