"""A question → passages, best first: vectors, two word indexes, similar questions and the whole document, fused.

Each ranker's score is brought to a scale that does not depend on the size of the corpus: cosines as standard
deviations above the question's mean over a fixed sample of passages, BM25 as the share of what a passage holding
every term of the question could reach. They are added (a convex combination, see ``fusion``).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.encoders import Encoder
from index.generation import Generation
from index.paged import read_ahead
from index.tokens import Tokenizer
from retrieval.asked import AskedQuestions, likeness
from retrieval.coverage import coverage
from retrieval.extent import Extent
from retrieval.fusion import best_first_of, combine, standardise
from retrieval.phrases import quoted_rows
from retrieval.rerank import Reranker, added
from retrieval.satisfies import forms_of
from retrieval.settings import RetrievalSettings
from retrieval.titled import TitledPlaces
from retrieval.types import Question

Scores = NDArray[np.float32]
Rows = NDArray[np.int64]
Positions = NDArray[np.int64]  # in the arrays of a search
Vectors = NDArray[np.float32]  # (queries, dim)

# Rows the dense ranker hands on: 128 to 2,000 find about the same (docs/evaluation.md), and a walk through a graph takes
# longer the more are wanted (docs/scale.md)
CANDIDATES = 512
SAMPLE = 512  # passages whose cosines tell what "unrelated" means for a question
RANKED = 20_000  # passages of a ranking: sorting a million takes longer than finding them
OFFICIAL_WORDS = 3  # official terms that stand for one everyday phrase in the rewritten question
PHRASE_BONUS = 4.0  # words in quotation marks are meant literally: outweighs any other evidence


# What a passage gets that holds the kind of fact asked for (how long: a duration), and how many of the best are looked
# through: further down a number is more likely to be of something else
FORMED = 2.0
FORMED_AMONG = 12
BESIDE = 0.2  # what a sentence gets of the bigrams its neighbours hold: a paragraph names its subject once


@dataclass(frozen=True, slots=True)
class Ranking:
    """Passages of the searched documents, best first, each score array in the same order.

    ``scores`` is the fused score, ``own`` the same by its words alone, without the
    similar questions and less the vote of the best document in scope; ``cosines`` the raw cosine with the question; ``coverage`` the share (0..1) of
    the question's terms, weighted by rarity, that the passage holds.
    """

    rows: Rows
    scores: Scores
    own: Scores
    cosines: Scores
    coverage: Scores

    def within(self, rows: Rows) -> "Ranking":
        """The same ranking, restricted to some rows."""
        return self.where(np.isin(self.rows, rows))

    def where(self, keep: NDArray[np.bool_] | NDArray[np.int64]) -> "Ranking":
        """The same ranking, restricted to the places where ``keep`` holds, or to those it names, in their order."""
        scores = (part[keep] for part in (self.scores, self.own, self.cosines, self.coverage))
        return Ranking(self.rows[keep], *scores)


_NO_SCORES: Scores = np.empty(0, dtype=np.float32)
EMPTY = Ranking(np.empty(0, dtype=np.int64), _NO_SCORES, _NO_SCORES, _NO_SCORES, _NO_SCORES)


@dataclass(frozen=True, slots=True)
class Engine:
    """The parts a search runs on."""

    store: Generation
    encoder: Encoder
    tokenizer: Tokenizer
    settings: RetrievalSettings
    reranker: Reranker | None
    asked: AskedQuestions
    sample: NDArray[np.float32]  # (m, dim) vectors of evenly spaced passages
    titled: TitledPlaces
    lengths: NDArray[np.int64]  # (documents,) how many passages each has

    @classmethod
    def of(
        cls,
        store: Generation,
        encoder: Encoder,
        tokenizer: Tokenizer,
        settings: RetrievalSettings,
        reranker: Reranker | None = None,
    ) -> "Engine":
        """Wire the parts and take the sample."""
        total = len(store.passages)
        rows = np.unique(np.linspace(0, max(total - 1, 0), min(SAMPLE, total), dtype=np.int64))
        asked, sample = AskedQuestions.of(store), store.vectors.reconstruct(rows)
        titled = TitledPlaces.of(store.documents.values())
        lengths = np.bincount(store.places, minlength=len(store.documents))
        return cls(store, encoder, tokenizer, settings, reranker, asked, sample, titled, lengths)


def rewrite(question: Question) -> str:
    """The core with everyday phrases replaced by the documents' own words for them."""
    text = question.core
    for said, official in question.synonyms:
        text = text.replace(said, " " + " ".join(official[:OFFICIAL_WORDS]) + " ")
    return " ".join(text.split())


