"""One opened, immutable generation: everything an answer is made from, read once."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, select

from index import outside
from index.bm25 import WordIndex
from index.database import DATABASE, generation_folder, refuse_newer, revision_of, transaction
from index.errors import StoreError
from index.outside import NOTHING, Outside
from index.publish import check_files, live_generation
from index.rows import read_clauses, read_documents, read_indicators, read_passages, read_questions
from index.schema import REVISION, generations
from index.settings import IndexSettings
from index.tokens import Tokenizer
from index.types import Clause, Document, Indicator, Passage, SimilarQuestion
from index.vectors import VectorIndex

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


def _check_stamp(stored: Mapping[str, object], expected: Stamp) -> None:
    for field, now in asdict(expected).items():
        if stored.get(field) != now:
            raise StoreError(
                f"索引与当前设置不一致:{_NAMES[field]}建索引时是 {stored.get(field)!r},现在是 {now!r};"
                "请运行 policybot index --rebuild"
            )


def _live(connection: Connection, data_dir: Path) -> tuple[int, Mapping[str, object], Mapping[str, int]]:
    """Find the live generation: its number, stamp and the sizes of its files."""
    found = revision_of(connection)
    refuse_newer(found, data_dir)
    if found != REVISION:
        state = f"的表结构是旧的 {found} 版" if found else "还是空的"
        raise StoreError(f"{data_dir / DATABASE} {state};请运行 policybot index")
    query = select(generations.c.id, generations.c.stamp, generations.c.files)
    row = connection.execute(query.where(generations.c.id == live_generation(connection))).first()
    if row is None:
        raise StoreError(f"{data_dir} 里没有建成的索引(上次可能中断了);请运行 policybot index")
    return row.id, row.stamp, row.files


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


def load_generation(connection: Connection, data_dir: Path, number: int, stamp: Stamp) -> Generation:
    """Read one generation, finished or about to be.

    :raises StoreError: a file of it is missing or damaged, or the parts do not fit together
    """
    folder = generation_folder(data_dir, number)
    read = read_documents(connection, number)
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


def open_generation(data_dir: Path, expected: Stamp) -> Generation:
    """Open the live generation.

    :param expected: what the running program would build with
    :raises StoreError: there is no index, it is half-written, damaged, or was built with something else
    """
    if not (data_dir / DATABASE).is_file():
        raise StoreError(f"{data_dir} 里还没有索引;请先运行 policybot index")
    with transaction(data_dir) as connection:
        number, stamp, sizes = _live(connection, data_dir)
        _check_stamp(stamp, expected)
        check_files(generation_folder(data_dir, number), sizes)
        return load_generation(connection, data_dir, number, expected)
