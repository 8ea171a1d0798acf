"""Texts → vectors. The folder is the registry; ``parts/`` holds what its files share.

An encoder is a file of this folder with ``open_encoder(settings, cache_dir) -> Encoder``; a new backend is a new
file, nothing else. Importing this package imports no model and no torch.
"""

from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from typing import Protocol, cast

import numpy as np
from numpy.typing import NDArray

from index.errors import EncoderError
from index.settings import EncoderSettings

Matrix = NDArray[np.float32]  # (texts, dimension)
Progress = Callable[[int, int], None]  # texts done, texts in all


class Encoder(Protocol):
    """Turns texts into vectors whose inner product is their cosine. Threads may share one."""

    @property
    def fingerprint(self) -> str:
        """What decides the vectors: weights, prefixes, dimension. Vectors of two fingerprints do not compare."""
        ...

    @property
    def dimension(self) -> int:
        """How many numbers a vector has."""
        ...

    def encode_queries(self, texts: Sequence[str], on_progress: Progress | None = None) -> Matrix:
        """Encode questions: float32, (len(texts), dimension), L2-normalised, in the order given.

        :param on_progress: called after every batch with texts done and texts in all
        :raises EncoderError: the model cannot be unpacked or loaded
        """
        ...

    def encode_passages(self, texts: Sequence[str], on_progress: Progress | None = None) -> Matrix:
        """Encode passages: float32, (len(texts), dimension), L2-normalised, in the order given.

        :param on_progress: called after every batch with texts done and texts in all
        :raises EncoderError: the model cannot be unpacked or loaded
        """
        ...


class Backend(Protocol):
    """What every file of this folder offers."""

    def open_encoder(self, settings: EncoderSettings, cache_dir: Path) -> Encoder:
        """Open the encoder; ``cache_dir`` is its to write in. Raises ``EncoderError`` where it cannot."""
        ...


def backends() -> tuple[str, ...]:
    """Return the names ``index.encoder.backend`` may take, sorted."""
    return tuple(sorted(module.name for module in iter_modules(__path__) if not module.ispkg))


def load(settings: EncoderSettings, cache_dir: Path) -> Encoder:
    """Open the encoder the settings name.

    :param cache_dir: where an encoder keeps what it can always make again; made when first written to
    :raises EncoderError: no such backend, or its model cannot be found or loaded
    """
    known = backends()
    if settings.backend not in known:
        raise EncoderError(
            f"没有编码器 {settings.backend!r}(config.yaml 的 index.encoder.backend);可用的有 {'、'.join(known)}"
        )
    backend = cast(Backend, import_module(f"{__name__}.{settings.backend}"))
    return backend.open_encoder(settings, cache_dir)
