"""The database and the files of a data directory → an opened generation."""

import logging
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, Row, select

from index import outside
from index.backends import Backend
from index.backends.local import LOCAL
from index.database import DATABASE, generation_folder, refuse_newer, revision_of, transaction
from index.errors import StoreError
from index.generation import (
    BIGRAMS,
    DOCUMENT_BIGRAMS,
    MEASURE_BIGRAMS,
    MEASURES,
    QUESTION_BIGRAMS,
    QUESTIONS,
    VECTORS,
    WORDS,
    Generation,
    check_sizes,
)
from index.publish import live_generation
from index.rows import (
    StoredDocument,
    each_document,
    read_begins,
    read_clauses,
    read_counts,
    read_indicators,
    read_passages,
    read_questions,
)
from index.schema import REVISION, State, generations
from index.seals import check_files
from index.shelf import Shelf
from index.stamp import Stamp, check_stamp
from index.types import Head

LOG = logging.getLogger(__name__)
# Passages from which on they are paged: a held one takes about 6 KB (docs/scale.md), so this many 0.3 GB.
PAGED_FROM = 50_000


def _published(connection: Connection, data_dir: Path) -> Iterator[Row[Any]]:
    """Yield the live generation, then each that was live before it: their number, stamp and the seals of their files.

    One that was rolled back from is not among them: somebody did not want it.
    """
    found = revision_of(connection)
    refuse_newer(found, data_dir)
    if found != REVISION:
        state = f"的表结构是旧的 {found} 版" if found else "还是空的"
        raise StoreError(f"{data_dir / DATABASE} {state};请运行 policybot index")
    ready = select(generations).where(generations.c.state == State.READY.value)
    rows = {row.id: row for row in connection.execute(ready)}
    number = live_generation(connection)
    while row := rows.pop(number, None):  # taken out: parents that run in a circle end it
        yield row
        number = row.parent


def _starts(counts: Iterable[int]) -> NDArray[np.int64]:
    """The row at which each document begins, and the number of rows: (documents + 1,)."""
    return np.concatenate([[0], np.cumsum(np.fromiter(counts, np.int64))]).astype(np.int64)


def _checked(connection: Connection, data_dir: Path, number: int) -> Iterator[StoredDocument]:
    """Compare the stored texts with their digests: SQLite sees no flipped bit, and answers quote them."""
    for stored in each_document(connection, number):
        if sha256(stored.text.encode()).hexdigest() != stored.digest:
            raise StoreError(
                f"{data_dir / DATABASE} 里 {stored.document.id} 的原文与存入时不同(可能是磁盘坏了);"
                "请运行 policybot index --rebuild,并检查磁盘"
            )
        yield stored


def _held(connection: Connection, number: int, read: Sequence[StoredDocument]) -> dict[str, Any]:
    """Everything in memory."""
    clauses, passages = read_clauses(connection, number), read_passages(connection, number)
    values = read_indicators(connection, number)
    listed = {stored.document.id: clauses.get(stored.document.id, ()) for stored in read}
    heads = {document: tuple(Head(c.path, c.heading) for c in found) for document, found in listed.items()}
    headings = (head.heading for found in heads.values() for head in found)
    return {
        "texts": {stored.document.id: stored.text for stored in read},
        "clauses": listed,
        "heads": heads,
        "passages": passages,
        "begins": np.array([passage.span.start for passage in passages], np.int32),
        "indicators": values,
        "names": frozenset((*headings, *(row.name for row in values))),
    }


def _paged(
    data_dir: Path,
    number: int,
    read: Sequence[StoredDocument],
    starts: NDArray[np.int64],
    values: NDArray[np.int64],
) -> dict[str, Any]:
    """Everything but where passages begin, read as it is wanted."""
    shelf = Shelf.open(data_dir, [stored.document.id for stored in read], [stored.version for stored in read])
    return {
        "texts": shelf.texts(),
        "clauses": shelf.clauses(),
        "heads": shelf.heads(),
        "passages": shelf.passages(starts),
        "indicators": shelf.indicators(values),
        "names": shelf.names(number),
    }


