"""The only file that imports sentence-transformers and torch, both at first use: they take 5 s."""

from collections.abc import Callable, Sequence
from threading import Lock
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from index.errors import EncoderError

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

_TINY = 1e-12  # keeps a vector of zeros from being divided by zero
_FAST_BFLOAT16 = ("avx512_bf16", "amx_bf16")  # elsewhere the processor emulates it, slower than float32


def _precision() -> Any:
    """Return the type to compute in: bfloat16 where the hardware has it, else float32."""
    import torch

    if torch.cuda.is_available():
        fast = torch.cuda.is_bf16_supported(including_emulation=False)
    else:
        capabilities = torch.cpu.get_capabilities()
        fast = any(capabilities.get(name, False) for name in _FAST_BFLOAT16)
    return torch.bfloat16 if fast else torch.float32


class Transformer:
    """A loaded model; threads may share it."""

    def __init__(self, model: "SentenceTransformer") -> None:
        self._model = model
        # Its tokenizer keeps the padding of a call in itself. Held for one batch at a time: a question does not
        # wait for a build.
        self._turn = Lock()

    @property
    def dimension(self) -> int:
        """How many numbers a vector has."""
        return int(self._model.get_embedding_dimension() or 0)

    @property
    def revision(self) -> str | None:
        """The commit a downloaded model was fetched at."""
        first: Any = self._model[0]
        return getattr(first.auto_model.config, "_commit_hash", None)

    def encode(
        self,
        texts: Sequence[str],
        batch_size: int,
        on_progress: Callable[[int, int], None] | None = None,
    ) -> NDArray[np.float32]:
        """Encode texts that carry their prefix: float32, (len(texts), dimension), L2-normalised.

        Batches hold texts of like length, longest first, so that little is padded and memory runs out at once
        or never.
        """
        vectors = np.empty((len(texts), self.dimension), np.float32)
        order = sorted(range(len(texts)), key=lambda row: len(texts[row]), reverse=True)
        for start in range(0, len(order), batch_size):
            rows = order[start : start + batch_size]
            batch = [texts[row] for row in rows]
            with self._turn:
                vectors[rows] = self._model.encode(batch, batch_size=batch_size, show_progress_bar=False)
            if on_progress:
                on_progress(start + len(rows), len(texts))
        vectors /= np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), _TINY)
        return vectors


def _load(name: str) -> "SentenceTransformer":
    """Load a model from this machine; only where it is not here, from the network."""
    from sentence_transformers import SentenceTransformer
    from transformers.utils import logging

    logging.disable_progress_bar()  # type: ignore[no-untyped-call]  # a channel has a bar of its own
    options = {"dtype": _precision(), "use_safetensors": True}  # the other format is a pickle
    try:
        return SentenceTransformer(name, model_kwargs=options, local_files_only=True)
    except OSError:
        return SentenceTransformer(name, model_kwargs=options)


def open_model(name: str) -> Transformer:
    """Load a model by folder or by name, onto a GPU where there is one.

    :raises EncoderError: it is not there, cannot be fetched, or is no such model
    """
    try:
        return Transformer(_load(name))
    except Exception as error:  # whatever its files and the network make five libraries raise
        reason = str(error).strip().partition("\n")[0] or type(error).__name__
        raise EncoderError(
            f"编码模型 {name!r} 打不开:{reason};请检查 config.yaml 的 index.encoder.model(模型名或文件夹)和网络,"
            "或把 backend 改回 bundled"
        ) from None
