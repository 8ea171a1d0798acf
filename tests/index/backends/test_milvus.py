"""What only Milvus does: aliases, generations beside one another, installations that share a server, a server that is gone."""

from pathlib import Path

import numpy as np
import pytest
from pymilvus import MilvusClient

from index.backends import load
from index.errors import StoreError
from index.settings import BackendSettings
from tests.conftest import milvus_server

ONE = np.eye(2, 4, dtype=np.float32)


def _folder(tmp_path: Path, number: int) -> Path:
    made = tmp_path / f"{number:06d}"
    made.mkdir(exist_ok=True)
    return made


def test_the_alias_leads_to_the_live_generation(milvus_settings: BackendSettings, tmp_path: Path):
    """Published, published again, rolled back: the alias goes along, and each generation stays as it was."""
    backend, client = load(milvus_settings), MilvusClient(milvus_settings.uri)
    led = []
    for number, matrix in ((1, ONE), (2, ONE[:1])):
        backend.write_vectors(_folder(tmp_path, number), "vectors.faiss", matrix)
    for number in (1, 2, 1):
        backend.announce(_folder(tmp_path, number))
        alias = client.describe_alias(f"{milvus_settings.prefix}_vectors")
        led.append(alias["collection_name"].removeprefix(milvus_settings.prefix))
    assert led == ["_000001_vectors", "_000002_vectors", "_000001_vectors"]
    rows = [backend.open_vectors(_folder(tmp_path, number), "vectors.faiss").rows for number in (1, 2)]
    assert rows == [2, 1]


def test_old_generations_go(milvus_settings: BackendSettings, tmp_path: Path):
    """Only the kept ones stay; what is not ours, and whose name begins like ours, is not touched."""
    backend, client = load(milvus_settings), MilvusClient(milvus_settings.uri)
    other = load(milvus_settings.model_copy(update={"prefix": f"{milvus_settings.prefix}_b"}))
    for number in (1, 2, 3):
        backend.write_vectors(_folder(tmp_path, number), "vectors.faiss", ONE)
    other.write_vectors(_folder(tmp_path, 1), "vectors.faiss", ONE)
    backend.announce(_folder(tmp_path, 1))
    backend.keep_only({"000002", "000003"})
    names = [name for name in client.list_collections() if name.startswith(milvus_settings.prefix)]
    prefix = milvus_settings.prefix
    assert sorted(names) == [
        f"{prefix}_000002_vectors",
        f"{prefix}_000003_vectors",
        f"{prefix}_b_000001_vectors",
    ]
    assert other.open_vectors(_folder(tmp_path, 1), "vectors.faiss").rows == 2


def test_no_server():
    """A server that is not there is one line: where it was looked for, and what to do; the password is not in it."""
    settings = BackendSettings(name="milvus", uri="http://root:mima@127.0.0.1:9", timeout_s=1)
    with pytest.raises(StoreError, match=r"Milvus 连接 127\.0\.0\.1:9 不成:.*config\.yaml") as caught:
        load(settings)
    assert "mima" not in str(caught.value)
    assert "\n" not in str(caught.value)


def test_two_places_are_told_apart():
    """An index written to one server or under one prefix is not taken for that of another; no password is kept."""
    from index.backends.milvus import MilvusBackend

    settings = BackendSettings(name="milvus", uri="http://root:mima@10.0.0.5:19530", prefix="a")
    assert (
        MilvusBackend(MilvusClient.__new__(MilvusClient), settings).fingerprint == "milvus a @ 10.0.0.5:19530"
    )


def test_a_server_that_goes_away(tmp_path: Path):
    """A server killed under an open index is one line, and no traceback."""
    with milvus_server(tmp_path) as (uri, server):
        settings = BackendSettings(name="milvus", uri=uri, timeout_s=1)
        backend = load(settings)
        backend.write_vectors(_folder(tmp_path, 1), "v.faiss", ONE)
        opened = backend.open_vectors(_folder(tmp_path, 1), "v.faiss")
        server.kill()
        server.wait()
        with pytest.raises(StoreError, match="Milvus 查询不成") as caught:
            opened.search(ONE[0], 1)
        assert "\n" not in str(caught.value)
