"""What an index takes on disk, in memory and of the processor: python benchmarks/index_size_speed.py [--data-dir DIR].

Megabytes of the live generation and of the database for a million characters of text, the resident memory of a process
before it has opened the index and after it has answered the project's own questions, and the processor time of an
answer's thread beside encoding. --config and --data-dir name another installation. Needs a built index. Last, JSON.
"""

import argparse
import json
import re
from collections.abc import Sequence
from pathlib import Path
from time import thread_time

import numpy as np

from bot import app, config
from index.encoders import Encoder, Matrix, Progress
from retrieval.pipeline import Answerer

QUESTIONS = Path(__file__).resolve().parent.parent / "tests" / "eval" / "questions.jsonl"


def resident_mb() -> float:
    """Resident memory of this process."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    found = re.search(r"VmRSS:\s+(\d+) kB", status)
    return int(found[1]) / 1024 if found else 0.0


def size_mb(folder: Path) -> float:
    """Megabytes of the files of a folder."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 1e6


class Timed:
    """An encoder whose processor time can be told from that of everything else."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder, self.seconds = encoder, 0.0
        self.fingerprint, self.dimension = encoder.fingerprint, encoder.dimension

    def encode_queries(self, texts: Sequence[str], on_progress: Progress | None = None) -> Matrix:
        """Encode, and add up the processor time of it."""
        began = thread_time()
        vectors = self._encoder.encode_queries(texts, on_progress)
        self.seconds += thread_time() - began
        return vectors

    def encode_passages(self, texts: Sequence[str], on_progress: Progress | None = None) -> Matrix:
        """Encode passages; not asked for here."""
        return self._encoder.encode_passages(texts, on_progress)


def beside_encoding(answerer: Answerer, encoder: Timed, questions: list[str]) -> list[float]:
    """Milliseconds of processor time an answer's own thread takes for everything but encoding."""
    took = []
    for question in questions:
        encoder.seconds, began = 0.0, thread_time()
        answerer.ask(question)
        took.append((thread_time() - began - encoder.seconds) * 1000)
    return took


def main() -> None:
    """Print a table, then JSON."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--config", type=Path)
    options.add_argument("--data-dir", type=Path)
    chosen = options.parse_args()
    found = config.load(chosen.config, chosen.data_dir)
    lines = QUESTIONS.read_text(encoding="utf-8").splitlines()
    questions = [json.loads(line)["question"] for line in lines if line.strip()]
    before = resident_mb()
    encoder = Timed(app.open_encoder(found))
    answerer = app.open_answerer(found, encoder=encoder)
    beside_encoding(answerer, encoder, questions[:1])
    took = beside_encoding(answerer, encoder, questions)
    characters = sum(map(len, answerer.texts.values()))
    live = max((found.data_dir / "generations").iterdir(), key=lambda path: int(path.name))
    figures = {
        "passages": len(answerer.store.passages),
        "characters": characters,
        "generation_mb": size_mb(live),
        "generation_mb_per_million_characters": size_mb(live) / characters * 1e6,
        "database_mb": sum(path.stat().st_size for path in found.data_dir.glob("policybot.sqlite3*")) / 1e6,
        "resident_before_mb": before,
        "resident_after_mb": resident_mb(),
        "cpu_ms_beside_encoding_p50": float(np.percentile(took, 50)),
        "cpu_ms_beside_encoding_p95": float(np.percentile(took, 95)),
    }
    for name, value in figures.items():
        print(f"{name:<40}{value:12.1f}")
    print(json.dumps({name: round(value, 1) for name, value in figures.items()}))


if __name__ == "__main__":
    main()
