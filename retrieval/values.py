"""Which indicator values bear on a question: measures by name, then rows by period and role."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.generation import Generation
from index.paged import read_ahead
from index.tokens import bigrams
from index.types import Indicator, Role
from retrieval.coverage import coverage
from retrieval.fusion import best_first, standardise
from retrieval.periods import era_of_period, era_of_row, era_of_year, years_in
from retrieval.phrases import row_at
from retrieval.search import SAMPLE, Ranking, Vectors
from retrieval.types import Question
from retrieval.units_asked import wanted_units, wrong_unit

Scores = NDArray[np.float32]
Rows = NDArray[np.int64]
_NONE: Rows = np.empty(0, np.int64)

# Set by hand on the development questions, on plateaus; each has its rows in the ablation table, docs/evaluation.md
NAME_WEIGHT = 3.0  # words of the name against one standard deviation of its cosine
PASSAGE_WEIGHT = 0.5  # the sentence a value was read from, against its name
CONSIDERED = (
    1000  # rows looked at one by one: more than any list shows; a large corpus has hundreds of thousands
)
WRONG_PERIOD = 3.0  # a value of another plan than the one asked about
OTHER_PERIOD = 1.0  # no period asked: the document's own plan comes first
WRONG_ROLE = 1.5  # a baseline where the target was asked
WRONG_UNIT = 1.5  # a number of people where a share was asked; as much as a wrong role
ERA_WITHIN = 3.0  # one measure under two names in two chapters (参保, 参保人数) lies this near

# Of a large collection not everything can be looked at; docs/scale.md says what an answer takes then
MANY = 20_000  # rows up to which every one is compared; the vectors of more would not be held
FEW_DOCUMENTS = 50  # whose values are looked at by themselves; of more documents the nearest of all
AMONG_MANY = 60  # of more rows, those that are read and held against the passages: more than any answer lists


@dataclass(frozen=True, slots=True)
class Match:
    """An indicator row and how well it fits.

    ``measure`` says how well the measure is the one asked for (standard deviations, higher is better), ``facets``
    what is lost because the period, the role or the unit is another one (≤ 0), ``era`` the five-year plan the value belongs
    to, ``named`` the share (0..1) of the question's terms, weighted by rarity, that category and name hold.
    """

    row: Indicator
    measure: float
    facets: float
    era: int | None
    named: float

    @property
    def score(self) -> float:
        """What rows are ranked by."""
        return self.measure + self.facets


@dataclass(frozen=True, slots=True)
class Measures:
    """What the indicator rows of a generation are found by.

    ``vectors`` are those of the names, row ``i`` that of ``indicators[i]``; of more than ``MANY`` rows those of a sample.
    ``passages`` are the passage rows they were read from; empty where there are more than ``MANY``.
    """

    vectors: NDArray[np.float32]  # (n, dim)
    passages: Rows  # (n,)

    @classmethod
    def of(cls, store: Generation) -> "Measures":
        """Take what is needed from a generation."""
        total = len(store.indicators)
        if total > MANY:
            sample = np.unique(np.linspace(0, total - 1, SAMPLE, dtype=np.int64))
            return cls(store.measures.reconstruct(sample), np.empty(0, np.int64))
        passages = [row_at(store, row.document, row.span) for row in store.indicators]
        return cls(store.measures.reconstruct(np.arange(total)), np.array(passages, dtype=np.int64))


@dataclass(frozen=True, slots=True)
class _Fit:
    """Indicator rows with how well their measure fits, NaN outside the scope, and the share of terms that its name holds."""

    rows: Rows
    fits: Scores
    held: Scores


def _fit_all(
    question: Question, queries: Vectors, measures: Measures, store: Generation, ranking: Ranking
) -> _Fit:
    """Compare every row."""
    own = np.full(len(store.passages), np.nan, dtype=np.float32)
    own[ranking.rows] = ranking.own
    cosines = np.max(measures.vectors @ queries.T, axis=1)
    held = coverage(store.measure_bigrams, bigrams, question)
    fits = standardise(cosines, cosines) + NAME_WEIGHT * held + PASSAGE_WEIGHT * own[measures.passages]
    return _Fit(np.arange(len(fits)), fits, held)


def _in_scope(store: Generation, ranking: Ranking) -> Rows | None:
    """The indicator rows of the documents a ranking was made over; None where these are more than ``FEW_DOCUMENTS``."""
    asked = np.unique(store.places[ranking.rows])
    if len(asked) > FEW_DOCUMENTS:  # what stands elsewhere has no score of its own, and is left out by that
        return None
    spans = list(store.values_of.values())
    return np.concatenate(
        [np.arange(spans[place].start, spans[place].stop) for place in asked.tolist()] or [_NONE]
    )


def _own_of(passages: Rows, ranking: Ranking) -> Scores:
    """The own scores of some passages: (n,), NaN for those that are not in the ranking."""
    order = np.argsort(ranking.rows)
    found = np.minimum(np.searchsorted(ranking.rows, passages, sorter=order), len(order) - 1)
    near = order[found]
    own: Scores = np.where(ranking.rows[near] == passages, ranking.own[near], np.float32(np.nan))
    return own


def _fit_nearest(
    question: Question, queries: Vectors, measures: Measures, store: Generation, ranking: Ranking
) -> _Fit:
    """Compare those of the documents in scope whose names are nearest by vector or by words."""
    held = coverage(store.measure_bigrams, bigrams, question)
    scope = _in_scope(store, ranking)
    near = [store.measures.search(query, CONSIDERED, scope)[0] for query in queries]
    within = np.arange(len(held)) if scope is None else scope
    if len(within) > CONSIDERED:
        within = within[np.argpartition(-held[within], CONSIDERED)[:CONSIDERED]]
    rows = np.unique(np.concatenate([*near, within]))
    cosines = np.max(store.measures.reconstruct(rows) @ queries.T, axis=1)
    sample = np.max(measures.vectors @ queries.T, axis=1)
    fits = standardise(cosines, sample) + NAME_WEIGHT * held[rows]
    best = best_first(fits)[:AMONG_MANY]
    rows, fits = rows[best], fits[best]
    read_ahead(store.indicators, rows.tolist())
    stored = [store.indicators[row] for row in rows.tolist()]
    passages = np.array([row_at(store, row.document, row.span) for row in stored], dtype=np.int64)
    return _Fit(rows, fits + PASSAGE_WEIGHT * _own_of(passages, ranking), held[rows])


def _facets(row: Indicator, question: Question, own_era: int | None) -> float:
    """What a row loses because its period or role is not the one asked for; 0 when nothing contradicts."""
    era, lost = era_of_row(row, own_era), 0.0
    wanted = {*question.eras, *(era_of_year(year) for year in question.years)}
    if wanted and era is not None and era not in wanted:
        lost -= WRONG_PERIOD
    elif not wanted and own_era is not None and era != own_era and not question.roles - {Role.TARGET}:
        lost -= OTHER_PERIOD
    stated = years_in(row.period + "年") if row.period.isdigit() else ()
    if question.years and stated and not set(stated) & set(question.years):
        lost -= WRONG_ROLE
    if question.roles and row.role not in question.roles:
        lost -= WRONG_ROLE
    return lost


def match(
    question: Question, queries: Vectors, measures: Measures, store: Generation, ranking: Ranking
) -> tuple[Match, ...]:
    """Rank the indicator rows of the documents in scope, best first; ties in the order of the documents.

    Of more than ``CONSIDERED`` rows those whose measure fits least are left out, of more than ``MANY`` sooner.

    :param ranking: of the passages in scope; values read from others are left out
    """
    if not len(store.indicators) or not len(ranking.rows):
        return ()
    fit = _fit_nearest if len(store.indicators) > MANY else _fit_all
    found = fit(question, queries, measures, store, ranking)
    wanted = wanted_units(question.text)
    within = np.flatnonzero(~np.isnan(found.fits))
    nearest = within[best_first(found.fits[within])[:CONSIDERED]]
    read_ahead(store.indicators, found.rows[nearest].tolist())
    matches = []
    for n in nearest[np.argsort(found.rows[nearest])].tolist():
        row, measure = store.indicators[int(found.rows[n])], float(found.fits[n])
        period = store.documents[row.document].period
        own_era = era_of_period(period) if period else None
        facets = _facets(row, question, own_era) - WRONG_UNIT * wrong_unit(wanted, row)
        matches.append(Match(row, measure, facets, era_of_row(row, own_era), float(found.held[n])))
    return tuple(sorted(matches, key=lambda m: -m.score))
