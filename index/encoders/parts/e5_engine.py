"""The bundled weights under onnxruntime: texts → vectors without torch. The only file that imports onnxruntime."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from os import cpu_count
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.encoders.parts.cleaning import clean
from index.encoders.parts.e5_pieces import Tokens, write_pieces
from index.encoders.parts.e5_weights import Weights
from index.encoders.parts.unpacking import unpacked
from index.errors import EncoderError

QUERY_PREFIX, PASSAGE_PREFIX = "query: ", "passage: "  # those the model was trained with
_GRAPH, _PIECES = "encoder.onnx", "pieces.model"
_FORMAT = 1  # raised when the files are written otherwise: older ones are then made anew
_WINDOW = 512  # tokens the model takes, prefix and special ones included
_NEVER_OVER = 480  # characters: a token is at least one, the prefix and the special tokens are fewer than 32
_NEVER_READ = 10_000  # characters: the longest pieces have 16, so that no more than 8,192 fit the window
_THREADS = 4  # a question is some 20 tokens: more threads than this wait for each other longer than they work
_TINY = 1e-12  # keeps a vector of zeros from being divided by zero

# Names of the model's control pieces: typed in a text they would end it for one tokenizer and be letters for another.
_CONTROL = re.compile("</?s>|<pad>|<unk>|<mask>")

Vectors = NDArray[np.float32]


def _write(folder: Path, weights: Weights) -> None:
    from index.encoders.parts.e5_graph import write_graph

    write_graph(weights, folder / _GRAPH)
    write_pieces(weights.pieces, folder / _PIECES)


def _session(path: Path) -> Any:
    """Open the graph. Its threads sleep while they wait: spinning, they keep others from the processor."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = min(cpu_count() or 1, _THREADS)
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])


class Engine:
    """Encodes on the processor without torch; threads may share it.

    :param cache_dir: holds the graph and the vocabulary, 19 MB, made from the weights at the first opening
    :raises EncoderError: they cannot be written or opened
    """

    def __init__(self, weights: Weights, cache_dir: Path) -> None:
        folder = cache_dir / f"e5-small-{weights.digest[:12]}-onnx"
        stamp = {"format": _FORMAT, "weights": weights.digest}
        unpacked(folder, stamp, lambda part: _write(part, weights), megabytes=19)
        self._tokens = Tokens(folder / _PIECES)
        try:
            self._model = _session(folder / _GRAPH)
        except (OSError, RuntimeError, ImportError) as error:
            raise EncoderError(
                f"自带模型打不开({error});请运行 pip install --force-reinstall onnxruntime 后再试"
            ) from None
        self._weights, hidden = weights, weights.shape.hidden
        kind = weights.tensor("emb.type", hidden)[0].astype(np.float32)
        self._places = weights.tensor("emb.pos", hidden).astype(np.float32) + kind

    @property
    def dimension(self) -> int:
        """How many numbers a vector has."""
        return self._weights.shape.hidden

    def prepare(self, text: str, *, query: bool) -> str:
        """Return what the model is to read of ``text``: cleaned, cut where its window of 512 tokens ends.

        sentence-transformers cuts there too: both read the same.
        """
        cleaned = " ".join(_CONTROL.sub(" ", clean(text)).split())
        if len(cleaned) <= _NEVER_OVER:
            return cleaned
        prefix = QUERY_PREFIX if query else PASSAGE_PREFIX
        sizes = range(_NEVER_OVER, min(len(cleaned), _NEVER_READ) + 1)
        fits = bisect_right(sizes, _WINDOW, key=lambda size: len(self._tokens.ids(prefix + cleaned[:size])))
        return cleaned[: sizes[fits - 1]]

    def tokens(self, prepared: Sequence[str], *, query: bool) -> list[Vectors]:
        """Encode texts that :meth:`prepare` returned, a vector a token: float32, each (tokens, dimension)."""
        prefix = QUERY_PREFIX if query else PASSAGE_PREFIX
        ids = [self._tokens.ids(prefix + text)[:_WINDOW] for text in prepared]
        longest = max(map(len, ids), default=0)
        mask = np.zeros((len(ids), longest), np.int32)
        padded = np.zeros((len(ids), longest), np.int64)  # of any token: the mask hides them
        for row, some in enumerate(ids):
            mask[row, : len(some)], padded[row, : len(some)] = 1, some
        embeddings = self._weights.rows("emb.word", self.dimension, padded) + self._places[:longest]
        (found,) = self._model.run(None, {"embeddings": embeddings, "mask": mask})
        return [vectors[: len(some)] for vectors, some in zip(found, ids, strict=True)]

    def encode(self, prepared: Sequence[str], *, query: bool) -> Vectors:
        """Encode texts that :meth:`prepare` returned: float32, (len(prepared), dimension), L2-normalised."""
        if not prepared:
            return np.empty((0, self.dimension), np.float32)
        means = np.stack([some.mean(axis=0) for some in self.tokens(prepared, query=query)])
        vectors: Vectors = means / np.maximum(np.linalg.norm(means, axis=1, keepdims=True), _TINY)
        return vectors
