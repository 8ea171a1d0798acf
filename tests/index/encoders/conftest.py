"""Parts for the tests of the encoders: a weights file of the bundled model's layout, only tiny."""

import struct
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from index.encoders import Encoder, load
from index.settings import EncoderSettings

HIDDEN, LAYERS, HEADS, FEED_FORWARD, POSITIONS, TYPES = 32, 1, 2, 64, 16, 2
PIECES = (
    ("<s>", 0.0),
    ("<pad>", 0.0),
    ("</s>", 0.0),
    ("<unk>", 0.0),
    ("▁", -2.0),
    ("就业", -3.0),
    ("岗", -4.0),
)
_MATRICES = {"q": HIDDEN, "k": HIDDEN, "v": HIDDEN, "ao": HIDDEN, "fi": HIDDEN, "fo": FEED_FORWARD}


@dataclass(frozen=True)
class Tiny:
    """A weights file and the tensors that were put into it."""

    path: Path
    tensors: Mapping[str, NDArray[np.float32]]


def _pack(values: NDArray[np.float32]) -> bytes:
    """Pack whole multiples of 1/8 between -1 and 0.875 into 4-bit blocks of scale 1/8."""
    blocks = b""
    for block in (values.reshape(-1, 32) * 8 + 8).astype(np.uint8):
        blocks += np.float16(0.125).tobytes() + (block[:16] | block[16:] << 4).tobytes()
    return blocks


def _vocabulary() -> bytes:
    blob = b"".join(piece.encode() for piece, _ in PIECES)
    offsets = np.cumsum([0, *(len(piece.encode()) for piece, _ in PIECES)]).astype("<u4")
    scores = np.array([score for _, score in PIECES], "<f4")
    mapping = struct.pack("<IBI", 0x3000, 1, 0x20)
    head = struct.pack("<5iQ", len(PIECES), 0, 2, 1, 3, len(blob))
    return head + offsets.tobytes() + scores.tobytes() + blob + struct.pack("<iI", 1, len(mapping)) + mapping


def _tensors() -> dict[str, NDArray[np.float32]]:
    random = np.random.default_rng(7)

    def quantised(rows: int, columns: int) -> NDArray[np.float32]:
        return (random.integers(-8, 8, (rows, columns)) / 8).astype(np.float32)

    def floats(*shape: int) -> NDArray[np.float32]:
        return random.normal(size=shape).astype(np.float32)

    found = {"emb.word": quantised(len(PIECES), HIDDEN), "emb.pos": floats(POSITIONS, HIDDEN)}
    found |= {"emb.type": floats(TYPES, HIDDEN), "emb.ln.w": floats(HIDDEN), "emb.ln.b": floats(HIDDEN)}
    for name, columns in _MATRICES.items():
        rows = FEED_FORWARD if name == "fi" else HIDDEN
        found |= {f"l0.{name}.w": quantised(rows, columns), f"l0.{name}.b": floats(rows)}
    for name in ("aln", "oln"):
        found |= {f"l0.{name}.w": floats(HIDDEN), f"l0.{name}.b": floats(HIDDEN)}
    return found


def write_weights(path: Path) -> Tiny:
    """Write a weights file as the bundled model's is laid out."""
    sizes = (HIDDEN, LAYERS, HEADS, FEED_FORWARD, len(PIECES), POSITIONS, TYPES)
    head = b"E5S1" + struct.pack("<I7ifi", 1, *sizes, 1e-12, 32) + _vocabulary()
    tensors = _tensors()
    four_bit = {name for name in tensors if name == "emb.word" or name.removesuffix(".w")[3:] in _MATRICES}
    four_bit = {name for name in four_bit if not name.endswith(".b")}
    packed = {
        name: _pack(tensor) if name in four_bit else tensor.tobytes() for name, tensor in tensors.items()
    }
    offset = len(head) + 4 + sum(2 + len(name) + 21 for name in tensors)
    directory, body = struct.pack("<i", len(tensors)), b""
    for name, data in packed.items():
        place = struct.pack("<BIQQ", name in four_bit, tensors[name].size, offset + len(body), len(data))
        directory += struct.pack("<H", len(name)) + name.encode() + place
        body += data
    path.write_bytes(head + directory + body)
    return Tiny(path, tensors)


@pytest.fixture
def tiny(tmp_path: Path) -> Tiny:
    """Return a tiny weights file."""
    return write_weights(tmp_path / "tiny.bin")


@pytest.fixture(scope="session")
def model_cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return where the bundled model is unpacked once for the whole run."""
    return tmp_path_factory.mktemp("models")


@pytest.fixture(scope="session")
def bundled(model_cache: Path) -> Encoder:
    """Return the bundled encoder as it comes."""
    return load(EncoderSettings(bulk_from=100_000), model_cache)


@pytest.fixture(scope="session")
def in_bulk(model_cache: Path) -> Encoder:
    """Return the bundled encoder, made to take sentence-transformers for every passage."""
    return load(EncoderSettings(bulk_from=1, batch_size=8), model_cache)


@pytest.fixture(scope="session")
def tiny_model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a randomly initialised model of transformers, saved as anyone's would be."""
    import torch
    from tokenizers import Tokenizer
    from tokenizers.models import WordLevel
    from tokenizers.pre_tokenizers import Split
    from transformers import BertConfig, BertModel, PreTrainedTokenizerFast

    torch.manual_seed(1)
    folder = tmp_path_factory.mktemp("tiny_model")
    words = {word: number for number, word in enumerate(["[UNK]", "[PAD]", *"就业岗位培训补贴问答: "])}
    tokenizer = Tokenizer(WordLevel(words, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = Split("", "isolated")
    PreTrainedTokenizerFast(tokenizer_object=tokenizer, unk_token="[UNK]", pad_token="[PAD]").save_pretrained(
        folder
    )
    sizes = {"hidden_size": 16, "num_hidden_layers": 1, "num_attention_heads": 2, "intermediate_size": 32}
    BertModel(BertConfig(vocab_size=len(words), max_position_embeddings=64, **sizes)).save_pretrained(folder)
    return folder
