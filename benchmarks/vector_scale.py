"""Which vector index from which size on: python benchmarks/vector_scale.py [--quick | --sizes N …] [--data-dir DIR …].

Vectors are those of the passages of the installations named (default var), and, beyond them, the same with noise of
a length that leaves neighbours as far apart as real sentences are; queries are the similar questions, encoded. For each
size and kind: seconds to build, megabytes, milliseconds to find the best 10 and those the ranking takes, one thread, and
the share of the exact best 10 and of the exact best of the ranking that is found. Last, JSON.
"""

import argparse
import json
import os
from pathlib import Path
from time import perf_counter
from typing import Any

import faiss
import numpy as np
from numpy.typing import NDArray
from served import questions

from bot import app, config
from index.vectors import VectorIndex
from retrieval.search import CANDIDATES

SIZES, QUICK_SIZES = (1_000, 10_000, 100_000, 1_000_000), (1_000, 10_000)
QUERIES = 100
DEEP = CANDIDATES
NOISE = 0.35  # of the length of a vector; its copy is then at cosine 0.94
SEED = 5
IVF_MOST = 100_000  # rows: it has lost by then
HNSW, HNSW_CARE = "HNSW32,SQfp16", 80
SAMPLE_A_LIST = 64

Matrix = NDArray[np.float32]


def real_vectors(folders: list[Path]) -> Matrix:
    """The vectors of the passages of every installation."""
    found = []
    for folder in folders:
        live = max((folder / "generations").iterdir(), key=lambda path: int(path.name))
        index = VectorIndex.open(live / "vectors.faiss")
        found.append(index.reconstruct(np.arange(index.rows)))
    return np.concatenate(found)


def grown(real: Matrix, size: int) -> Matrix:
    """``size`` vectors: the real ones first, then copies with noise."""
    chance = np.random.default_rng(SEED)
    made = real[np.arange(size) % len(real)].copy()
    for at in range(min(len(real), size), size, 50_000):
        part = made[at : at + 50_000]
        noise = chance.standard_normal(part.shape, dtype=np.float32)
        part += NOISE * noise / np.linalg.norm(noise, axis=1, keepdims=True)
        part /= np.linalg.norm(part, axis=1, keepdims=True)
    return made


def lists_for(rows: int) -> int:
    """How many inverted lists: the power of two nearest to four square roots."""
    return 2 ** round(np.log2(4 * np.sqrt(rows)))


def kinds(size: int, dimension: int) -> dict[str, tuple[Any, list[int]]]:
    """Kind → an empty index, and the efforts to search it with."""
    found: dict[str, tuple[Any, list[int]]] = {"Flat": (faiss.IndexFlatIP(dimension), [0])}
    if size >= QUICK_SIZES[-1]:
        made = faiss.index_factory(dimension, HNSW, faiss.METRIC_INNER_PRODUCT)
        made.hnsw.efConstruction = HNSW_CARE
        found[HNSW] = (made, [256, 512, 1024])
    if QUICK_SIZES[-1] <= size <= IVF_MOST:
        lists = lists_for(size)
        name = f"IVF{lists},SQ8"
        made = faiss.index_factory(dimension, name, faiss.METRIC_INNER_PRODUCT)
        found[name] = (made, [lists // 16, lists // 8])
    return found


def build(index: Any, vectors: Matrix) -> float:
    """Train and fill an index; return the seconds."""
    faiss.omp_set_num_threads(os.cpu_count() or 1)
    began = perf_counter()
    if not index.is_trained:
        lists = getattr(index, "nlist", 64)
        chance = np.random.default_rng(SEED)
        sample = chance.choice(len(vectors), min(len(vectors), SAMPLE_A_LIST * lists), replace=False)
        index.train(vectors[np.sort(sample)])
    index.add(vectors)
    return perf_counter() - began


def search(index: Any, queries: Matrix, k: int, effort: int) -> tuple[NDArray[np.int64], list[float]]:
    """Rows found (queries, k), and the milliseconds of each query."""
    if effort and hasattr(index, "nprobe"):
        index.nprobe = effort
    elif effort:
        index.hnsw.efSearch = max(effort, k)
    faiss.omp_set_num_threads(1)
    rows, took = [], []
    for query in queries:
        began = perf_counter()
        rows.append(index.search(query[None, :], k)[1][0])
        took.append((perf_counter() - began) * 1000)
    return np.array(rows), took


def recall(found: NDArray[np.int64], exact: NDArray[np.int64]) -> float:
    """Share of the exact rows that were found."""
    return float(np.mean([len(set(a) & set(b)) / len(b) for a, b in zip(found, exact, strict=True)]))


def measure(size: int, vectors: Matrix, queries: Matrix) -> list[dict[str, Any]]:
    """All kinds at one size."""
    rows: list[dict[str, Any]] = []
    exact: dict[int, NDArray[np.int64]] = {}
    for name, (index, efforts) in kinds(size, vectors.shape[1]).items():
        seconds = build(index, vectors)
        megabytes = len(faiss.serialize_index(index)) / 1e6
        for effort in efforts:
            row: dict[str, Any] = {"rows": size, "kind": name, "effort": effort, "build_s": round(seconds, 2)}
            for k in (10, min(DEEP, size)):
                found, took = search(index, queries, k, effort)
                exact.setdefault(k, found)
                row |= {
                    f"recall@{k}": round(recall(found, exact[k]), 4),
                    f"p95@{k}_ms": round(float(np.percentile(took, 95)), 2),
                }
            rows.append({**row, "mb": round(megabytes, 1)})
            print(rows[-1], flush=True)
    return rows


def main() -> None:
    """Measure every size and print."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--quick", action="store_true")
    options.add_argument("--sizes", type=int, nargs="+", help="rows of the indexes")
    options.add_argument("--data-dir", type=Path, action="append")
    chosen = options.parse_args()
    found = config.load()
    encoder = app.open_encoder(found)
    queries = encoder.encode_queries(questions()[:QUERIES])
    real = real_vectors(chosen.data_dir or [found.data_dir])
    rows = []
    for size in chosen.sizes or (QUICK_SIZES if chosen.quick else SIZES):
        rows += measure(size, grown(real, size), queries)
    print(json.dumps(rows))


if __name__ == "__main__":
    main()
