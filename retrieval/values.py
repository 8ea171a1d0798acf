"""Which indicator values bear on a question: measures by name, then rows by period and role."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.bm25 import WordIndex
from index.store import Generation
from index.tokens import bigrams
from index.types import Indicator, Role
from retrieval.coverage import coverage
from retrieval.fusion import best_first, standardise
from retrieval.periods import era_of_period, era_of_row, era_of_year, years_in
from retrieval.phrases import row_at
from retrieval.search import Vectors
from retrieval.types import Question
from retrieval.units_asked import wanted_units, wrong_unit

Scores = NDArray[np.float32]

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
    """The indicator rows of a generation with what their names are found by, row ``i`` that of ``rows[i]``."""

    rows: tuple[Indicator, ...]
    vectors: NDArray[np.float32]  # (n, dim) of the names
    names: WordIndex  # bigrams of category and name
    passages: tuple[int, ...]  # the passage row each was read from

    @classmethod
    def of(cls, store: Generation) -> "Measures":
        """Index the names of a generation's indicators; quick, they are few."""
        rows = store.indicators
        names = WordIndex.build([bigrams(f"{row.category} {row.name}") for row in rows])
        passages = tuple(row_at(store, row.document, row.span) for row in rows)
        vectors = store.measures.reconstruct(np.arange(len(rows)))
        return cls(rows, vectors, names, passages)


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
    question: Question, queries: Vectors, measures: Measures, store: Generation, passages: NDArray[np.float32]
) -> tuple[Match, ...]:
    """Rank the indicator rows of the documents in scope, best first; ties in the order of the documents.

    Of more than ``CONSIDERED`` rows those whose measure fits least are left out.

    :param passages: (passages,) own score of each; NaN outside the scope, whose rows are left out
    """
    if not measures.rows:
        return ()
    cosines = np.max(measures.vectors @ queries.T, axis=1)
    dense = standardise(cosines, cosines)
    held = coverage(measures.names, bigrams, question)
    wanted = wanted_units(question.text)
    fits = dense + NAME_WEIGHT * held + PASSAGE_WEIGHT * passages[np.asarray(measures.passages)]
    within = np.flatnonzero(~np.isnan(fits))
    nearest = np.sort(within[best_first(fits[within])[:CONSIDERED]])
    matches = []
    for n in nearest.tolist():
        row, measure = measures.rows[n], float(fits[n])
        period = store.documents[row.document].period
        own_era = era_of_period(period) if period else None
        facets = _facets(row, question, own_era) - WRONG_UNIT * wrong_unit(wanted, row)
        matches.append(Match(row, measure, facets, era_of_row(row, own_era), float(held[n])))
    return tuple(sorted(matches, key=lambda m: -m.score))
