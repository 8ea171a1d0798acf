"""One opened, immutable generation: everything an answer is made from, read once."""

import logging
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, Row, select

from index import outside
from index.bm25 import WordIndex
from index.database import DATABASE, generation_folder, refuse_newer, revision_of, transaction
from index.errors import StoreError
from index.outside import NOTHING, Outside
from index.publish import live_generation
from index.rows import (
    StoredDocument,
    read_clauses,
    read_documents,
    read_indicators,
    read_passages,
    read_questions,
)
from index.schema import REVISION, State, generations
from index.seals import check_files
from index.settings import IndexSettings
from index.tokens import Tokenizer
from index.types import Clause, Document, Indicator, Passage, SimilarQuestion
from index.vectors import VectorIndex

LOG = logging.getLogger(__name__)
VECTORS = "vectors.faiss"
MEASURES = "measures.faiss"
QUESTIONS = "questions.faiss"
WORDS = "words"
BIGRAMS = "bigrams"
QUESTION_BIGRAMS = "question_bigrams"
DOCUMENT_BIGRAMS = "document_bigrams"


class _Encoder(Protocol):
    @property
    def fingerprint(self) -> str: ...

    @property
    def dimension(self) -> int: ...


@dataclass(frozen=True, slots=True)
class Stamp:
    """What an index was built with; one built with anything else is not opened."""

    encoder: str  # fingerprint
    dimension: int
    tokenizer: str  # fingerprint
    lexicon: str  # digest
    schema: str  # revision of the tables
    max_passage_chars: int

    @classmethod
    def of(
        cls, encoder: _Encoder, tokenizer: Tokenizer, lexicon_digest: str, settings: IndexSettings
    ) -> "Stamp":
        """Return the stamp of an index built, or about to be, with these parts."""
        return cls(
            encoder=encoder.fingerprint,
            dimension=encoder.dimension,
            tokenizer=tokenizer.fingerprint,
            lexicon=lexicon_digest,
            schema=REVISION,
            max_passage_chars=settings.max_passage_chars,
        )


_NAMES: Mapping[str, str] = {
    "encoder": "编码器",
    "dimension": "向量维数",
    "tokenizer": "分词器",
    "lexicon": "词典 lexicon.yaml",
    "schema": "表结构",
    "max_passage_chars": "max_passage_chars",
}


@dataclass(frozen=True, slots=True, eq=False)
class Generation:
    """A snapshot.

    Row ``i`` of ``vectors``, ``words`` and ``bigrams`` is that of ``passages[i]``, row ``i`` of ``measures`` that of
    ``indicators[i]``, row ``i`` of ``asked`` and ``asked_bigrams`` that of ``questions[i]``,
    row ``i`` of ``document_bigrams`` that of the document at place ``i``.
    Passages and indicators stand in manifest order, then in the order of the text; mappings keep manifest order.
    """

    id: int
    stamp: Stamp
    documents: Mapping[str, Document]
    texts: Mapping[str, str]
    pages: Mapping[str, tuple[int, ...]]  # offsets at which a file's pages begin; empty where it has none
    clauses: Mapping[str, tuple[Clause, ...]]
    passages: tuple[Passage, ...]
    indicators: tuple[Indicator, ...]
    questions: tuple[SimilarQuestion, ...]
    vectors: VectorIndex
    measures: VectorIndex
    asked: VectorIndex
    words: WordIndex
    bigrams: WordIndex
    asked_bigrams: WordIndex
    document_bigrams: WordIndex
    rows_of: Mapping[str, NDArray[np.int64]]  # document id → its rows, ascending
    outside: Outside = NOTHING  # questions that are out of scope
    damaged: tuple[str, ...] = ()  # why the live generation, and others before this one, could not be opened


def _check_stamp(stored: Mapping[str, object], expected: Stamp) -> None:
    for field, now in asdict(expected).items():
        if stored.get(field) != now:
            raise StoreError(
                f"索引与当前设置不一致:{_NAMES[field]}建索引时是 {stored.get(field)!r},现在是 {now!r};"
                "请运行 policybot index --rebuild"
            )


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


def _rows_of(
    passages: tuple[Passage, ...], documents: Mapping[str, Document]
) -> dict[str, NDArray[np.int64]]:
    rows: dict[str, list[int]] = {document: [] for document in documents}
    for row, passage in enumerate(passages):
        rows[passage.document].append(row)
    return {document: np.array(listed, dtype=np.int64) for document, listed in rows.items()}