def embed(question: Question, encoder: Encoder) -> Vectors:
    """Encode a question once for all that compares with it: as asked, and as documents would put it, (1 or 2, dim)."""
    texts = dict.fromkeys(f"{question.period} {t}".strip() for t in (question.core, rewrite(question)))
    return encoder.encode_queries(list(texts))


def _raised(found: Sequence[tuple[Positions, Scores]], total: int) -> Scores:
    """Give every passage the best of what is found for it, and the others what the least found has: (total,).

    Of a large corpus a ranker hands on the best alone.
    """
    raised = np.full(total, max(scores[-1] if len(scores) else 0.0 for _, scores in found), np.float32)
    for positions, scores in found:
        raised[positions] = np.maximum(raised[positions], scores)
    return raised


def _dense(queries: Vectors, engine: Engine, extent: Extent) -> tuple[Scores, Scores]:
    """Cosine of every passage with a question, raw and standardised over the sample: (n,) each.

    The better of the question as asked and as the documents would put it.
    """
    raw, standard = [], []
    for vector in queries:
        rows, scores = engine.store.vectors.search(vector, CANDIDATES, extent.asked)
        positions = extent.positions(rows)
        raw.append((positions, scores))
        standard.append((positions, standardise(scores, engine.sample @ vector)))
    return _raised(raw, len(extent.rows)), _raised(standard, len(extent.rows))


def _quoting(question: Question, extent: Extent, store: Generation) -> Positions:
    """Where the passages stand that hold a quoted phrase to the letter."""
    ids = tuple(store.documents)
    asked = {ids[place] for place in extent.documents()} if question.phrases else set()
    return extent.positions(quoted_rows(question.phrases, store, asked))


def _formed(question: Question, fused: Scores, extent: Extent, store: Generation) -> tuple[Positions, Scores]:
    """Those of the best passages that are of the first one's clause, with what each gets for the kind of fact it holds."""
    forms = forms_of(question.kinds)
    best = best_first_of(fused, FORMED_AMONG) if forms else np.empty(0, np.int64)
    rows = extent.rows[best].tolist()
    read_ahead(store.passages, rows)
    bonus = np.zeros(len(best), dtype=np.float32)
    for at, row in enumerate(rows):
        passage, first = store.passages[row], store.passages[rows[0]]
        if (passage.document, passage.clause) != (first.document, first.clause):
            continue  # a number in another clause is more likely to be of something else
        words = passage.span.of(store.texts[passage.document])
        bonus[at] = FORMED * sum(bool(form.search(words)) for form in forms) / len(forms)
    return best, bonus


def _reread(question: Question, fused: Scores, extent: Extent, engine: Engine, reranker: Reranker) -> Scores:
    """What the cross-encoder adds to the best passages: (n,)."""
    passages, settings = engine.store.passages, engine.settings.reranker
    best = best_first_of(fused, settings.candidates)
    texts = [passages[int(row)].indexed_text for row in extent.rows[best]]
    return added(question.text, best, texts, reranker, settings, len(fused))


def search(question: Question, queries: Vectors, engine: Engine, rows: Rows) -> Ranking:
    """Rank the passages ``rows`` for a question.

    :param rows: passage rows of the documents in scope, ascending
    :return: all of them, the best ``RANKED`` of more, best first; equal scores by row, so by document and place
    """
    if not len(rows):
        return EMPTY
    store, weights = engine.store, engine.settings.weights
    extent = Extent(rows, store.places, engine.lengths)
    cosines, dense = _dense(queries, engine, extent)
    words = extent.take(
        coverage(store.words, engine.tokenizer.words, question, question.period, extent.asked)
    )
    every = coverage(store.bigrams, engine.tokenizer.bigrams, question, question.period, extent.asked)
    pairs = extent.take(every)
    whole = coverage(store.document_bigrams, engine.tokenizer.bigrams, question)
    asked = extent.take(likeness(question, queries, engine.asked, len(every)))
    fused = combine(
        (dense, words, pairs + np.float32(BESIDE) * extent.beside(every), asked, extent.spread(whole)),
        (weights.dense, weights.words, weights.bigrams, weights.asked, weights.document),
    )
    fused[_quoting(question, extent, store)] += np.float32(PHRASE_BONUS)
    if (lost := engine.titled.lost(question)).any():
        fused -= extent.spread(lost)
    if engine.reranker:
        fused += _reread(question, fused, extent, engine, engine.reranker)
    raised, bonus = _formed(question, fused, extent, store)
    fused[raised] += bonus
    order = best_first_of(fused, RANKED)
    # what similar questions say is of the clause, not of a value in it, nor of the sentence beside
    voted = np.float32(weights.document) * whole[extent.documents()].max()
    own = fused[order] - voted - np.float32(weights.asked) * asked[order]
    held = np.maximum(words[order], pairs[order])
    return Ranking(rows[order], fused[order], own, cosines[order], held)
