"""One opened, immutable generation: everything an answer is made from."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.backends import Vectors, Words
from index.errors import StoreError
from index.outside import NOTHING, Outside
from index.stamp import Stamp
from index.types import Clause, Document, Head, Indicator, Passage, SimilarQuestion

VECTORS = "vectors.faiss"
MEASURES = "measures.faiss"
QUESTIONS = "questions.faiss"
WORDS = "words"
BIGRAMS = "bigrams"
QUESTION_BIGRAMS = "question_bigrams"
DOCUMENT_BIGRAMS = "document_bigrams"
MEASURE_BIGRAMS = "measure_bigrams"


@dataclass(frozen=True, slots=True, eq=False)
class Generation:
    """A snapshot.

    Row ``i`` of ``vectors``, ``words`` and ``bigrams`` is that of ``passages[i]``, row ``i`` of ``measures`` and ``measure_bigrams`` that of
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
    heads: Mapping[str, tuple[Head, ...]]  # of the clauses, in their order; quicker to read
    passages: Sequence[Passage]
    indicators: Sequence[Indicator]
    names: Iterable[str]  # of the indicators, and the headings of the clauses: each once, in no order
    questions: tuple[SimilarQuestion, ...]
    vectors: Vectors
    measures: Vectors
    asked: Vectors
    words: Words
    bigrams: Words
    asked_bigrams: Words
    document_bigrams: Words
    measure_bigrams: Words
    rows_of: Mapping[str, NDArray[np.int64]]  # document id → its rows, ascending
    begins: NDArray[np.int32]  # (passages,) offset at which each begins in its document's text
    values_of: Mapping[str, range]  # document id → the rows of its indicators
    places: NDArray[np.int64]  # (passages,) place of each passage's document among ``documents``
    outside: Outside = NOTHING  # questions that are out of scope
    damaged: tuple[str, ...] = ()  # why the live generation, and others before this one, could not be opened


def check_sizes(generation: Generation, folder: Path) -> None:
    """Compare the indexes with the passages and indicators they were built over.

    :raises StoreError: they have other numbers of rows
    """
    passages, rows = len(generation.passages), len(generation.indicators)
    asked = len(generation.questions)
    counted = (
        (VECTORS, generation.vectors.rows, passages, "段落"),
        (WORDS, generation.words.rows, passages, "段落"),
        (BIGRAMS, generation.bigrams.rows, passages, "段落"),
        (MEASURES, generation.measures.rows, rows, "指标"),
        (MEASURE_BIGRAMS, generation.measure_bigrams.rows, rows, "指标"),
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
