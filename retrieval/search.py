"""A question → passages, best first: vectors, two word indexes, similar questions and the whole document, fused.

Each ranker's score is brought to a scale that does not depend on the size of the corpus: cosines as standard
deviations above the question's mean over a fixed sample of passages, BM25 as the share of what a passage holding
every term of the question could reach. They are added (a convex combination, see ``fusion``).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.encoders import Encoder
from index.generation import Generation
from index.paged import read_ahead
from index.tokens import Tokenizer
from retrieval.asked import AskedQuestions, likeness
from retrieval.coverage import coverage
from retrieval.fusion import best_first, best_of, combine, standardise
from retrieval.phrases import CITED, rows_with
from retrieval.rerank import Reranker, added
from retrieval.satisfies import forms_of
from retrieval.settings import RetrievalSettings
from retrieval.titled import TitledPlaces
from retrieval.types import Question

Scores = NDArray[np.float32]
Rows = NDArray[np.int64]
Vector = NDArray[np.float32]  # (dim,)
Vectors = NDArray[np.float32]  # (queries, dim)

# Rows the dense ranker hands on: 128 to 2,000 give the same answers (docs/evaluation.md), and a walk through a graph of
# a million for 2,000 takes four times as long as for these
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
        return cls(store, encoder, tokenizer, settings, reranker, asked, sample, titled)


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


def _scope(rows: Rows, engine: Engine) -> Rows | None:
    """What the rankers are told to look at: nothing in particular where all rows are asked, or few enough anyway.

    Of a large corpus they hand on the best alone; of one district's plans none might be among them.
    """
    total = len(engine.store.passages)
    return rows if len(rows) < total and total > CANDIDATES else None


def _cosines(vector: Vector, engine: Engine, scope: Rows | None) -> tuple[Scores, Scores]:
    """Cosine of every passage with a query: raw (n,), and standardised over the sample (n,)."""
    rows, scores = engine.store.vectors.search(vector, CANDIDATES, scope)
    least = scores[-1:] if len(scores) else np.zeros(1, dtype=np.float32)
    sample, total = engine.sample @ vector, len(engine.store.passages)
    raw, standard = np.full(total, least[0]), np.full(total, standardise(least, sample)[0])
    raw[rows], standard[rows] = scores, standardise(scores, sample)
    return raw, standard


def _dense(queries: Vectors, engine: Engine, scope: Rows | None) -> tuple[Scores, Scores]:
    """The better of the question as asked and as the documents would put it: raw and standardised cosines."""
    pairs = [_cosines(vector, engine, scope) for vector in queries]
    raw, standard = pairs[0]
    for other, deviations in pairs[1:]:
        raw, standard = np.maximum(raw, other), np.maximum(standard, deviations)
    return raw, standard


def _phrase_bonus(question: Question, rows: Rows, store: Generation) -> Scores:
    """``PHRASE_BONUS`` for passages of the documents of ``rows`` that hold a quoted phrase to the letter: (n,)."""
    bonus = np.zeros(len(store.passages), dtype=np.float32)
    if question.phrases:
        ids = tuple(store.documents)
        asked = {ids[place] for place in np.flatnonzero(np.bincount(store.places[rows]))}
        for phrase in question.phrases:
            bonus[rows_with(phrase, store, asked, CITED)] = PHRASE_BONUS
    return bonus


def _formed(question: Question, fused: Scores, rows: Rows, store: Generation) -> Scores:
    """``FORMED`` for those of the best passages that hold the kind of fact asked for, say a duration: (n,)."""
    bonus = np.zeros_like(fused)
    forms = forms_of(question.kinds)
    best = _best(fused, rows, FORMED_AMONG) if forms else rows[:0]
    read_ahead(store.passages, best.tolist())
    for row in best:
        passage, first = store.passages[int(row)], store.passages[int(best[0])]
        if (passage.document, passage.clause) != (first.document, first.clause):
            continue  # a number in another clause is more likely to be of something else
        words = passage.span.of(store.texts[passage.document])
        bonus[row] = FORMED * sum(bool(form.search(words)) for form in forms) / len(forms)
    return bonus


def _beside(scores: Scores, places: Rows) -> Scores:
    """The scores of the sentences before and after each one in its document, added up: (n,)."""
    firsts = np.flatnonzero(places[1:] != places[:-1]) + 1  # of the documents, but the very first
    found = np.zeros_like(scores)
    found[1:] = scores[:-1]
    found[firsts] = 0.0
    lasts = found[firsts - 1]
    found[:-1] += scores[1:]
    found[firsts - 1] = lasts
    return found


def _reread(question: Question, order: Rows, engine: Engine, reranker: Reranker) -> Scores:
    """What the cross-encoder adds to the best passages: (n,)."""
    passages, settings = engine.store.passages, engine.settings.reranker
    best = order[: settings.candidates]
    texts = [passages[int(row)].indexed_text for row in best]
    return added(question.text, best, texts, reranker, settings, len(passages))


def _best(fused: Scores, rows: Rows, most: int) -> Rows:
    """The rows, best first, equal scores by row; of more than ``most`` only the best of them."""
    scores = fused[rows]
    if len(rows) > most:
        among = best_of(scores, most)
        rows, scores = rows[among], scores[among]
    return rows[best_first(scores)]


def search(question: Question, queries: Vectors, engine: Engine, rows: Rows) -> Ranking:
    """Rank the passages ``rows`` for a question.

    :param rows: passage rows of the documents in scope, ascending
    :return: all of them, the best ``RANKED`` of more, best first; equal scores by row, so by document and place
    """
    if not len(rows):
        return EMPTY
    scope = _scope(rows, engine)
    cosines, dense = _dense(queries, engine, scope)
    words = coverage(engine.store.words, engine.tokenizer.words, question, question.period, scope)
    pairs = coverage(engine.store.bigrams, engine.tokenizer.bigrams, question, question.period, scope)
    whole = coverage(engine.store.document_bigrams, engine.tokenizer.bigrams, question)[engine.store.places]
    asked = likeness(question, queries, engine.asked, len(cosines))
    around = np.float32(BESIDE) * _beside(pairs, engine.store.places)
    weights = engine.settings.weights
    fused = combine(
        (dense, words, pairs + around, asked, whole),
        (weights.dense, weights.words, weights.bigrams, weights.asked, weights.document),
    ) + _phrase_bonus(question, rows, engine.store)
    fused = fused - engine.titled.lost(question)[engine.store.places]
    if engine.reranker:
        fused = fused + _reread(question, _best(fused, rows, RANKED), engine, engine.reranker)
    fused = fused + _formed(question, fused, rows, engine.store)
    # what similar questions say is of the clause, not of a value in it, nor of the sentence beside
    own = fused - np.float32(weights.document) * whole[rows].max() - np.float32(weights.asked) * asked
    order = _best(fused, rows, RANKED)
    held = np.maximum(words, pairs)
    return Ranking(order, fused[order], own[order], cosines[order], held[order])
