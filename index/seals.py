"""What the files of a generation were when it was published, and whether they still are.

A seal is a file's bytes and its SHA-256, the fastest digest here that cannot be forged, since processors have instructions
for it: the 7.7 MB of the shipped index take 7 ms, with BLAKE2b 16 ms (``benchmarks/seal_speed.py``, an idle machine).
"""

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import TypedDict

from index.errors import StoreError

_REPAIR = "请运行 policybot index,索引会从数据库重新写出"


class Seal(TypedDict):
    """A file as it was published; kept as JSON."""

    bytes: int
    sha256: str


Seals = Mapping[
    str, Seal | int
]  # path inside the generation's folder → seal; bytes alone in one of an older program


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def seal_files(folder: Path) -> dict[str, Seal]:
    """Return the seal of every file below ``folder`` by its path inside it.

    :raises StoreError: a file cannot be read
    """
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    try:
        return {
            path.relative_to(folder).as_posix(): Seal(bytes=path.stat().st_size, sha256=_digest(path))
            for path in files
        }
    except OSError as error:
        raise StoreError(f"读不回刚写好的 {folder}:{error.strerror};请检查磁盘") from None


def _check_file(path: Path, seal: Seal | int) -> None:
    expected = seal if isinstance(seal, int) else seal["bytes"]
    size = path.stat().st_size if path.is_file() else None
    if size != expected:
        found = "不见了" if size is None else f"有 {size} 字节"
        raise StoreError(f"索引文件 {path} {found},发布时是 {expected} 字节;{_REPAIR}")
    if isinstance(seal, int):
        return
    try:
        now = _digest(path)
    except OSError as error:
        raise StoreError(f"索引文件 {path} 读不了:{error.strerror};{_REPAIR},并检查磁盘") from None
    if now != seal["sha256"]:
        raise StoreError(f"索引文件 {path} 的内容与发布时不同(可能是磁盘坏了);{_REPAIR},并检查磁盘")


def check_files(folder: Path, seals: Seals) -> None:
    """Compare ``folder`` with what it was when it was published; reads every file once.

    :raises StoreError: a file is missing, cannot be read, has another size or other bytes; names the first one
    """
    for name, seal in seals.items():
        _check_file(folder / name, seal)
