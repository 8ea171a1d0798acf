"""Any model sentence-transformers can load."""

from pathlib import Path
from shutil import copytree

import numpy as np
import pytest

from index.encoders import load
from index.errors import EncoderError
from index.settings import EncoderSettings


def settings(model: Path | str, **changes: object) -> EncoderSettings:
    """Return settings for a model with short prefixes."""
    given = {
        "backend": "sentence_transformer",
        "model": str(model),
        "query_prefix": "问:",
        "passage_prefix": "答:",
    }
    return EncoderSettings.model_validate(given | changes)


def test_encodes_with_the_prefixes_of_the_settings(tiny_model: Path, tmp_path: Path):
    """A question with the one prefix is a passage with the same prefix, and no other."""
    encoder = load(settings(tiny_model), tmp_path)
    turned = load(settings(tiny_model, passage_prefix="问:"), tmp_path)
    query = encoder.encode_queries(["就业补贴"])
    np.testing.assert_allclose(query, turned.encode_passages(["就业补贴"]), atol=1e-5)
    assert np.abs(query - encoder.encode_passages(["就业补贴"])).max() > 1e-3


def test_order_and_batches_change_nothing(tiny_model: Path, tmp_path: Path):
    """Texts are batched by length; their rows stay where they were."""
    texts = ["就业", "就业岗位培训补贴", "岗", "培训补贴", ""]
    by_two = load(settings(tiny_model, batch_size=2), tmp_path).encode_passages(texts)
    encoder = load(settings(tiny_model, batch_size=1), tmp_path)
    alone = np.concatenate([encoder.encode_passages([text]) for text in texts])
    np.testing.assert_allclose(by_two, alone, atol=1e-5)


def test_a_folder_is_known_by_its_content(tiny_model: Path, tmp_path: Path):
    """A copy is the same model; other weights, prefixes or settings files are another."""
    copy = copytree(tiny_model, tmp_path / "copy")
    original = load(settings(tiny_model), tmp_path).fingerprint
    assert load(settings(copy), tmp_path).fingerprint == original
    assert load(settings(copy, query_prefix="问: "), tmp_path).fingerprint != original
    (copy / "config_sentence_transformers.json").write_text("{}", encoding="utf-8")
    assert load(settings(copy), tmp_path).fingerprint != original


@pytest.mark.parametrize(
    ("files", "model"),
    [({}, "nowhere"), ({"model/notes.md": "#"}, "model"), ({"model/config.json": "{"}, "model")],
    ids=["missing", "no model", "broken"],
)
def test_names_a_model_it_cannot_open(tmp_path: Path, files: dict[str, str], model: str):
    """One line with the name and the next step."""
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(EncoderError) as refused:
        load(settings(tmp_path / model), tmp_path)
    assert f"编码模型 '{tmp_path / model}' 打不开:" in str(refused.value)
    assert "请检查 config.yaml 的 index.encoder.model(模型名或文件夹)和网络" in str(refused.value)
    assert "\n" not in str(refused.value)


def test_a_pickle_is_not_read(tiny_model: Path, tmp_path: Path):
    """Weights in the old format could run code while they are read: the model is refused."""
    import torch
    from safetensors.torch import load_file

    copy = copytree(tiny_model, tmp_path / "copy")
    torch.save(load_file(copy / "model.safetensors"), copy / "pytorch_model.bin")
    (copy / "model.safetensors").unlink()
    with pytest.raises(EncoderError, match=r"model\.safetensors"):
        load(settings(copy), tmp_path)


def test_asks_for_a_name(tmp_path: Path):
    """No model is named: the key is."""
    with pytest.raises(EncoderError, match=r"没有写 index\.encoder\.model"):
        load(settings(""), tmp_path)
