"""Every byte of a published generation is known; a damaged one is stood in for by the last that is whole."""

import logging
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select, update

from index.database import generation_folder, transaction
from index.errors import StoreError
from index.generation import VECTORS
from index.publish import rollback
from index.schema import generations
from index.seals import check_files, seal_files
from tests.index.conftest import Site


def flip(path: Path, at: int = -1) -> None:
    """Change one bit of a file; its size stays."""
    content = bytearray(path.read_bytes())
    content[at] ^= 1
    path.write_bytes(content)


def cut(path: Path) -> None:
    """Take away the last byte."""
    os.truncate(path, path.stat().st_size - 1)


def build_twice(site: Site) -> Path:
    """Publish two generations; return the folder of the live one."""
    site.build()
    site.corpus.write({"jia": "新增就业岗位200个\n"})
    site.build()
    return generation_folder(site.data_dir, 2)


@settings(max_examples=60, deadline=None)
@given(content=st.binary(min_size=1, max_size=300), at=st.integers(0, 10**6), bit=st.integers(0, 7))
def test_no_flipped_bit_goes_unseen(
    tmp_path_factory: pytest.TempPathFactory, content: bytes, at: int, bit: int
):
    """Whichever bit of whichever file changes, the file is named; an untouched one passes."""
    folder = tmp_path_factory.mktemp("sealed")
    (path := folder / "file").write_bytes(content)
    seals = seal_files(folder)
    check_files(folder, seals)
    changed = bytearray(content)
    changed[at % len(content)] ^= 1 << bit
    path.write_bytes(changed)
    with pytest.raises(StoreError, match=r"file 的内容与发布时不同"):
        check_files(folder, seals)


def test_a_seal_is_bytes_and_digest(tmp_path: Path):
    """A seal can be compared with what sha256sum prints."""
    (tmp_path / "words").mkdir()
    (tmp_path / "words" / "a").write_bytes(b"abc")
    digest = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    assert seal_files(tmp_path) == {"words/a": {"bytes": 3, "sha256": digest}}


def test_every_file_is_sealed(site: Site):
    """The database holds a seal of all that lies in the folder."""
    site.build()
    folder = generation_folder(site.data_dir, 1)
    with transaction(site.data_dir) as connection:
        sealed = connection.execute(select(generations.c.files)).scalar_one()
    assert sealed == seal_files(folder)
    assert {"vectors.faiss", "measures.faiss", "words/vocab.index.json", "manifest.yaml"} <= set(sealed)


@pytest.mark.parametrize(
    ("harm", "words"),
    [(flip, "的内容与发布时不同"), (cut, "发布时是"), (Path.unlink, "不见了")],
    ids=["flipped", "cut", "missing"],
)
def test_any_damaged_file_is_stood_in_for(
    site: Site, harm: Callable[[Path], None], words: str, caplog: pytest.LogCaptureFixture
):
    """File by file: the generation before answers, the file is named in it and in the log."""
    folder = build_twice(site)
    for path in [path for path in folder.rglob("*") if path.is_file()]:
        whole = path.read_bytes()
        harm(path)
        caplog.clear()
        with caplog.at_level(logging.ERROR, "index.store"):
            opened = site.open()
        assert (opened.id, opened.texts["yi"]) == (1, "培训2000人次\n")
        (said,) = opened.damaged
        assert (str(path) in said, words in said, "请运行 policybot index" in said) == (True, True, True)
        assert [record.message for record in caplog.records] == [f"索引坏了,暂用较早的第 1 代回答:{said}"]
        path.write_bytes(whole)
    assert (site.open().id, site.open().damaged) == (2, ())


def test_the_next_build_mends_it(site: Site, encoder: object):
    """A plain build writes the damaged files anew from the database; no text is read or embedded again."""
    flip(build_twice(site) / VECTORS)
    report = site.build()
    assert (report.published, report.generation, report.embedded) == (True, 3, 0)
    assert (site.open().id, site.open().damaged, site.open().texts["jia"]) == (3, (), "新增就业岗位200个\n")


def test_all_are_damaged(site: Site):
    """With nothing whole left the live generation's own damage is what is said."""
    build_twice(site)
    for number in (1, 2):
        flip(generation_folder(site.data_dir, number) / VECTORS)
    with pytest.raises(StoreError, match=r"000002/vectors\.faiss 的内容与发布时不同.*请运行 policybot index"):
        site.open()


def test_what_was_rolled_back_from_never_stands_in(site: Site):
    """Somebody did not want the newer generation: it is not used even where the older one is damaged."""
    build_twice(site)
    rollback(site.data_dir)
    flip(generation_folder(site.data_dir, 1) / VECTORS)
    with pytest.raises(StoreError, match=r"000001/vectors\.faiss"):
        site.open()


def test_one_built_with_something_else_never_stands_in(site: Site):
    """An earlier generation of another thesaurus does not fit the running program."""
    site.lexicon = "1" * 64
    site.build()
    site.lexicon = "0" * 64
    site.build()
    flip(generation_folder(site.data_dir, 2) / VECTORS)
    with pytest.raises(StoreError, match=r"000002/vectors\.faiss"):
        site.open()


def test_a_rollback_to_flipped_bytes_is_refused(site: Site):
    """A generation with the right sizes and wrong bytes cannot become live again."""
    build_twice(site)
    flip(generation_folder(site.data_dir, 1) / VECTORS)
    with pytest.raises(StoreError, match=r"000001/vectors\.faiss 的内容与发布时不同"):
        rollback(site.data_dir)
    assert site.open().id == 2


def test_a_generation_of_an_older_program(site: Site):
    """It has sizes and no digests: it opens, and a file of another size is still found."""
    site.build()
    folder = generation_folder(site.data_dir, 1)
    sizes = {name: seal["bytes"] for name, seal in seal_files(folder).items()}
    with transaction(site.data_dir) as connection:
        connection.execute(update(generations).values(files=sizes))
    assert site.open().id == 1
    cut(folder / VECTORS)
    with pytest.raises(StoreError, match=r"vectors\.faiss 有 \d+ 字节,发布时是 \d+ 字节"):
        site.open()


def _alter_text(site: Site) -> None:
    with transaction(site.data_dir) as connection:
        connection.exec_driver_sql("UPDATE texts SET text = replace(text, '200个', '900个')")


def test_an_altered_stored_text_is_never_quoted(site: Site):
    """A text that is not what was stored is noticed; the generation before, which holds another one, answers."""
    build_twice(site)
    _alter_text(site)
    opened = site.open()
    assert (opened.id, opened.texts["jia"]) == (1, "新增就业岗位100个\n发放灵活就业补贴\n")
    assert "policybot.sqlite3 里 jia 的原文与存入时不同" in opened.damaged[0]


def test_an_altered_text_is_mended_by_reading_the_file_anew(site: Site):
    """The message names the command, and the command helps."""
    build_twice(site)
    _alter_text(site)
    site.build(rebuild=True)
    assert (site.open().id, site.open().damaged, site.open().texts["jia"]) == (3, (), "新增就业岗位200个\n")
