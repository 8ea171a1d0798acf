"""One opened generation: everything as it was built, and a clear refusal of anything else."""

import sqlite3
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from sqlalchemy import delete

from index.database import DATABASE, generation_folder, transaction, upgrade
from index.errors import StoreError
from index.generation import VECTORS
from index.publish import publish
from index.schema import REVISION, pointer
from index.settings import IndexSettings
from index.stamp import Stamp
from index.store import open_generation
from index.tokens import Tokenizer
from index.types import Role, Span
from tests.index.conftest import FakeEncoder, Site


def test_rows_come_back_as_they_were_read(site: Site):
    """Documents, texts, clauses, passages and indicators are those the files hold, in manifest order."""
    site.build()
    generation = site.open()
    assert list(generation.documents) == ["jia", "yi"]
    assert generation.documents["yi"].region == "yi市"
    assert generation.texts["yi"] == "培训2000人次\n"
    assert generation.pages["yi"] == (0, 9)
    assert [clause.heading for clause in generation.clauses["jia"]] == ["jia规划"]
    assert [
        (p.document, p.ordinal, p.span.of(generation.texts[p.document])) for p in generation.passages
    ] == [
        ("jia", 0, "新增就业岗位100个"),
        ("jia", 1, "发放灵活就业补贴"),
        ("yi", 0, "培训2000人次"),
    ]
    assert generation.passages[2].headings == ("yi规划",)
    (first, second) = generation.indicators
    assert (first.value, first.role, first.span, first.value_span) == (
        "100",
        Role.TARGET,
        Span(0, 10),
        Span(6, 9),
    )
    assert (second.document, second.value, second.attribute) == ("yi", "2000", "约束性")
    assert {document: rows.tolist() for document, rows in generation.rows_of.items()} == {
        "jia": [0, 1],
        "yi": [2],
    }


def test_rankers_count_in_passages(site: Site, encoder: FakeEncoder, tokenizer: Tokenizer):
    """Row i of the vectors, the words and the bigrams is passage i."""
    site.build()
    generation = site.open()
    texts = [passage.indexed_text for passage in generation.passages]
    np.testing.assert_array_equal(
        generation.vectors.reconstruct(np.arange(3)), np.stack([encoder.vector(text) for text in texts])
    )
    assert np.flatnonzero(generation.words.scores([tokenizer.words("补贴")])[0]).tolist() == [1]
    assert np.flatnonzero(generation.bigrams.scores([tokenizer.bigrams("就业")])[0]).tolist() == [0, 1]


def test_stored_text_keeps_every_character(site: Site):
    """Line ends, odd spaces, rare characters and emoji survive the store."""
    text = "甲\u3000 乙\t丙\u00a0𠮷😀\n\n  丁\n"
    site.corpus.write({"jia": text})
    site.build()
    assert site.open().texts == {"jia": text}


def test_empty_documents_and_no_documents(site: Site):
    """A document without a passage, and a corpus without a document, open and find nothing."""
    site.corpus.write({"kong": ""})
    site.build()
    generation = site.open()
    assert (generation.passages, generation.rows_of["kong"].tolist()) == ((), [])
    site.corpus.write({})
    site.build()
    assert dict(site.open().documents) == {}
    assert site.open().words.scores([["就业"]]).tolist() == [[]]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"encoder": "other"}, "编码器建索引时是 'fake-1',现在是 'other'"),
        ({"dimension": 384}, "向量维数建索引时是 16,现在是 384"),
        ({"tokenizer": "other"}, "分词器建索引时是 'jieba-.*',现在是 'other'"),
        ({"lexicon": "f" * 64}, "词典 lexicon.yaml建索引时是 '0{64}',现在是 'f{64}'"),
        ({"schema": "9999"}, f"表结构建索引时是 '{REVISION}',现在是 '9999'"),
        ({"max_passage_chars": 120}, "max_passage_chars建索引时是 300,现在是 120"),
    ],
)
def test_built_with_something_else(site: Site, change: dict[str, object], message: str):
    """An index built with other parts is refused: the part, both values, the command."""
    site.build()
    with pytest.raises(StoreError, match=rf"{message};请运行 policybot index --rebuild"):
        open_generation(site.data_dir, replace(site.stamp, **change))


def test_stamp_of_its_parts(encoder: FakeEncoder, tokenizer: Tokenizer):
    """The stamp names every part that decides what an index holds."""
    assert Stamp.of(encoder, tokenizer, "d", IndexSettings(max_passage_chars=120)) == Stamp(
        "fake-1", 16, tokenizer.fingerprint, "d", REVISION, 120
    )


