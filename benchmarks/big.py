"""How the program holds at a given number of passages: python benchmarks/big.py --passages N [--work DIR].

Makes a data directory of N passages through the real tables, word indexes and vector index, then answers the project's
questions in a process of its own with the real encoder. The documents are the two shipped plans over and over, each
under another name of a place, with other digits; a vector is that of the shipped sentence with noise, since encoding a
million sentences takes half a day here. Prints the seconds of every stage of the build, the megabytes on disk, the seconds
of opening, the resident memory and p50 and p95 of an answer, as it was asked and without the name of the place. Last, JSON.
"""

import argparse
import json
import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from time import perf_counter

import numpy as np
import yaml

from bot import app, config
from bot.config import Config
from bot.memory import give_back, keep_large_apart
from index import build as building
from index.encoders import Encoder, Matrix, Progress
from index.places import places
from index.recipe import read_version
from index.rows import Version
from index.settings import IndexSettings
from index.tools import Tools
from index.types import Document

ROOT = Path(__file__).resolve().parent.parent
QUESTIONS = ROOT / "tests" / "eval" / "questions.jsonl"
NOISE = (
    0.15  # standard deviation against a vector of length 1, spread over its numbers: a cosine of about 0.99
)
SEED = 11
NEAREST, CHUNK = 10, 50_000
_DIGIT = re.compile(r"\d")


