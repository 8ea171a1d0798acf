"""multilingual-e5-small as it comes with the installation: no download, and no torch until much is to be encoded.

Questions and small batches run under onnxruntime, which starts in 0.1 s; large ones take the same weights through
sentence-transformers, which starts in 5 s and takes a GPU where there is one. Both give the same vectors.

Wang et al., "Multilingual E5 Text Embeddings", 2024, https://arxiv.org/abs/2402.05672
"""

from collections.abc import Sequence
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

import numpy as np

from index.encoders import Encoder, Matrix, Progress
from index.encoders.parts.e5_engine import PASSAGE_PREFIX, QUERY_PREFIX, Engine
from index.encoders.parts.e5_weights import Weights, bundled
from index.errors import EncoderError
from index.settings import EncoderSettings

if TYPE_CHECKING:
    from index.encoders.parts.transformer import Transformer


class BundledEncoder:
    """The bundled model; threads may share it."""

    def __init__(self, engine: Engine, weights: Weights, settings: EncoderSettings, cache_dir: Path) -> None:
        self._engine = engine
        self._weights = weights
        self._settings = settings
        self._cache_dir = cache_dir
        self._bulk: Transformer | None = None
        self._opening = Lock()

    @property
    def fingerprint(self) -> str:
        """Weights, dimension and prefixes: the same whichever program runs them."""
        return f"e5-small@{self._weights.digest[:16]} {self.dimension} {QUERY_PREFIX!r} {PASSAGE_PREFIX!r}"

    @property
    def dimension(self) -> int:
        """How many numbers a vector has: 384."""
        return self._engine.dimension

    def encode_queries(self, texts: Sequence[str], on_progress: Progress | None = None) -> Matrix:
        """Encode questions, in bulk from ``bulk_from`` of them on: float32, (len(texts), 384), L2-normalised.

        :raises EncoderError: the model cannot be unpacked into the cache folder
        """
        return self._encode(texts, query=True, on_progress=on_progress)

    def encode_passages(self, texts: Sequence[str], on_progress: Progress | None = None) -> Matrix:
        """Encode passages, in bulk from ``bulk_from`` of them on: float32, (len(texts), 384), L2-normalised.

        :raises EncoderError: the model cannot be unpacked into the cache folder
        """
        return self._encode(texts, query=False, on_progress=on_progress)

    def _encode(self, texts: Sequence[str], *, query: bool, on_progress: Progress | None) -> Matrix:
        if len(texts) < self._settings.bulk_from:
            return self._encode_small(texts, query=query, on_progress=on_progress)
        prefix = QUERY_PREFIX if query else PASSAGE_PREFIX
        prepared = [prefix + self._engine.prepare(text, query=query) for text in texts]
        return self._open_bulk().encode(prepared, self._settings.batch_size, on_progress)

    def _encode_small(self, texts: Sequence[str], *, query: bool, on_progress: Progress | None) -> Matrix:
        vectors = np.empty((len(texts), self.dimension), np.float32)
        for start in range(0, len(texts), self._settings.batch_size):
            batch = texts[start : start + self._settings.batch_size]
            prepared = [self._engine.prepare(text, query=query) for text in batch]
            vectors[start : start + len(batch)] = self._engine.encode(prepared, query=query)
            if on_progress:
                on_progress(start + len(batch), len(texts))
        return vectors

    def _open_bulk(self) -> "Transformer":
        from index.encoders.parts.e5_folder import unpacked
        from index.encoders.parts.transformer import open_model

        with self._opening:
            if self._bulk is None:
                self._bulk = open_model(str(unpacked(self._weights, self._cache_dir)))
            return self._bulk


_OPENING = Lock()
_OPENED: dict[Path, tuple[Weights, Engine]] = {}  # one entry: the model that came with the installation


def _open(path: Path, cache_dir: Path) -> tuple[Weights, Engine]:
    """Open the model once a process: whoever asks again, for another data directory or the console, shares it."""
    if path not in _OPENED:
        weights = Weights(path)
        _OPENED[path] = weights, Engine(weights, cache_dir)
    return _OPENED[path]


def open_encoder(settings: EncoderSettings, cache_dir: Path) -> Encoder:
    """Open the bundled model.

    :raises EncoderError: its files are damaged, or the settings ask of it what it does not have
    """
    expected = {"model": "", "query_prefix": QUERY_PREFIX, "passage_prefix": PASSAGE_PREFIX}
    for key, value in expected.items():
        if (found := getattr(settings, key)) != value:
            raise EncoderError(
                f"config.yaml 的 index.encoder.{key} 是 {found!r},自带模型(backend: bundled)只能用 {value!r};"
                "请改回,或把 backend 改成 sentence_transformer"
            )
    with _OPENING:
        weights, engine = _open(bundled(), cache_dir)
    return BundledEncoder(engine, weights, settings, cache_dir)