def _check_sizes(generation: Generation, folder: Path) -> None:
    """Compare the indexes with the passages and indicators they were built over."""
    passages, rows = len(generation.passages), len(generation.indicators)
    asked = len(generation.questions)
    counted = (
        (VECTORS, generation.vectors.rows, passages, "段落"),
        (WORDS, generation.words.rows, passages, "段落"),
        (BIGRAMS, generation.bigrams.rows, passages, "段落"),
        (MEASURES, generation.measures.rows, rows, "指标"),
        (QUESTIONS, generation.asked.rows, asked, "相似问"),
        (QUESTION_BIGRAMS, generation.asked_bigrams.rows, asked, "相似问"),
        (DOCUMENT_BIGRAMS, generation.document_bigrams.rows, len(generation.documents), "文件"),
    )
    for name, found, expected, what in counted:
        if found != expected:
            raise StoreError(
                f"{folder / name} 有 {found} 行,{what}有 {expected} 条;请运行 policybot index --rebuild"
            )
    vectors = ((VECTORS, generation.vectors), (MEASURES, generation.measures), (QUESTIONS, generation.asked))
    for name, index in vectors:
        if index.dimension != generation.stamp.dimension:
            raise StoreError(
                f"{folder / name} 的向量是 {index.dimension} 维,"
                f"应为 {generation.stamp.dimension} 维;请运行 policybot index --rebuild"
            )


def _check_texts(read: Sequence[StoredDocument], data_dir: Path) -> None:
    """Compare the stored texts with their digests: SQLite sees no flipped bit, and answers quote them."""
    for stored in read:
        if sha256(stored.text.encode()).hexdigest() != stored.digest:
            raise StoreError(
                f"{data_dir / DATABASE} 里 {stored.document.id} 的原文与存入时不同(可能是磁盘坏了);"
                "请运行 policybot index --rebuild,并检查磁盘"
            )


def load_generation(connection: Connection, data_dir: Path, number: int, stamp: Stamp) -> Generation:
    """Read one generation, finished or about to be.

    :raises StoreError: a file of it is missing or damaged, or the parts do not fit together
    """
    folder = generation_folder(data_dir, number)
    read = read_documents(connection, number)
    _check_texts(read, data_dir)
    documents = {stored.document.id: stored.document for stored in read}
    clauses = read_clauses(connection, number)
    passages = read_passages(connection, number)
    generation = Generation(
        id=number,
        stamp=stamp,
        documents=documents,
        texts={stored.document.id: stored.text for stored in read},
        pages={stored.document.id: stored.pages for stored in read},
        clauses={document: clauses.get(document, ()) for document in documents},
        passages=passages,
        indicators=read_indicators(connection, number),
        questions=read_questions(connection, number),
        vectors=VectorIndex.open(folder / VECTORS),
        measures=VectorIndex.open(folder / MEASURES),
        asked=VectorIndex.open(folder / QUESTIONS),
        words=WordIndex.open(folder / WORDS),
        bigrams=WordIndex.open(folder / BIGRAMS),
        asked_bigrams=WordIndex.open(folder / QUESTION_BIGRAMS),
        document_bigrams=WordIndex.open(folder / DOCUMENT_BIGRAMS),
        rows_of=_rows_of(passages, documents),
        outside=outside.read(folder),
    )
    _check_sizes(generation, folder)
    return generation


def _open_checked(connection: Connection, data_dir: Path, row: Row[Any], stamp: Stamp) -> Generation:
    # before anything is opened, and in this thread: beside one that reads rows, every 256 KB would wait for the interpreter
    check_files(generation_folder(data_dir, row.id), row.files)
    return load_generation(connection, data_dir, row.id, stamp)


def _open_first(connection: Connection, data_dir: Path, expected: Stamp) -> Generation:
    """Open the live generation or, where that is damaged, the last one before it that is whole."""
    damaged: list[str] = []
    for row in _published(connection, data_dir):
        if not damaged:
            _check_stamp(row.stamp, expected)
        elif row.stamp != asdict(expected):
            continue
        try:
            opened = _open_checked(connection, data_dir, row, expected)
        except StoreError as error:
            damaged.append(str(error))
        else:
            return replace(opened, damaged=tuple(damaged))
    raise StoreError(
        damaged[0] if damaged else f"{data_dir} 里没有建成的索引(上次可能中断了);请运行 policybot index"
    )


def open_generation(data_dir: Path, expected: Stamp) -> Generation:
    """Open the live generation.

    Where it is damaged, the one that was live before it stands in, says so in ``damaged``, and the log says it too.

    :param expected: what the running program would build with
    :raises StoreError: there is no index, it is half-written, every generation is damaged, or the live one was built
        with something else
    """
    if not (data_dir / DATABASE).is_file():
        raise StoreError(f"{data_dir} 里还没有索引;请先运行 policybot index")
    with transaction(data_dir) as connection:
        opened = _open_first(connection, data_dir, expected)
    for words in opened.damaged:
        LOG.error("索引坏了,暂用较早的第 %d 代回答:%s", opened.id, words)
    return opened