class Varied:
    """Gives a passage the vector of the shipped one it was made from, with noise of its own."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder, self._known = encoder, {}
        self.fingerprint, self.dimension = encoder.fingerprint, encoder.dimension

    def encode_queries(self, texts: Sequence[str], on_progress: Progress | None = None) -> Matrix:
        """Encode questions as they are."""
        return self._encoder.encode_queries(texts, on_progress)

    def encode_passages(self, texts: Sequence[str], on_progress: Progress | None = None) -> Matrix:
        """Encode each kind of sentence once."""
        plain = [_DIGIT.sub("0", text.partition(" ")[2] or text) for text in texts]
        new = [text for text in dict.fromkeys(plain) if text not in self._known]
        if new:
            self._known |= dict(zip(new, self._encoder.encode_passages(new), strict=True))
        vectors = np.stack([self._known[text] for text in plain])
        for row, text in enumerate(texts):
            chance = np.random.default_rng(int.from_bytes(sha256(text.encode()).digest()[:8], "big"))
            vectors[row] += chance.normal(0, NOISE / np.sqrt(self.dimension), self.dimension)
        return (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)


def varied(version: Version, document: Document, chance: np.random.Generator) -> Version:
    """The same document of another place: other digits at the same offsets, the place before every passage."""
    digits = iter(chance.integers(0, 10, len(version.text)).astype(str))
    text = _DIGIT.sub(lambda _: next(digits), version.text)

    def words(span: object, text: str = text) -> str:
        return span.of(text)

    passages = []
    for passage in version.passages:
        old = passage.span.of(version.text)
        head = passage.indexed_text.removesuffix(old)
        seen = f"{document.region} {head}{words(passage.span)}"
        digest = sha256(seen.encode()).hexdigest()
        passages.append(replace(passage, document=document.id, indexed_text=seen, digest=digest))
    return Version(
        document,
        text,
        tuple(replace(clause, document=document.id) for clause in version.clauses),
        tuple(passages),
        tuple(replace(r, document=document.id, value=words(r.value_span)) for r in version.indicators),
    )


@dataclass
class Maker:
    """Stands in for the reader of documents."""

    shipped: dict[str, Version]
    chance: np.random.Generator

    def __call__(self, corpus_dir: Path, document: Document, settings: IndexSettings) -> Version:
        """Return the version a document of the corpus is made of."""
        source = document.id.partition("-")[0]
        if source == document.id:
            return self.shipped[source]
        return varied(self.shipped[source], document, self.chance)


def write_corpus(found: Config, folder: Path, passages: int, shipped: dict[str, Version]) -> None:
    """Write a manifest of as many documents as make ``passages``; the files of the made ones hold only their name."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    shutil.copy(found.corpus_dir / app.LEXICON, folder / app.LEXICON)
    listed = yaml.safe_load((found.corpus_dir / "manifest.yaml").read_text(encoding="utf-8"))
    entries = {entry["id"]: entry for entry in listed["documents"]}
    for entry in entries.values():
        shutil.copy(found.corpus_dir / entry["file"], folder / entry["file"])
    names, made, number = sorted(places()), list(entries.values()), 0
    held = sum(len(version.passages) for version in shipped.values())
    sources = sorted(shipped)
    while held < passages:
        source = sources[number % len(sources)]
        place = names[number % len(names)] + ("" if number < len(names) else str(number // len(names)))
        name = f"{source}-{number}"
        (folder / f"{name}.txt").write_text(name, encoding="utf-8")
        digest = sha256(name.encode()).hexdigest()
        title = f"{place}就业和社会保障规划"
        made.append({"id": name, "title": title, "region": place, "file": f"{name}.txt", "sha256": digest})
        held, number = held + len(shipped[source].passages), number + 1
    (folder / "manifest.yaml").write_text(yaml.safe_dump({"documents": made}, allow_unicode=True), "utf-8")


def build(found: Config, passages: int, work: Path) -> dict[str, float]:
    """Make the data directory; return the seconds of each stage."""
    parts = app.open_parts(found)
    shipped = {}
    for document in building.manifest.load(found.corpus_dir):
        read = read_version(found.corpus_dir, document, found.settings.index)
        shipped[document.id] = replace(read, questions=())
    write_corpus(found, work / "docs_corpus", passages, shipped)
    building.read_version = Maker(shipped, np.random.default_rng(SEED))
    seconds: dict[str, float] = {}
    last = [perf_counter(), ""]

    def note(stage: str, done: int, total: int) -> None:
        now = perf_counter()
        seconds[last[1]] = seconds.get(last[1], 0.0) + now - last[0]
        last[:] = [now, stage]
        print(f"\r{stage} {done}/{total}   ", end="", file=sys.stderr)

    tools = Tools(Varied(parts.encoder), parts.tokenizer, parts.lexicon.digest, parts.backend)
    report = building.build(work / "docs_corpus", work / "var", found.settings.index, tools, on_progress=note)
    return {
        "passages": report.passages,
        "build_s": report.seconds,
        **{k or "begin": v for k, v in seconds.items()},
    }


def memory_mb() -> dict[str, float]:
    """Resident memory of this process: all of it, what is its own, and what is pages of files."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    read = {
        key: int(re.search(rf"{key}:\s+(\d+) kB", status)[1]) / 1024
        for key in ("VmRSS", "RssAnon", "RssFile")
    }
    return {key: round(value) for key, value in read.items()}


def ask(found: Config) -> dict[str, object]:
    """Open and answer; what the command --ask prints."""
    lines = QUESTIONS.read_text(encoding="utf-8").splitlines()
    questions = [json.loads(line)["question"] for line in lines if line.strip()]
    began = perf_counter()
    answerer = app.open_answerer(found)
    keep_large_apart(len(answerer.store.passages))  # as the server does
    give_back()
    opened = perf_counter() - began
    after = memory_mb()
    began = perf_counter()
    answerer.ask(questions[0])
    figures: dict[str, object] = {
        "open_s": round(opened, 1),
        "first_answer_s": round(perf_counter() - began, 2),
        "opened_mb": after,
    }
    unplaced = [re.sub("襄阳市?|青浦区?|两地|我们区|我们市", "", question) for question in questions]
    for name, asked in (("as_asked", questions), ("without_place", unplaced)):
        took = []
        for question in asked:
            began = perf_counter()
            answerer.ask(question)
            took.append((perf_counter() - began) * 1000)
        figures[name] = {
            "p50_ms": round(float(np.percentile(took, 50)), 1),
            "p95_ms": round(float(np.percentile(took, 95)), 1),
        }
    figures["answered_mb"] = memory_mb()
    return figures


def recall(found: Config) -> dict[str, float]:
    """Share of the exactly nearest passages that the index finds, and its milliseconds; what --recall prints."""
    lines = QUESTIONS.read_text(encoding="utf-8").splitlines()
    questions = [json.loads(line)["question"] for line in lines if line.strip()]
    answerer = app.open_answerer(found)
    vectors = answerer.store.vectors
    queries = app.open_encoder(found).encode_queries(questions)
    best: list[tuple[np.ndarray, np.ndarray]] = [(np.empty(0), np.empty(0, int)) for _ in questions]
    for at in range(0, vectors.rows, CHUNK):
        rows = np.arange(at, min(at + CHUNK, vectors.rows))
        cosines = queries @ vectors.reconstruct(rows).T
        for n, own in enumerate(cosines):
            scores, known = np.concatenate([best[n][0], own]), np.concatenate([best[n][1], rows])
            top = np.argsort(-scores, kind="stable")[:NEAREST]
            best[n] = scores[top], known[top]
    shares, took = [], []
    for query, (scores, _) in zip(queries, best, strict=True):
        began = perf_counter()
        found_scores = vectors.search(query, NEAREST)[1]
        took.append((perf_counter() - began) * 1000)
        # by inner product: of equally near ones any will do
        shares.append(float(np.mean(found_scores >= scores[-1] - 1e-6)))
    return {
        "recall@10": round(float(np.mean(shares)), 4),
        "p95@10_ms": round(float(np.percentile(took, 95)), 2),
    }


def main() -> None:
    """Build, then ask in a process of its own."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--passages", type=int, default=10_000)
    options.add_argument("--work", type=Path, default=Path("var/big"))
    options.add_argument("--ask", action="store_true", help="only answer over what is there")
    options.add_argument(
        "--recall", action="store_true", help="only compare what is there with an exact search"
    )
    chosen = options.parse_args()
    found = config.load()
    figures: dict[str, object] = {}
    made = replace(found, corpus_dir=chosen.work / "docs_corpus", data_dir=chosen.work / "var")
    if chosen.recall:
        figures |= recall(made)
    elif not chosen.ask:
        figures |= build(found, chosen.passages, chosen.work)
        command = [sys.executable, __file__, "--ask", "--work", str(chosen.work)]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        figures |= json.loads(done.stdout.splitlines()[-1])
        files = [path for path in (chosen.work / "var").rglob("*") if path.is_file()]
        figures["disk_mb"] = round(sum(path.stat().st_size for path in files) / 1e6)
    else:
        figures |= ask(made)
    for name, value in figures.items():
        print(f"{name:<28}{value if not isinstance(value, float) else round(value, 1)}")
    print(json.dumps(figures, ensure_ascii=False))


if __name__ == "__main__":
    main()
