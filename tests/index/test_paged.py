"""Paged rows are the held ones, read later: the same sequences, the same mappings, for any sizes of documents."""

import threading
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import delete

from index.database import transaction
from index.errors import StoreError
from index.generation import Generation
from index.paged import BLOCK, PagedMapping, PagedRows, Run, read_ahead
from index.schema import passages
from index.store import open_generation
from tests.index.conftest import Site

SIZES = st.lists(st.integers(0, 3 * BLOCK), max_size=8)


def _numbered(sizes: list[int]) -> tuple[PagedRows[int], list[tuple[int, int, int]]]:
    """Rows 0, 1, 2 … of documents of these sizes, and what was read."""
    starts = np.concatenate([[0], np.cumsum(sizes, dtype=np.int64)]).astype(np.int64)
    read: list[tuple[int, int, int]] = []

    def rows(runs: Sequence[Run]) -> list[list[int]]:
        read.extend(runs)
        return [list(range(int(starts[p]) + first, int(starts[p]) + last)) for p, first, last in runs]

    return PagedRows(starts, rows), read


@given(SIZES)
def test_every_row_is_at_its_place(sizes: list[int]):
    """Row n is row n, from the front, from the back, in a slice and in turn; empty documents take no place."""
    rows, _ = _numbered(sizes)
    total = sum(sizes)
    assert len(rows) == total
    assert list(rows) == [rows[n] for n in range(total)] == list(range(total))
    assert [rows[n - total] for n in range(total)] == list(range(total))
    assert rows[total // 3 : total : 2] == list(range(total))[total // 3 : total : 2]
    for beyond in (total, -total - 1):
        with pytest.raises(IndexError):
            rows[beyond]


def test_a_block_is_read_once():
    """Neighbours come along; the last block of a document ends with it."""
    rows, read = _numbered([3, BLOCK + 3])
    assert [rows[5], rows[4], rows[3 + BLOCK + 2], rows[1]] == [5, 4, 3 + BLOCK + 2, 1]
    assert read == [(1, 0, BLOCK), (1, BLOCK, BLOCK + 3), (0, 0, 3)]


def test_a_mapping_reads_only_what_is_asked_for():
    """Length, order and membership read nothing."""
    read: list[int] = []
    mapping = PagedMapping(["jia", "yi"], lambda places: read.extend(places) or [p * 10 for p in places])
    assert (len(mapping), list(mapping), "yi" in mapping, "bing" in mapping) == (
        2,
        ["jia", "yi"],
        True,
        False,
    )
    assert read == []
    assert (mapping["yi"], mapping["yi"], mapping.get("bing"), read) == (10, 10, None, [1])


def test_what_is_wanted_is_read_at_once():
    """Blocks and documents together, each once; what is in memory anyway is left alone."""
    rows, read = _numbered([3, BLOCK + 3])
    read_ahead(rows, [3 + BLOCK, 1, 3, 2])
    assert read == [(1, BLOCK, BLOCK + 3), (0, 0, 3), (1, 0, BLOCK)]
    assert [rows[3 + BLOCK], rows[1], rows[3]] == [3 + BLOCK, 1, 3]
    asked: list[list[int]] = []
    mapping = PagedMapping(["jia", "yi"], lambda places: asked.append([*places]) or [p * 10 for p in places])
    read_ahead(mapping, ["yi", "jia"])
    assert (mapping["jia"], mapping["yi"], asked) == (0, 10, [[1, 0]])
    assert (list(mapping.values()), asked) == ([0, 10], [[1, 0], [0, 1]])
    read_ahead((1, 2, 3), [0, 2])
    assert len(read) == 3


def _both(site: Site) -> tuple[Generation, Generation]:
    site.build()
    return site.open(), open_generation(site.data_dir, site.stamp, site.backend, paged_from=0)


@pytest.fixture
def large(site: Site) -> Site:
    """Three documents of several blocks, of one line, and of nothing."""
    lines = "".join(f"第{n}条规定{n}元\n" for n in range(2 * BLOCK + 5))
    site.corpus.write({"jia": lines, "kong": "\n", "yi": "培训2000人次\n"})
    return site


def test_paged_is_what_held_is(large: Site):
    """Every sequence and mapping of a generation is the same, however it is read."""
    held, paged = _both(large)
    assert list(paged.passages) == list(held.passages)
    assert [paged.passages[n] for n in range(len(held.passages))] == list(held.passages)
    assert list(paged.indicators) == list(held.indicators)
    assert sorted(paged.names) == sorted(held.names)
    assert (dict(paged.texts), dict(paged.clauses)) == (dict(held.texts), dict(held.clauses))
    assert list(paged.texts.values()) == list(held.texts.values())
    assert list(paged.clauses.values()) == list(held.clauses.values())
    assert dict(paged.heads) == dict(held.heads)
    assert dict(held.heads) == {
        document: tuple((clause.path, clause.heading) for clause in clauses)
        for document, clauses in held.clauses.items()
    }
    assert (paged.documents, paged.pages, paged.values_of) == (held.documents, held.pages, held.values_of)
    assert {name: rows.tolist() for name, rows in paged.rows_of.items()} == {
        name: rows.tolist() for name, rows in held.rows_of.items()
    }
    assert paged.places.tolist() == held.places.tolist() == [0] * (2 * BLOCK + 5) + [2]


def test_threads_read_the_same(large: Site):
    """Several askers at once, each from its own connection."""
    held, paged = _both(large)
    wrong: list[int] = []

    def read(seed: int) -> None:
        for row in np.random.default_rng(seed).integers(0, len(held.passages), 200).tolist():
            if paged.passages[row] != held.passages[row]:
                wrong.append(row)

    threads = [threading.Thread(target=read, args=(seed,)) for seed in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []


def test_rows_that_are_gone(large: Site):
    """A snapshot that is older than everything kept says so; it never answers with less than there was."""
    _, paged = _both(large)
    with transaction(large.data_dir) as connection:
        connection.execute(delete(passages).where(passages.c.position == 3))
    with pytest.raises(StoreError, match="这一代索引的内容已经被清理"):
        paged.passages[0]


def test_a_changed_text_is_found_as_it_is_opened(large: Site, tmp_path: Path):
    """Texts are checked against their digests, also where they are not kept."""
    large.build()
    with transaction(large.data_dir) as connection:
        connection.exec_driver_sql("UPDATE texts SET text = replace(text, '2000', '2001')")
    with pytest.raises(StoreError, match="yi 的原文与存入时不同"):
        open_generation(large.data_dir, large.stamp, large.backend, paged_from=0)
