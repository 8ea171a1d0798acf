"""Texts → vectors, computing only those no earlier build computed."""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

import numpy as np
from sqlalchemy import Connection, func, select
from sqlalchemy.dialects.sqlite import insert

from index.database import transaction
from index.encoders import Encoder
from index.errors import EncoderError
from index.schema import vectors_cache
from index.vectors import Matrix

# Saved this many at a time: an interrupted build of a large corpus loses a minute or two, and a batch is still
# large enough for the bulk engine to pay for its start.
_SAVED_AT_ONCE = 2048
_STORED = np.dtype("<f4")


@dataclass(frozen=True, slots=True)
class Embedded:
    """``matrix`` is float32 of shape (texts, dimension); ``computed`` counts the texts embedded this time."""

    matrix: Matrix
    computed: int
    seconds: float


def _cached(connection: Connection, encoder: Encoder, wanted: Collection[str]) -> dict[str, bytes]:
    """Read the vectors of this encoder by digest; one of the wrong size counts as missing."""
    query = select(vectors_cache.c.digest, vectors_cache.c.vector).where(
        vectors_cache.c.encoder == encoder.fingerprint,
        func.length(vectors_cache.c.vector) == encoder.dimension * _STORED.itemsize,
    )
    return {digest: vector for digest, vector in connection.execute(query) if digest in wanted}


def _save(connection: Connection, encoder: Encoder, vectors: dict[str, bytes]) -> None:
    rows = [
        {"encoder": encoder.fingerprint, "digest": digest, "vector": vector}
        for digest, vector in vectors.items()
    ]
    upsert = insert(vectors_cache)
    keys = ["encoder", "digest"]
    connection.execute(
        upsert.on_conflict_do_update(index_elements=keys, set_={"vector": upsert.excluded.vector}), rows
    )


def _encode(
    encoder: Encoder, texts: Sequence[str], questions: bool, on_progress: Callable[[int, int], None]
) -> Iterator[bytes]:
    encode = encoder.encode_queries if questions else encoder.encode_passages
    matrix = encode(texts, on_progress)
    if matrix.shape != (len(texts), encoder.dimension) or not np.isfinite(matrix).all():
        raise EncoderError(
            f"编码器 {encoder.fingerprint} 给出的向量不可用:形状 {matrix.shape},应为 {(len(texts), encoder.dimension)}"
            " 且全是有限数;请检查 config.yaml 里 index.encoder 的模型"
        )
    return (vector.tobytes() for vector in matrix.astype(_STORED))


def embed(
    data_dir: Path,
    keyed: Sequence[tuple[str, str]],
    encoder: Encoder,
    *,
    anew: bool,
    on_progress: Callable[[int, int], None],
    questions: bool = False,
) -> Embedded:
    """Return the vectors of texts, row for row.

    :param keyed: the digest and the words of each text; texts of one digest are computed once
    :param anew: compute every vector, whatever earlier builds left
    :param on_progress: called with texts done and texts in all
    :param questions: the texts are questions, not passages; their digests are other ones
    :raises EncoderError: the encoder gives vectors of another shape, or not finite ones
    """
    started = perf_counter()
    texts = dict(keyed)
    with transaction(data_dir) as connection:
        vectors = {} if anew else _cached(connection, encoder, texts.keys())
    digests = [digest for digest in texts if digest not in vectors]
    for start in range(0, len(digests), _SAVED_AT_ONCE):
        batch = digests[start : start + _SAVED_AT_ONCE]

        def report(done: int, _total: int, before: int = start) -> None:
            on_progress(before + done, len(digests))

        encoded = _encode(encoder, [texts[digest] for digest in batch], questions, report)
        computed = dict(zip(batch, encoded, strict=True))
        with transaction(data_dir) as connection:
            _save(connection, encoder, computed)
        vectors |= computed
    matrix = np.empty((len(keyed), encoder.dimension), np.float32)
    for row, (digest, _) in enumerate(keyed):
        matrix[row] = np.frombuffer(vectors[digest], _STORED)
    return Embedded(matrix, len(digests), perf_counter() - started)