def load_generation(
    connection: Connection,
    data_dir: Path,
    number: int,
    stamp: Stamp,
    backend: Backend = LOCAL,
    paged_from: int = PAGED_FROM,
) -> Generation:
    """Read one generation, finished or about to be.

    :param paged_from: passages from which on rows are read as they are wanted
    :raises StoreError: a file of it is missing or damaged, or the parts do not fit together
    """
    folder = generation_folder(data_dir, number)
    counts = read_counts(connection, number)
    starts = _starts(passages for passages, _ in counts.values())
    values = _starts(indicators for _, indicators in counts.values())
    large = int(starts[-1]) >= paged_from
    every = _checked(connection, data_dir, number)
    # of a large generation the texts are checked one by one, and not kept
    read = [replace(stored, text="") for stored in every] if large else list(every)
    if large:
        rows = _paged(data_dir, number, read, starts, values) | {"begins": read_begins(connection, number)}
    else:
        rows = _held(connection, number, read)
    ids = [stored.document.id for stored in read]
    generation = Generation(
        id=number,
        stamp=stamp,
        documents={stored.document.id: stored.document for stored in read},
        pages={stored.document.id: stored.pages for stored in read},
        questions=read_questions(connection, number),
        vectors=backend.open_vectors(folder, VECTORS),
        measures=backend.open_vectors(folder, MEASURES),
        asked=backend.open_vectors(folder, QUESTIONS),
        words=backend.open_words(folder, WORDS),
        bigrams=backend.open_words(folder, BIGRAMS),
        asked_bigrams=backend.open_words(folder, QUESTION_BIGRAMS),
        document_bigrams=backend.open_words(folder, DOCUMENT_BIGRAMS),
        measure_bigrams=backend.open_words(folder, MEASURE_BIGRAMS),
        rows_of={name: np.arange(starts[n], starts[n + 1]) for n, name in enumerate(ids)},
        values_of={name: range(values[n], values[n + 1]) for n, name in enumerate(ids)},
        places=np.repeat(np.arange(len(ids)), np.diff(starts)),
        outside=outside.read(folder),
        **rows,
    )
    check_sizes(generation, folder)
    return generation


def _open_checked(
    connection: Connection, data_dir: Path, row: Row[Any], stamp: Stamp, backend: Backend, paged_from: int
) -> Generation:
    # before anything is opened, and in this thread: beside one that reads rows, every 256 KB would wait for the interpreter
    check_files(generation_folder(data_dir, row.id), row.files)
    return load_generation(connection, data_dir, row.id, stamp, backend, paged_from)


def _open_first(
    connection: Connection, data_dir: Path, expected: Stamp, backend: Backend, paged_from: int
) -> Generation:
    """Open the live generation or, where that is damaged, the last one before it that is whole."""
    damaged: list[str] = []
    for row in _published(connection, data_dir):
        if not damaged:
            check_stamp(row.stamp, expected)
        elif row.stamp != expected.stored():
            continue
        try:
            opened = _open_checked(connection, data_dir, row, expected, backend, paged_from)
        except StoreError as error:
            damaged.append(str(error))
        else:
            return replace(opened, damaged=tuple(damaged))
    raise StoreError(
        damaged[0] if damaged else f"{data_dir} 里没有建成的索引(上次可能中断了);请运行 policybot index"
    )


def open_whole(
    data_dir: Path, expected: Stamp, backend: Backend = LOCAL, paged_from: int = PAGED_FROM
) -> Generation:
    """Open the live generation.

    Where it is damaged, the one that was live before it stands in and says so in ``damaged``; nothing is logged.

    :param expected: what the running program would build with
    :param backend: where the vectors and words are
    :param paged_from: passages from which on rows are read as they are wanted
    :raises StoreError: there is no index, it is half-written, every generation is damaged, or the live one was built
        with something else
    """
    if not (data_dir / DATABASE).is_file():
        raise StoreError(f"{data_dir} 里还没有索引;请先运行 policybot index")
    with transaction(data_dir) as connection:
        return _open_first(connection, data_dir, expected, backend, paged_from)


def open_generation(
    data_dir: Path, expected: Stamp, backend: Backend = LOCAL, paged_from: int = PAGED_FROM
) -> Generation:
    """Open the live generation as :func:`open_whole` does; the log says where another stands in for it.

    :raises StoreError: as there
    """
    opened = open_whole(data_dir, expected, backend, paged_from)
    for words in opened.damaged:
        LOG.error("索引坏了,暂用较早的第 %d 代回答:%s", opened.id, words)
    return opened
