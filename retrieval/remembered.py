"""Vectors of questions asked before. Encoding a question is most of what an answer costs, and people ask the same."""

from collections import OrderedDict
from collections.abc import Sequence
from hashlib import blake2b
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from index.encoders import Encoder, Matrix, Progress

REMEMBERED = 4096  # texts: 6 MB at 384 numbers each; a city's questions of a day


def _key(text: str) -> bytes:
    # what people ask is not kept, not even here
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).digest()


class RememberingEncoder:
    """An encoder that keeps the vectors of the last questions; threads may share it.

    Vectors depend on the encoder alone, so a new generation of documents leaves them as they are.
    """

    def __init__(self, encoder: Encoder, most: int = REMEMBERED) -> None:
        self._encoder, self._most = encoder, most
        self._known: OrderedDict[bytes, NDArray[np.float32]] = OrderedDict()
        self._lock = Lock()

    @property
    def fingerprint(self) -> str:
        """What decides the vectors."""
        return self._encoder.fingerprint

    @property
    def dimension(self) -> int:
        """How many numbers a vector has."""
        return self._encoder.dimension

    def _recall(self, keys: Sequence[bytes]) -> dict[bytes, NDArray[np.float32]]:
        with self._lock:
            found = {key: self._known[key] for key in keys if key in self._known}
            for key in found:
                self._known.move_to_end(key)
        return found

    def _keep(self, new: dict[bytes, NDArray[np.float32]]) -> None:
        with self._lock:
            self._known.update(new)
            while len(self._known) > self._most:
                self._known.popitem(last=False)

    def encode_queries(self, texts: Sequence[str], on_progress: Progress | None = None) -> Matrix:
        """Encode questions: float32, (len(texts), dimension), those not seen lately by the encoder itself."""
        keys = [_key(text) for text in texts]
        found = self._recall(keys)
        missing = {key: text for key, text in zip(keys, texts, strict=True) if key not in found}
        if missing or not texts:
            vectors = self._encoder.encode_queries(list(missing.values()), on_progress)
            if not texts:
                return vectors
            new = {key: vector.copy() for key, vector in zip(missing, vectors, strict=True)}
            self._keep(new)
            found |= new
        return np.stack([found[key] for key in keys])

    def encode_passages(self, texts: Sequence[str], on_progress: Progress | None = None) -> Matrix:
        """Encode passages: float32, (len(texts), dimension); their vectors are kept on disk by the builder."""
        return self._encoder.encode_passages(texts, on_progress)
