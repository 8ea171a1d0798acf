"""jieba's dictionary, read one first character at a time.

Loading all 498,000 entries takes jieba a second and 70 MB; a question touches a few dozen first characters.
The entries are written once to a file of JSON shards, one for each first character, and read when first needed.
The file: 8 bytes (little-endian length of the header), the header ``[total, {character: [start, stop]}]``, shards.
"""

import json
import mmap
import os
import tempfile
from collections.abc import Iterable
from pathlib import Path

from index.errors import StoreError

_LENGTH_BYTES = 8


class Dictionary:
    """Word → frequency, 0 for a run that only begins words: what ``jieba.Tokenizer.FREQ`` is asked for."""

    __slots__ = ("_at", "_bytes", "_shards", "total")

    def __init__(self, total: int, at: dict[str, tuple[int, int]], data: bytes | mmap.mmap) -> None:
        self.total = total
        self._at = at
        self._bytes = data
        self._shards: dict[str, dict[str, int]] = {}

    def _shard(self, word: str) -> dict[str, int]:
        first = word[:1]
        shard = self._shards.get(first)
        if shard is None:
            start, stop = self._at.get(first, (0, 0))
            read: dict[str, int] = json.loads(self._bytes[start:stop]) if stop else {}
            # threads may read the same shard at once: all go on with the one that was put first
            shard = self._shards.setdefault(first, read)
        return shard

    def __contains__(self, word: str) -> bool:
        """Whether ``word`` is an entry or begins one."""
        return word in self._shard(word)

    def __getitem__(self, word: str) -> int:
        """Return the frequency of ``word``; KeyError where it neither is nor begins an entry."""
        return self._shard(word)[word]

    def __setitem__(self, word: str, frequency: int) -> None:
        """Add an entry, in memory only."""
        self._shard(word)[word] = frequency

    def get(self, word: str, default: int | None = None) -> int | None:
        """Return the frequency of ``word`` or ``default``."""
        return self._shard(word).get(word, default)


def _read_lines(lines: Iterable[str]) -> tuple[int, dict[str, dict[str, int]]]:
    """Read ``word frequency [tag]`` lines into shards; every proper beginning of a word becomes an entry of 0."""
    total = 0
    shards: dict[str, dict[str, int]] = {}
    for line in lines:
        word, count = line.split(" ", 2)[:2]
        frequency = int(count)
        total += frequency
        shard = shards.setdefault(word[0], {})
        shard[word] = frequency
        for stop in range(1, len(word)):
            shard.setdefault(word[:stop], 0)
    return total, shards


def _pack(total: int, shards: dict[str, dict[str, int]]) -> bytes:
    at: dict[str, tuple[int, int]] = {}
    body = bytearray()
    for first, shard in shards.items():
        start = len(body)
        body += json.dumps(shard, ensure_ascii=False, separators=(",", ":")).encode()
        at[first] = (start, len(body))
    header = json.dumps([total, at], ensure_ascii=False, separators=(",", ":")).encode()
    return len(header).to_bytes(_LENGTH_BYTES, "little") + header + body


def _write(source: Path, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with source.open(encoding="utf-8") as lines:
        packed = _pack(*_read_lines(lines))
    # written aside and renamed, so that two processes starting at once both find a whole file
    descriptor, aside = tempfile.mkstemp(dir=path.parent, prefix=path.name)
    with os.fdopen(descriptor, "wb") as file:
        file.write(packed)
    Path(aside).replace(path)


def _map(path: Path) -> Dictionary:
    with path.open("rb") as file:
        data = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    body = _LENGTH_BYTES + int.from_bytes(data[:_LENGTH_BYTES], "little")
    total, at = json.loads(data[_LENGTH_BYTES:body])
    shifted = {first: (start + body, stop + body) for first, (start, stop) in at.items()}
    if max(stop for _, stop in shifted.values()) != len(data):
        raise ValueError("cut short")
    return Dictionary(total, shifted, data)


def open_dictionary(source: Path, path: Path) -> Dictionary:
    """Open the shards of ``source`` (a dictionary in jieba's format) at ``path``, written first where missing.

    A damaged file is written anew.

    :raises StoreError: the folder of ``path`` cannot be written
    """
    try:
        return _map(path)
    except (OSError, ValueError, TypeError):
        # missing, cut short or not ours: the source has it all
        try:
            _write(source, path)
        except OSError as error:
            raise StoreError(f"写不了分词词典 {path}:{error.strerror};请检查该目录的权限和磁盘空间") from None
        return _map(path)
