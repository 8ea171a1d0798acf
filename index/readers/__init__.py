"""Files → stored text. The folder is the registry.

A reader is a file of this folder (``types.py`` holds their noun, ``parts/`` what they share) with
``SUFFIXES: tuple[str, ...]`` (lower case, with the dot) and ``read(path) -> StoredText``; a new format is a new
file, nothing else.
"""

from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from typing import Protocol, cast

from index.errors import CorpusError
from index.readers.types import StoredText
from index.settings import IndexSettings

_NOT_READERS = frozenset({"types"})
_MB = 1 << 20


class Reader(Protocol):
    """What every file of this folder offers."""

    SUFFIXES: tuple[str, ...]

    def read(self, path: Path) -> StoredText:
        """Read one file; raise ``CorpusError`` where it holds no readable text."""


def readers() -> dict[str, Reader]:
    """Return the reader of each suffix the folder knows, such as ``.txt``."""
    found: dict[str, Reader] = {}
    names = {module.name for module in iter_modules(__path__) if not module.ispkg} - _NOT_READERS
    for name in sorted(names):
        reader = cast(Reader, import_module(f"{__name__}.{name}"))
        found.update(dict.fromkeys(reader.SUFFIXES, reader))
    return found


def _check_size(path: Path, max_mb: int) -> None:
    try:
        size = path.stat().st_size
    except OSError as error:
        raise CorpusError(f"读不了 {path}:{error.strerror};请检查文件是否存在、是否可读") from error
    if size > max_mb * _MB:
        raise CorpusError(
            f"读不了 {path}:文件有 {size / _MB:.0f} MB,超过上限 {max_mb} MB;"
            "请拆分或压缩其中的图片,或调大 config.yaml 的 index.max_file_mb"
        )


def read(path: Path, max_mb: int = IndexSettings().max_file_mb) -> StoredText:
    """Read a document with the reader of its suffix.

    :param max_mb: the largest file to open, in MiB
    :raises CorpusError: no reader knows the suffix, the file is too large for the limit or the memory, or cannot be
        read as text
    """
    known = readers()
    reader = known.get(path.suffix.lower())
    if reader is None:
        raise CorpusError(
            f"读不了 {path}:不认识后缀 {path.suffix!r};支持 {'、'.join(sorted(known))},请先转换格式再试"
        )
    _check_size(path, max_mb)
    try:
        return reader.read(path)
    except MemoryError:
        raise CorpusError(f"读不了 {path}:内存不够;请拆成几份较小的文件再试,或换一台内存更大的机器") from None
