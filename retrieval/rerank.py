"""An optional cross-encoder that reads the question beside each of the best passages.

Nogueira and Cho, "Passage Re-ranking with BERT", 2019, https://arxiv.org/abs/1901.04085. Off by default: it costs tens
of milliseconds a passage on a small machine.
"""

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from index.errors import EncoderError
from retrieval.fusion import standardise
from retrieval.settings import RerankerSettings

Scores = NDArray[np.float32]
Rows = NDArray[np.int64]


class Reranker(Protocol):
    """Scores passages for a question, higher is better."""

    def scores(self, question: str, passages: Sequence[str]) -> Scores:
        """Return one score a passage, float32 of shape (passages,)."""
        ...


class CrossEncoderReranker:
    """A model of sentence-transformers' ``CrossEncoder``, by name or folder."""

    def __init__(self, name: str) -> None:
        from sentence_transformers import CrossEncoder

        try:
            self._model = CrossEncoder(
                name, model_kwargs={"use_safetensors": True}
            )  # the other format is a pickle
        except Exception as error:  # whatever its files and the network make the libraries raise
            reason = str(error).strip().partition("\n")[0]
            raise EncoderError(
                f"重排模型 {name!r} 打不开:{reason};请检查 config.yaml 的 retrieval.reranker.model 和网络,或留空不用"
            ) from None

    def scores(self, question: str, passages: Sequence[str]) -> Scores:
        """Return one score a passage, float32 of shape (passages,)."""
        pairs = [(question, passage) for passage in passages]
        return np.asarray(self._model.predict(pairs, show_progress_bar=False), dtype=np.float32)


def open_reranker(settings: RerankerSettings) -> Reranker | None:
    """Open the model the settings name; None where they name none.

    :raises EncoderError: it is not there, cannot be fetched, or is no cross-encoder
    """
    return CrossEncoderReranker(settings.model) if settings.model else None


def added(
    question: str,
    rows: Rows,
    texts: Sequence[str],
    reranker: Reranker,
    settings: RerankerSettings,
    total: int,
) -> Scores:
    """What the reranker adds to the scores of the passages: float32, (total,), 0 for those it did not read.

    :param rows: the best passages, best first; ``texts`` are their words
    """
    scores = reranker.scores(question, texts)
    extra: Scores = np.zeros(total, dtype=np.float32)
    # the worst of those read gets nothing, so that none of them falls behind a passage that was not read
    standard = standardise(scores, scores)
    extra[rows] = np.float32(settings.weight) * (standard - standard.min())
    return extra