def _nothing(_site: Site) -> None:
    return


def _empty_folder(site: Site) -> None:
    site.data_dir.mkdir()


def _empty_database(site: Site) -> None:
    site.data_dir.mkdir()
    (site.data_dir / DATABASE).touch()


def _only_tables(site: Site) -> None:
    upgrade(site.data_dir)


def _no_pointer(site: Site) -> None:
    site.build()
    with transaction(site.data_dir) as connection:
        connection.execute(delete(pointer))


def _old_tables(site: Site) -> None:
    site.build()
    with sqlite3.connect(site.data_dir / DATABASE) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '0000'")


def _new_tables(site: Site) -> None:
    site.build()
    with sqlite3.connect(site.data_dir / DATABASE) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")


def _no_database_inside(site: Site) -> None:
    site.data_dir.mkdir()
    (site.data_dir / DATABASE).write_bytes(b"\x00\x01" * 4096)


def _missing_file(site: Site) -> None:
    site.build()
    (generation_folder(site.data_dir, 1) / VECTORS).unlink()


def _short_file(site: Site) -> None:
    site.build()
    path = generation_folder(site.data_dir, 1) / "words" / "vocab.index.json"
    path.write_bytes(path.read_bytes()[:-2])


def _rows_without_vectors(site: Site) -> None:
    site.build()
    generation = site.open()
    (folder := generation_folder(site.data_dir, 1)).joinpath(VECTORS).unlink()
    type(generation.vectors).build(np.zeros((1, 16), np.float32)).write(folder / VECTORS)
    publish(site.data_dir, 1)


@pytest.mark.parametrize(
    ("spoil", "message"),
    [
        (_nothing, "里还没有索引;请先运行 policybot index"),
        (_empty_folder, "里还没有索引;请先运行 policybot index"),
        (_empty_database, "还是空的;请运行 policybot index"),
        (_only_tables, "里没有建成的索引.*请运行 policybot index"),
        (_no_pointer, "里没有建成的索引.*请运行 policybot index"),
        (_old_tables, "表结构是旧的 0000 版;请运行 policybot index"),
        (_new_tables, "9999 版,本程序只认识到 .* 版:请升级 policybot"),
        (_no_database_inside, "policybot.sqlite3 用不了:.*policybot index"),
        (_missing_file, r"vectors\.faiss 不见了,发布时是 \d+ 字节;请运行 policybot index"),
        (_short_file, r"vocab\.index\.json 有 \d+ 字节,发布时是 \d+ 字节;请运行 policybot index"),
        (_rows_without_vectors, r"vectors\.faiss 有 1 行,段落有 3 条;请运行 policybot index --rebuild"),
    ],
)
def test_no_usable_index(site: Site, spoil: Callable[[Site], None], message: str):
    """No index, a half-written one, a damaged one: one line with what it is and what to run."""
    spoil(site)
    with pytest.raises(StoreError, match=message) as caught:
        site.open()
    assert "\n" not in str(caught.value)


def test_opening_makes_nothing(tmp_path: Path, site: Site):
    """A data directory that is not there is not made by looking at it."""
    with pytest.raises(StoreError):
        open_generation(tmp_path / "absent", site.stamp)
    assert not (tmp_path / "absent").exists()


def test_snapshot_outlives_the_next_generations(site: Site, tokenizer: Tokenizer):
    """A reader keeps answering from what it opened while newer generations replace and delete it."""
    site.settings = IndexSettings(keep_generations=2)
    site.build()
    opened = site.open()
    for text in ("二\n", "三\n", "四\n"):
        site.corpus.write({"jia": text})
        site.build()
    assert not generation_folder(site.data_dir, 1).exists()
    assert np.flatnonzero(opened.words.scores([tokenizer.words("补贴")])[0]).tolist() == [1]
    assert opened.texts["yi"] == "培训2000人次\n"


def test_a_version_is_shared(site: Site):
    """Two versions with one text store that text once."""
    site.build()
    with transaction(site.data_dir) as connection:
        before = connection.exec_driver_sql("SELECT count(*) FROM texts").scalar_one()
    site.lexicon = "1" * 64
    site.build(rebuild=True)
    with transaction(site.data_dir) as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM texts").scalar_one() == before == 2
        assert connection.exec_driver_sql("SELECT count(*) FROM documents").scalar_one() == 4
