"""How retrieval holds on a large collection: python benchmarks/collection.py DOCUMENTS.jsonl QUESTIONS.jsonl [--work DIR].

DOCUMENTS.jsonl holds one ``{"id", "title", "text"}`` a line, QUESTIONS.jsonl a gold set for ``policybot eval``. Indexes
every document as a file of its own in a corpus of its own (without similar questions), answers every question and
prints the figures. The corpus and its index stay in --work (default var/collection), so that a second run is quick.
"""

import argparse
import json
import shutil
from hashlib import sha256
from pathlib import Path
from time import perf_counter

from bot import app, config
from bot.config import Config
from retrieval.evaluation import evaluate
from retrieval.types import Turn

REGION = "全国"  # the texts name their places themselves
FIGURES = ("document@1", "hit@1", "hit@3", "mrr", "false_abstain", "quote_chars", "verbatim")


def rows_of(path: Path) -> list[dict]:
    """Read a JSONL file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def write_corpus(documents: list[dict], folder: Path) -> None:
    """Write each document as a text file, and the manifest that lists them."""
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copy(config.load().corpus_dir / app.LEXICON, folder / app.LEXICON)
    entries = []
    for document in documents:
        content = document["text"].encode()
        file = f"{document['id']}.txt"
        (folder / file).write_bytes(content)
        entry = {
            "id": document["id"],
            "title": document["title"] or document["id"],
            "region": REGION,
            "file": file,
            "sha256": sha256(content).hexdigest(),
        }
        entries.append("  - " + json.dumps(entry, ensure_ascii=False))
    (folder / "manifest.yaml").write_text("\n".join(["documents:", *entries, ""]), encoding="utf-8")


def main() -> None:
    """Index, answer, print."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("documents", type=Path)
    options.add_argument("questions", type=Path)
    options.add_argument("--work", type=Path, default=Path("var/collection"))
    chosen = options.parse_args()
    own = config.load()
    write_corpus(rows_of(chosen.documents), chosen.work / "docs_corpus")
    made = Config(own.settings, chosen.work / "docs_corpus", chosen.work / "var", "")
    report = app.build_index(made, rebuild=False, on_progress=lambda _stage, _done, _total: None)
    print(f"{report.passages} passages, {report.embedded} embedded, {report.seconds:.0f} s")
    answerer = app.open_answerer(made)
    questions = rows_of(chosen.questions)
    started = perf_counter()
    answered = [
        (row, answerer.ask(row["question"], [Turn(q) for q in row.get("history") or ()])) for row in questions
    ]
    seconds = perf_counter() - started
    figures = evaluate(answered, answerer.texts).figures
    print("  ".join(f"{name}={figures[name]:.3f}" for name in FIGURES if name in figures))
    print(f"{len(questions)} questions, {1000 * seconds / len(questions):.0f} ms each")


if __name__ == "__main__":
    main()
