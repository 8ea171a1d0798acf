"""Whether Milvus answers as files do: python benchmarks/backends.py URI GOLD.jsonl [GOLD.jsonl …] [--data-dir DIR].

Writes the live documents to a server of the Milvus API under a prefix of its own (a copy of the data directory, whose
vectors are cached, so nothing is encoded), asks both the same questions and prints, for each gold set, how many answers
differ, hit@1 and hit@3 and the milliseconds of an answer by both. Needs a built index. Last, JSON.
"""

import argparse
import json
import shutil
import tempfile
from dataclasses import replace
from pathlib import Path
from time import perf_counter
from typing import Any

import numpy as np

from bot import app, config
from bot.config import Config
from index.settings import BackendSettings
from retrieval.evaluation import evaluate
from retrieval.pipeline import Answerer
from retrieval.types import Answer, Turn

PREFIX = "policybot_benchmark"


def in_milvus(found: Config, uri: str, folder: Path) -> tuple[Answerer, float]:
    """Write the documents to the server; return what answers from there, and the seconds it took."""
    settings = BackendSettings(name="milvus", uri=uri, prefix=PREFIX)
    index = found.settings.index.model_copy(update={"backend": settings})
    copied = replace(
        found, settings=found.settings.model_copy(update={"index": index}), data_dir=folder / "var"
    )
    shutil.copytree(found.data_dir, copied.data_dir)
    began = perf_counter()
    app.build_index(copied, rebuild=False, on_progress=lambda _stage, _done, _total: None)
    return app.open_answerer(copied), perf_counter() - began


def asked(answerer: Answerer, rows: list[dict[str, Any]]) -> tuple[list[Answer], dict[str, float]]:
    """Answer every row; return the answers and what the table shows of them."""
    answers, took = [], []
    for row in rows:
        began = perf_counter()
        answers.append(answerer.ask(row["question"], [Turn(q) for q in row.get("history") or ()]))
        took.append((perf_counter() - began) * 1000)
    figures = evaluate(list(zip(rows, answers, strict=True)), answerer.texts).figures
    shown = {name: round(figures[name], 3) for name in ("hit@1", "hit@3")}
    times = {f"p{p}_ms": round(float(np.percentile(took, p)), 1) for p in (50, 95)}
    return [replace(answer, timing_ms={}) for answer in answers], shown | times


def main() -> None:
    """Print a table, then JSON."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("uri")
    options.add_argument("gold", nargs="+", type=Path)
    options.add_argument("--data-dir", type=Path)
    chosen = options.parse_args()
    found = config.load(data_dir=chosen.data_dir)
    with tempfile.TemporaryDirectory() as name:
        local = app.open_answerer(found)
        other, seconds = in_milvus(found, chosen.uri, Path(name))
        printed: dict[str, Any] = {"written_s": round(seconds, 1)}
        for path in chosen.gold:
            lines = path.read_text(encoding="utf-8").splitlines()
            rows = [json.loads(line) for line in lines if line.strip()]
            (ours, files), (theirs, milvus) = asked(local, rows), asked(other, rows)
            different = sum(one != two for one, two in zip(ours, theirs, strict=True))
            printed[path.stem] = {
                "questions": len(rows),
                "different": different,
                "files": files,
                "milvus": milvus,
            }
            print(
                f"{path.stem}: {len(rows)} questions, {different} different\n  files  {files}\n  milvus {milvus}"
            )
    print(json.dumps(printed))


if __name__ == "__main__":
    main()
