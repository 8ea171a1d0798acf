"""What holds for every encoder, and how one is chosen."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from index.encoders import Encoder, backends, load
from index.errors import EncoderError
from index.settings import EncoderSettings

TEXTS = ["就业岗位", "职业培训", "就业岗位", "创业补贴", "岗位"]


@pytest.fixture(params=backends())
def encoder(request: pytest.FixtureRequest, tiny_model: Path, tmp_path: Path) -> Encoder:
    """Return each encoder of the folder, two texts a batch."""
    model = "" if request.param == "bundled" else str(tiny_model)
    return load(EncoderSettings(backend=request.param, model=model, batch_size=2), tmp_path)


def test_lists_the_folder():
    """The files are the backends."""
    assert backends() == ("bundled", "sentence_transformer")


@pytest.mark.parametrize("name", ["openai", "parts", "", "../bundled", "os"])
def test_names_the_choices(tmp_path: Path, name: str):
    """An unknown name is answered with the key and what there is."""
    with pytest.raises(EncoderError) as refused:
        load(EncoderSettings(backend=name), tmp_path)
    assert str(refused.value) == (
        f"没有编码器 {name!r}(config.yaml 的 index.encoder.backend);可用的有 bundled、sentence_transformer"
    )


def test_gives_unit_vectors_in_order(encoder: Encoder):
    """float32, one row a text, of length 1; equal texts have equal rows."""
    for vectors in (encoder.encode_queries(TEXTS), encoder.encode_passages(TEXTS)):
        assert (vectors.dtype, vectors.shape) == (np.float32, (5, encoder.dimension))
        np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
        np.testing.assert_allclose(vectors[0], vectors[2], atol=1e-5)
        assert (vectors[[1, 3, 4]] @ vectors[0]).max() < 0.9999


def test_gives_no_rows_for_no_texts(encoder: Encoder):
    """Nothing in, nothing out, of the right width."""
    assert encoder.encode_queries([]).shape == (0, encoder.dimension)
    assert encoder.encode_passages([]).shape == (0, encoder.dimension)


def test_reports_progress(encoder: Encoder):
    """Texts done and in all, after every batch."""
    seen: list[tuple[int, int]] = []
    encoder.encode_passages(TEXTS, lambda done, total: seen.append((done, total)))
    assert seen == [(2, 5), (4, 5), (5, 5)]


def test_threads_get_what_one_would(encoder: Encoder):
    """Overlapping calls with texts of unlike length do not disturb one another."""
    asked = [text * times for times in (1, 4, 12) for text in TEXTS]
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda text: encoder.encode_queries([text])[0], asked))
    np.testing.assert_allclose(found, [encoder.encode_queries([text])[0] for text in asked], atol=1e-5)


def test_keeps_its_fingerprint(encoder: Encoder):
    """It is one line, and encoding does not change it."""
    before = encoder.fingerprint
    encoder.encode_passages(TEXTS)
    assert encoder.fingerprint == before
    assert before == " ".join(before.split())
