"""How others do on the same questions, in the same run: python benchmarks/rivals.py GOLD.jsonl [GOLD.jsonl …].

Rows: this program; baisitong 1.0.6 with its own chunker and retriever; 300-character chunks by BM25 over jieba words
(bm25s), by this program's own embedding in a flat FAISS index (what a plain chain of a framework does), and by
reciprocal rank fusion of the two. A peer's first three chunks are scored as citations; what finds nothing abstains.
With --milvus URI also what that server ranks by itself over this program's passages. Needs a built index; installs baisitong into an environment of its own the first time (--env, default var/peers).
"""

import argparse
import json
import subprocess
import sys
import venv
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from time import perf_counter
from typing import Any

import numpy as np
from peers.milvus_hybrid import hybrid

from bot import app, config
from index.bm25 import WordIndex
from index.generation import Generation
from index.types import Span
from index.vectors import VectorIndex
from retrieval.evaluation import evaluate
from retrieval.types import Answer, AnswerStatus, Citation, Turn

BAISITONG = "baisitong==1.0.6"
CHUNK = 300  # characters, the usual default
OVERLAP = 50
RRF_K = 60
FIRST = 3
FIGURES = ("document@1", "hit@1", "hit@3", "mrr", "abstain", "false_abstain", "quote_chars")

Find = Callable[[Mapping[str, Any]], list[tuple[str, str]]]  # a gold row → (document, words), best first


def chunks_of(texts: Mapping[str, str]) -> list[tuple[str, str]]:
    """Cut every text into windows of ``CHUNK`` characters."""
    step = CHUNK - OVERLAP
    return [
        (document, text[at : at + CHUNK])
        for document, text in texts.items()
        for at in range(0, max(len(text) - OVERLAP, 1), step)
    ]


def plain(parts: app.Parts, texts: Mapping[str, str]) -> dict[str, Find]:
    """The three plain retrievers over the same chunks."""
    chunks = chunks_of(texts)
    words = WordIndex.build([parts.tokenizer.words(text) for _, text in chunks])
    vectors = VectorIndex.build(parts.encoder.encode_passages([text for _, text in chunks]))

    def by_words(row: Mapping[str, Any]) -> np.ndarray:
        return np.argsort(-words.scores([parts.tokenizer.words(row["question"])])[0], kind="stable")

    def by_vector(row: Mapping[str, Any]) -> np.ndarray:
        found, _ = vectors.search(parts.encoder.encode_queries([row["question"]])[0], len(chunks))
        return np.asarray(found)

    def fused(row: Mapping[str, Any]) -> np.ndarray:
        scores = np.zeros(len(chunks))
        for order in (by_words(row), by_vector(row)):
            scores[order] += 1 / (RRF_K + 1 + np.arange(len(order)))
        return np.argsort(-scores, kind="stable")

    def first(order: Callable[[Mapping[str, Any]], np.ndarray]) -> Find:
        return lambda row: [chunks[int(n)] for n in order(row)[:FIRST]]

    return {
        "300 字块,BM25 / chunks, BM25": first(by_words),
        "300 字块,向量 / chunks, dense": first(by_vector),
        "300 字块,RRF / chunks, RRF": first(fused),
    }


def engine(parts: app.Parts, store: Generation, uri: str) -> Find:
    """What Milvus finds by itself among this program's own passages."""
    passages = store.passages
    vectors = store.vectors.reconstruct(np.arange(len(passages)))
    found = hybrid(uri, [passage.indexed_text for passage in passages], vectors)

    def find(row: Mapping[str, Any]) -> list[tuple[str, str]]:
        rows = found(row["question"], parts.encoder.encode_queries([row["question"]])[0])[:FIRST]
        return [(p.document, p.span.of(store.texts[p.document])) for p in (passages[n] for n in rows)]

    return find


def baisitong(environment: Path, store: Any) -> Find:
    """Start the peer's retriever over the same documents."""
    python = environment / "bin" / "python"
    if not python.exists():
        venv.create(environment, with_pip=True)
        subprocess.run([python, "-m", "pip", "install", "--quiet", BAISITONG], check=True)
    worker = subprocess.Popen(
        [python, Path(__file__).with_name("peers") / "baisitong_worker.py"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    stdin, stdout = worker.stdin, worker.stdout
    assert stdin
    assert stdout
    ids = list(store.texts)
    documents = [{"title": store.documents[i].title, "text": store.texts[i]} for i in ids]
    print(json.dumps({"documents": documents}), file=stdin, flush=True)

    def find(row: Mapping[str, Any]) -> list[tuple[str, str]]:
        history = row.get("history") or [None]
        print(json.dumps({"question": row["question"], "last": history[-1]}), file=stdin, flush=True)
        return [(ids[hit["document"]], hit["text"]) for hit in json.loads(stdout.readline())]

    return find


def answer_of(row: Mapping[str, Any], found: Sequence[tuple[str, str]]) -> Answer:
    """Present what a peer found as an answer, so that one scorer scores all."""
    status = AnswerStatus.ANSWERED if found else AnswerStatus.NOT_FOUND
    citations = tuple(
        Citation(document, "", "", "", "", "", words, Span(0, len(words)), None, "")
        for document, words in found
    )
    return Answer(row["question"], status, (), citations=citations)


def main() -> None:
    """Print a Markdown table a gold set."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("gold", nargs="+", type=Path)
    options.add_argument("--config", type=Path)
    options.add_argument("--data-dir", type=Path)
    options.add_argument("--milvus", help="a server of the Milvus API")
    options.add_argument("--env", type=Path, default=Path("var/peers"))
    chosen = options.parse_args()
    settings = config.load(chosen.config, chosen.data_dir)
    answerer = app.open_answerer(settings)
    peers = {"baisitong 1.0.6": baisitong(chosen.env, answerer.store)}
    parts = app.open_parts(settings)
    peers |= plain(parts, answerer.texts)
    if chosen.milvus:
        peers["本程序的句子,Milvus 的 RRF / passages, RRF in Milvus"] = engine(
            parts, answerer.store, chosen.milvus
        )

    def ours(row: Mapping[str, Any]) -> Answer:
        return answerer.ask(row["question"], [Turn(q) for q in row.get("history") or ()], row.get("region"))

    for path in chosen.gold:
        rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
        print(f"\n{path.stem}, {len(rows)} 题 / questions\n")
        print("| | " + " | ".join(FIGURES) + " | 答/秒 answers/s |")
        print("| --- |" + " ---: |" * (len(FIGURES) + 1))
        ask: dict[str, Callable[[Mapping[str, Any]], Answer]] = {"policybot": ours}
        ask |= {name: lambda row, find=find: answer_of(row, find(row)) for name, find in peers.items()}
        for name, one in ask.items():
            started = perf_counter()
            answers = [(row, one(row)) for row in rows]
            seconds = perf_counter() - started
            figures = evaluate(answers, answerer.texts).figures
            cells = [f"{figures[f]:.3f}" if f in figures else "—" for f in FIGURES[:-1]]
            print(
                f"| {name} | " + " | ".join(cells) + f" | {figures.get('quote_chars', 0):.0f} "
                f"| {len(rows) / seconds:.0f} |"
            )
            sys.stdout.flush()


if __name__ == "__main__":
    main()
