"""The bundled weights as a sentence-transformers folder."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from shutil import rmtree

import numpy as np
import pytest
from safetensors.numpy import load_file

from index.encoders.parts.e5_folder import unpacked
from index.encoders.parts.e5_weights import Weights
from index.errors import EncoderError
from tests.index.encoders.conftest import Tiny

FILES = [
    "1_Pooling/config.json",
    "config.json",
    "manifest.json",
    "model.safetensors",
    "modules.json",
    "sentence_bert_config.json",
    "tokenizer.json",
    "tokenizer_config.json",
]


def contents(folder: Path) -> dict[str, bytes]:
    """Return every file's bytes by its name in the folder."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def truncate(path: Path) -> None:
    """Cut a file in half."""
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def flip(path: Path) -> None:
    """Change one byte, keeping the size."""
    data = bytearray(path.read_bytes())
    data[-1] ^= 0xFF
    path.write_bytes(data)


def test_writes_the_model_under_its_own_names(tiny: Tiny, tmp_path: Path):
    """All the files are there, and the tensors bear the names BERT has in transformers."""
    folder = unpacked(Weights(tiny.path), tmp_path / "cache")
    assert list(contents(folder)) == FILES
    tensors = load_file(folder / "model.safetensors")
    pairs = {
        "embeddings.word_embeddings.weight": "emb.word",
        "embeddings.LayerNorm.bias": "emb.ln.b",
        "encoder.layer.0.attention.self.query.weight": "l0.q.w",
        "encoder.layer.0.attention.output.LayerNorm.weight": "l0.aln.w",
        "encoder.layer.0.intermediate.dense.weight": "l0.fi.w",
        "encoder.layer.0.output.dense.weight": "l0.fo.w",
        "encoder.layer.0.output.LayerNorm.bias": "l0.oln.b",
    }
    for name, source in pairs.items():
        np.testing.assert_array_equal(tensors[name], tiny.tensors[source], err_msg=name)


def test_unpacks_once(tiny: Tiny, tmp_path: Path):
    """A second opening finds the folder and leaves it alone."""
    weights = Weights(tiny.path)
    folder = unpacked(weights, tmp_path)
    inode = (folder / "model.safetensors").stat().st_ino
    assert unpacked(weights, tmp_path) == folder
    assert (folder / "model.safetensors").stat().st_ino == inode


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("damage", [Path.unlink, truncate, flip], ids=["gone", "cut", "changed"])
def test_rebuilds_a_damaged_folder(tiny: Tiny, tmp_path: Path, name: str, damage: Callable[[Path], None]):
    """Whatever happened to a file, the next opening has the folder whole again."""
    weights = Weights(tiny.path)
    folder = unpacked(weights, tmp_path)
    before = contents(folder)
    damage(folder / name)
    assert contents(unpacked(weights, tmp_path)) == before


def test_starts_over_after_a_crash(tiny: Tiny, tmp_path: Path):
    """What a killed process left half-written is neither used nor kept."""
    weights = Weights(tiny.path)
    folder = unpacked(weights, tmp_path)
    before = contents(folder)
    unfinished = folder.with_suffix(".part")
    folder.rename(unfinished)
    (unfinished / "manifest.json").unlink()
    assert contents(unpacked(weights, tmp_path)) == before
    assert not unfinished.exists()


def test_unpacks_beside_another_model(tiny: Tiny, tmp_path: Path):
    """Other weights have another folder."""
    first = unpacked(Weights(tiny.path), tmp_path)
    tiny.path.write_bytes(tiny.path.read_bytes() + b"\0")
    assert unpacked(Weights(tiny.path), tmp_path) != first


def test_two_at_once_get_the_same_folder(tiny: Tiny, tmp_path: Path):
    """Whoever comes second waits and finds it whole."""
    with ThreadPoolExecutor(4) as pool:
        folders = set(pool.map(lambda _: unpacked(Weights(tiny.path), tmp_path / "cache"), range(8)))
    assert [list(contents(folder)) for folder in folders] == [FILES]


def test_says_where_it_cannot_write(tiny: Tiny, tmp_path: Path):
    """A file stands where the cache folder should be: place and next step are named."""
    (tmp_path / "cache").write_text("")
    with pytest.raises(
        EncoderError, match=r"模型解包不到 .*/cache/e5-small-.*请检查该目录的写权限和磁盘空间"
    ):
        unpacked(Weights(tiny.path), tmp_path / "cache")


def test_says_where_a_lost_cache_was(tiny: Tiny, tmp_path: Path):
    """A cache that was deleted meanwhile is made again."""
    folder = unpacked(Weights(tiny.path), tmp_path / "cache")
    rmtree(tmp_path / "cache")
    assert list(contents(unpacked(Weights(tiny.path), tmp_path / "cache"))) == FILES
    assert folder.exists()
