"""Generations over each backend: built, replaced, rolled back, pruned; and from one backend to another."""

import numpy as np
import pytest
from pymilvus import MilvusClient

from index.backends import Backend, load
from index.backends.local import LOCAL
from index.errors import StoreError
from index.generation import VECTORS
from index.publish import rollback
from index.settings import BackendSettings, IndexSettings
from tests.index.conftest import Site


def _nearest(site: Site, words: str) -> str:
    store = site.open()
    rows, _ = store.vectors.search(site.encoder.vector(words), 1)
    return store.passages[int(rows[0])].indexed_text


def test_built_replaced_rolled_back(site: Site, backend: Backend):
    """Each generation finds its own passages, by vector and by word, and a rollback finds the old ones again."""
    site.backend = backend
    site.build()
    assert _nearest(site, "yi规划\n培训2000人次") == "yi规划\n培训2000人次"
    assert site.open().words.scores([["补贴"]])[0].nonzero()[0].tolist() == [1]
    site.corpus.write({"jia": "新增就业岗位100个\n", "yi": "培训3000人次\n"})
    report = site.build()
    assert (report.passages, report.embedded) == (2, 1)
    assert _nearest(site, "yi规划\n培训3000人次") == "yi规划\n培训3000人次"
    assert site.open().words.scores([["补贴"]]).tolist() == [[0.0, 0.0]]
    assert rollback(site.data_dir, backend=backend) == 1
    assert _nearest(site, "yi规划\n培训2000人次") == "yi规划\n培训2000人次"


def test_from_files_to_milvus_and_back(site: Site, milvus_settings: BackendSettings):
    """Another backend is another index: refused until it is built, which embeds nothing anew."""
    site.build()
    site.backend = load(milvus_settings)
    with pytest.raises(
        StoreError, match=r"索引后端建索引时是 'local',现在是 'milvus t\w+ @ 127.*policybot index"
    ):
        site.open()
    assert (site.build().embedded, site.build().published) == (0, False)
    assert _nearest(site, "yi规划\n培训2000人次") == "yi规划\n培训2000人次"
    assert not list((site.data_dir / "generations" / "000002").glob("*.faiss"))
    site.backend = LOCAL
    assert (site.build().embedded, site.open().id) == (0, 3)


def test_only_kept_generations_stay_on_the_server(site: Site, milvus_settings: BackendSettings):
    """Beyond ``keep_generations`` the collections go, and their folders."""
    site.backend, site.settings = load(milvus_settings), IndexSettings(keep_generations=2)
    for number in range(4):
        site.corpus.write({"jia": f"新增就业岗位{number}个\n"})
        site.build()
    names = MilvusClient(milvus_settings.uri).list_collections()
    own = {name.split("_")[1] for name in names if name.startswith(milvus_settings.prefix)}
    assert own == {"000003", "000004"}


def test_a_lost_collection_is_stood_in_for(site: Site, milvus_settings: BackendSettings):
    """Where the server lost a collection of the live generation, the one before answers, and says why."""
    site.backend = load(milvus_settings)
    site.build()
    site.corpus.write({"jia": "新增就业岗位200个\n"})
    site.build()
    client = MilvusClient(milvus_settings.uri)
    client.drop_alias(f"{milvus_settings.prefix}_vectors")
    client.drop_collection(f"{milvus_settings.prefix}_000002_vectors")
    opened = site.open()
    assert (opened.id, len(opened.damaged)) == (1, 1)
    assert f"{milvus_settings.prefix}_000002_vectors" in opened.damaged[0]


def test_as_many_rows_as_passages(site: Site, milvus_settings: BackendSettings):
    """A collection that somebody changed does not fit the database, and is refused."""
    site.backend = load(milvus_settings)
    site.build()
    folder = site.data_dir / "generations" / "000001"
    site.backend.write_vectors(folder, VECTORS, np.eye(2, 16, dtype=np.float32))
    with pytest.raises(StoreError, match=r"vectors\.faiss 有 2 行,段落有 3 条"):
        site.open()
