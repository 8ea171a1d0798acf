from collections.abc import Callable
from pathlib import Path

import pytest

from index import readers
from index.readers.types import StoredText


@pytest.fixture
def read_as(tmp_path: Path) -> Callable[[str, bytes | str], StoredText]:
    """Write content to a file of this name and read it."""

    def read(name: str, content: bytes | str) -> StoredText:
        file = tmp_path / name
        file.write_bytes(content.encode() if isinstance(content, str) else content)
        return readers.read(file)

    return read
