"""相似问: how well the questions people are known to ask of a passage fit the question asked now.

Question against question is an easier comparison than question against clause: both are spoken. A passage scores by
the best of its questions, and only by one that fits clearly better than questions do in general, so that a document
nobody has written questions for loses nothing.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.backends import Words
from index.generation import Generation
from index.lexicon import bare
from index.tokens import bigrams
from retrieval.coverage import coverage
from retrieval.fusion import standardise
from retrieval.types import Question

Scores = NDArray[np.float32]

FROM = 1.5  # standard deviations above the mean of all questions from which one counts as alike
SHARED = 2.0  # what holding every rare pair of characters of the question adds, in standard deviations
# An admin wrote these very words for a passage: outweighs any other evidence, as words in quotation marks do.
VERBATIM = 4.0


@dataclass(frozen=True, slots=True)
class AskedQuestions:
    """The similar questions of a generation, and which passage rows each of them points to."""

    vectors: NDArray[np.float32]  # (questions, dim)
    bigrams: Words
    owners: NDArray[np.int64]  # (pairs,) row of the question
    rows: NDArray[np.int64]  # (pairs,) row of a passage that answers it
    verbatim: Mapping[str, tuple[int, ...]]  # a question's bare words → rows of the passages that answer it

    @classmethod
    def of(cls, store: Generation) -> "AskedQuestions":
        """Wire the questions of a generation to its passages."""
        pairs = [
            (owner, int(row))
            for owner, question in enumerate(store.questions)
            for row in store.rows_of[question.document][question.first : question.last]
        ]
        owners, rows = np.array(pairs, dtype=np.int64).reshape(-1, 2).T
        vectors = store.asked.reconstruct(np.arange(len(store.questions), dtype=np.int64))
        verbatim: defaultdict[str, list[int]] = defaultdict(list)
        for owner, row in pairs:
            verbatim[bare(store.questions[owner].text)].append(row)
        written = {words: tuple(found) for words, found in verbatim.items()}
        return cls(vectors, store.asked_bigrams, owners, rows, written)

    def written_for(self, question: Question) -> NDArray[np.int64]:
        """Return the rows of the passages these very words were written for, with or without the region's name."""
        asked = {bare(question.text), bare(question.unplaced)} - {""}
        return np.array([row for words in asked for row in self.verbatim.get(words, ())], dtype=np.int64)


def likeness(
    question: Question, queries: NDArray[np.float32], asked: AskedQuestions, passages: int
) -> Scores:
    """How alike the best question of each passage is to the one asked: (passages,), 0 where none is.

    :param queries: (1 or 2, dim) vectors of the question
    """
    found: Scores = np.zeros(passages, dtype=np.float32)
    if not len(asked.owners):
        return found
    cosines = np.max(asked.vectors @ queries.T, axis=1)
    shared = coverage(asked.bigrams, bigrams, question)
    alike = np.maximum(standardise(cosines, cosines) + np.float32(SHARED) * shared - np.float32(FROM), 0.0)
    np.maximum.at(found, asked.rows, alike[asked.owners])
    written = np.unique(asked.written_for(question))
    found[written] += np.float32(VERBATIM)
    return found
