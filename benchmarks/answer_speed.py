"""How long an answer takes, cold and warm: python benchmarks/answer_speed.py [GOLD.jsonl].

Cold is the whole process, ``policybot ask`` from exec to exit. Warm is one process answering every question of the
set; the limit beside it, in the same run, is the encoder alone on the same questions. Needs a built index.
"""

import json
import subprocess
import sys
from pathlib import Path
from time import perf_counter

import numpy as np

from bot import app, config
from index.encoders import load as load_encoder
from retrieval.types import Turn

ROOT = Path(__file__).resolve().parent.parent
COLD_RUNS = 5
COLD_QUESTION = "灵活就业补贴"


def cold() -> list[float]:
    """Seconds of whole processes, after one that warms the disk."""
    command = [str(Path(sys.executable).with_name("policybot")), "ask", COLD_QUESTION]
    took = []
    for _ in range(COLD_RUNS + 1):
        start = perf_counter()
        subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
        took.append(perf_counter() - start)
    return took[1:]


def warm(path: Path) -> dict[str, float]:
    """Milliseconds of warm answers, by stage, and of the encoder alone on the same questions."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    answerer = app.open_answerer(config.load())
    found = config.load()
    encoder = load_encoder(found.settings.index.encoder, found.data_dir / app.CACHE)
    for row in rows[:5]:
        answerer.ask(row["question"])
    totals, stages, limits = [], [], []
    for row in rows:
        answer = answerer.ask(row["question"], [Turn(q) for q in row.get("history") or ()])
        totals.append(answer.timing_ms["total"])
        stages.append(answer.timing_ms["total"] - answer.timing_ms.get("encode", 0.0))
        start = perf_counter()
        encoder.encode_queries([row["question"]])
        limits.append((perf_counter() - start) * 1000)
    return {
        "questions": len(rows),
        "p50_ms": float(np.percentile(totals, 50)),
        "p95_ms": float(np.percentile(totals, 95)),
        "around_encoding_p50_ms": float(np.percentile(stages, 50)),
        "encoder_alone_p50_ms": float(np.percentile(limits, 50)),
        "ratio_to_encoder": float(np.percentile(totals, 50) / np.percentile(limits, 50)),
    }


def main() -> None:
    """Print a table and one line of JSON."""
    path = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "tests" / "eval" / "questions.jsonl"
    seconds = cold()
    figures = {"cold_s_median": float(np.median(seconds)), "cold_s_max": max(seconds), **warm(path)}
    for name, value in figures.items():
        print(f"{name:<24}{value:10.3f}")
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
