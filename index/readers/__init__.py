"""Files → stored text. The folder is the registry.

A reader is a file of this folder (``types.py`` holds their noun) with ``SUFFIXES: tuple[str, ...]`` (lower case, with the dot) and
``read(path) -> StoredText``; a new format is a new file, nothing else.
"""

from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from typing import Protocol, cast

from index.errors import CorpusError
from index.readers.types import StoredText

_NOT_READERS = frozenset({"types"})


class Reader(Protocol):
    """What every file of this folder offers."""

    SUFFIXES: tuple[str, ...]

    def read(self, path: Path) -> StoredText:
        """Read one file; raise ``CorpusError`` where it holds no readable text."""


def readers() -> dict[str, Reader]:
    """Return the reader of each suffix the folder knows, such as ``.txt``."""
    found: dict[str, Reader] = {}
    for name in sorted({module.name for module in iter_modules(__path__)} - _NOT_READERS):
        reader = cast(Reader, import_module(f"{__name__}.{name}"))
        found.update(dict.fromkeys(reader.SUFFIXES, reader))
    return found


def read(path: Path) -> StoredText:
    """Read a document with the reader of its suffix.

    :raises CorpusError: no reader knows the suffix, or the file cannot be read as text
    """
    known = readers()
    reader = known.get(path.suffix.lower())
    if reader is None:
        raise CorpusError(
            f"读不了 {path}:不认识后缀 {path.suffix!r};支持 {'、'.join(sorted(known))},请先转换格式再试"
        )
    return reader.read(path)
