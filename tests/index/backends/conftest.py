"""Every backend, each over its real engine: FAISS and bm25s in files, and a server that speaks Milvus's own gRPC."""

from pathlib import Path
from uuid import uuid4

import pytest

from index.backends import Backend, load
from index.settings import BackendSettings


@pytest.fixture
def milvus_settings(milvus: str) -> BackendSettings:
    """Return the settings of an installation that shares the server with others."""
    return BackendSettings(name="milvus", uri=milvus, prefix=f"t{uuid4().hex[:8]}")


@pytest.fixture(params=["local", "milvus"])
def backend(request: pytest.FixtureRequest) -> Backend:
    """Return each backend in turn."""
    if request.param == "local":
        return load(BackendSettings())
    return load(request.getfixturevalue("milvus_settings"))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return the folder of generation 7."""
    found = tmp_path / "000007"
    found.mkdir()
    return found
