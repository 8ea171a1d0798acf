"""The optional cross-encoder: a real, tiny model made by the test."""

from pathlib import Path

import numpy as np
import pytest

from index.errors import EncoderError
from retrieval.rerank import CrossEncoderReranker, added, open_reranker
from retrieval.settings import RerankerSettings


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A BERT of one layer over single characters, saved as sentence-transformers saves it."""
    from transformers import BertConfig, BertForSequenceClassification, BertTokenizerFast

    made = tmp_path_factory.mktemp("cross")
    vocabulary = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *"灵活就业补贴养老"]
    (made / "vocab.txt").write_text("\n".join(vocabulary), encoding="utf-8")
    config = BertConfig(
        vocab_size=len(vocabulary),
        hidden_size=16,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=16,
        num_labels=1,
    )
    BertForSequenceClassification(config).save_pretrained(made)
    BertTokenizerFast(str(made / "vocab.txt")).save_pretrained(made)
    return made


def test_a_score_a_passage(folder: Path):
    """Scores come one a passage, the same each time."""
    reranker = open_reranker(RerankerSettings(model=str(folder)))
    assert isinstance(reranker, CrossEncoderReranker)
    scores = reranker.scores("灵活就业", ["补贴", "养老", "灵活"])
    assert scores.shape == (3,)
    np.testing.assert_allclose(scores, reranker.scores("灵活就业", ["补贴", "养老", "灵活"]), atol=1e-6)


def test_off_by_default():
    """No name, no model."""
    assert open_reranker(RerankerSettings()) is None


def test_a_model_that_is_not_there(tmp_path: Path):
    """The message names the model and the setting."""
    with pytest.raises(EncoderError, match=r"重排模型 .*打不开.*retrieval\.reranker\.model"):
        open_reranker(RerankerSettings(model=str(tmp_path / "none")))


class Fixed:
    """Scores that are known."""

    def scores(self, _question: str, passages: list[str]) -> np.ndarray:
        return np.array([3.0, 1.0, 2.0], dtype=np.float32)[: len(passages)]


def test_what_it_adds():
    """The worst read gets nothing; the others what they are better by, in standard deviations, times the weight."""
    extra = added("问", np.array([4, 0, 2]), ["a", "b", "c"], Fixed(), RerankerSettings(weight=2.0), 6)
    spread = float(np.std([3.0, 1.0, 2.0]))
    np.testing.assert_allclose(extra, [0, 0, 2 * (2 - 1) / spread, 0, 2 * (3 - 1) / spread, 0], rtol=1e-6)
