"""What a generation holds → the files of its folder."""

import shutil
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from index.backends import Backend
from index.embed import Embedded
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
)
from index.rows import StoredDocument
from index.tokens import bigrams
from index.types import Indicator, Passage, SimilarQuestion


@dataclass(frozen=True, slots=True)
class Facts:
    """What hangs on the versions of a generation: manifest order, then the order of the text."""

    passages: tuple[Passage, ...]
    indicators: tuple[Indicator, ...]
    questions: tuple[SimilarQuestion, ...]
    documents: tuple[StoredDocument, ...]


@dataclass(frozen=True, slots=True)
class Embeddings:
    """The vectors of the passages, of the names of the measures, and of the similar questions, row for row."""

    passages: Embedded
    measures: Embedded
    questions: Embedded

    @property
    def seconds(self) -> float:
        """Seconds it took."""
        return self.passages.seconds + self.measures.seconds + self.questions.seconds


def _make_folder(folder: Path) -> None:
    # a folder of that number can only be left over from a database that was moved away
    shutil.rmtree(folder, ignore_errors=True)
    try:
        folder.mkdir(parents=True)
    except OSError as error:
        raise StoreError(f"建不了索引目录 {folder}:{error.strerror};请检查权限和磁盘空间") from None


def write_indexes(
    folder: Path,
    facts: Facts,
    embedded: Embeddings,
    words: Sequence[Sequence[str]],
    backend: Backend,
    on_progress: Callable[[int, int], None],
) -> None:
    """Write the vector and word indexes of a generation.

    :param words: the words of each passage
    :param on_progress: told how many are written, of how many
    :param backend: where they are written
    :raises StoreError: they cannot be written
    """
    _make_folder(folder)
    vectors = ((VECTORS, embedded.passages), (MEASURES, embedded.measures), (QUESTIONS, embedded.questions))
    # the title tells documents apart; in the word index too, it would drown what tells their sentences apart
    titles = {stored.document.id: stored.document.title for stored in facts.documents}
    titled = [f"{titles[passage.document]} {passage.indexed_text}" for passage in facts.passages]
    whole = [f"{one.document.title} {one.text}" for one in facts.documents]
    tokens: tuple[tuple[str, Iterable[Sequence[str]]], ...] = (
        (WORDS, words),
        (BIGRAMS, map(bigrams, titled)),
        (QUESTION_BIGRAMS, (bigrams(question.text) for question in facts.questions)),
        (DOCUMENT_BIGRAMS, map(bigrams, whole)),
        (MEASURE_BIGRAMS, (bigrams(f"{row.category} {row.name}") for row in facts.indicators)),
    )
    total = len(vectors) + len(tokens)
    for done, (name, one) in enumerate(vectors):
        on_progress(done, total)
        backend.write_vectors(folder, name, one.matrix)
    for done, (name, listed) in enumerate(tokens, start=len(vectors)):
        on_progress(done, total)
        backend.write_words(folder, name, list(listed))
    on_progress(total, total)
