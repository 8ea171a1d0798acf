"""Which documents are asked, and whose answer each region gets."""

from collections.abc import Callable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from index.measures import same_measure
from index.store import Generation
from index.types import Document, Indicator, Role
from retrieval.answer import Part
from retrieval.evidence import choose
from retrieval.kinds import NUMERIC
from retrieval.search import Ranking
from retrieval.types import Evidence, FactKind, Question
from retrieval.values import Match

Rows = NDArray[np.int64]

MAX_REGIONS = 3  # parts of one answer: more would not be read
VALUE_SCORE = (
    4.0  # how well a measure must fit to answer the question by itself; a chance fit reaches about 3
)
VALUE_WITHIN = 1.0  # rows this near the best one answer the same question
ERA_WITHIN = 3.0  # one measure under two names in two chapters (参保, 参保人数) lies this near
MAX_VALUES = 4  # values a part states
MAX_LISTED = 20  # values of one attribute: a plan's whole table


# Kinds that want words, even where 目标 or 完成 is said
_WORDS_WANTED = {FactKind.LIST, FactKind.CLAUSE, FactKind.PROCEDURE, FactKind.MATERIAL, FactKind.PLACE}


def regions_named(name: str, documents: Mapping[str, Document]) -> tuple[str, ...]:
    """The regions a name stands for: in full, short, former, or as a part of it."""
    return tuple(dict.fromkeys(d.region for d in documents.values() if name in (d.region, *d.aliases)))


def documents_in(question: Question, documents: Mapping[str, Document]) -> tuple[str, ...]:
    """Ids of the documents a question asks: those it names, those of its regions, else all."""
    if question.documents:
        return question.documents
    return tuple(d.id for d in documents.values() if not question.regions or d.region in question.regions)


def rows_of(documents: Sequence[str], store: Generation) -> Rows:
    """Passage rows of some documents, ascending."""
    if not documents:
        return np.empty(0, dtype=np.int64)
    return np.sort(np.concatenate([store.rows_of[document] for document in documents]))


def asks_for_value(question: Question) -> bool:
    """Whether a number, a target or an achievement is what the question is after."""
    if question.kinds & (NUMERIC | {FactKind.COMPARISON}):
        return True
    return bool(question.roles) and not question.kinds & _WORDS_WANTED


def _listed(question: Question, matches: Sequence[Match]) -> tuple[Indicator, ...]:
    """One target a measure of the attribute asked for, in the order of the table."""
    rows = [m.row for m in matches if m.row.attribute == question.attribute and m.row.role is Role.TARGET]
    fitting = {m.row for m in matches if not question.eras or m.era in question.eras}
    return tuple(sorted((r for r in rows if r in fitting), key=lambda r: r.span))[:MAX_LISTED]


def _is_total(row: Indicator) -> bool:
    """Whether a value counts a whole programme, which is no answer to what one person gets."""
    return "亿" in row.unit or "累计" in row.period or not row.unit.endswith(("元", "%", "倍"))


def _states_again(match: Match, best: Match) -> bool:
    """Whether a row states the same measure for the same period elsewhere, in the table or another chapter."""
    return same_measure(match.row, best.row) and (match.era, match.row.role) == (best.era, best.row.role)


def _values(question: Question, matches: Sequence[Match]) -> tuple[Indicator, ...]:
    """The rows that answer the question by themselves, none when no name is near enough."""
    if question.attribute:
        return _listed(question, matches)
    if not asks_for_value(question):
        return ()
    if FactKind.AMOUNT in question.kinds and FactKind.SHARE not in question.kinds:
        matches = [m for m in matches if not _is_total(m.row)]
    if not matches or matches[0].score < VALUE_SCORE:
        return ()
    best = matches[0]
    near = [m for m in matches if m.score > best.score - VALUE_WITHIN or _states_again(m, best)]
    # a plan's own table of indicators stands before what its chapters say of the same measure
    near.sort(key=lambda m: (not same_measure(m.row, best.row), not m.row.attribute))
    for era in question.eras:
        if not any(m.era == era for m in near):
            # the same measure in each period asked about, whatever its role there
            near += [m for m in matches if m.era == era and m.measure > best.measure - ERA_WITHIN][:1]
    return tuple(m.row for m in near)[:MAX_VALUES]


def _within(row: Indicator, evidence: Evidence) -> bool:
    """Whether a value was read from the words that are quoted."""
    return row.document == evidence.document and row.span in evidence.span


def _part(
    region: str, question: Question, ranking: Ranking, matches: Sequence[Match], store: Generation, limit: int
) -> Part:
    passages = choose(question.unplaced, ranking, store, limit)
    values = _values(question, matches)
    related = [
        m.row for m in matches if m.row not in values and any(same_measure(m.row, row) for row in values)
    ]
    if question.attribute or (len(question.regions) > 1 and not values and asks_for_value(question)):
        related = []  # the table asked for, or a region without the measure that is compared
    elif not values:
        related = [m.row for m in matches if any(_within(m.row, p) for p in passages[:1])]
    return Part(region, values, passages, tuple(related))


def _rankings(ranking: Ranking, store: Generation) -> dict[str, Ranking]:
    """The ranking of each region's own documents, in manifest order."""
    by_region: dict[str, list[str]] = {}
    for document in store.documents.values():
        by_region.setdefault(document.region, []).append(document.id)
    return {region: ranking.within(rows_of(ids, store)) for region, ids in by_region.items()}


def _speaking(rankings: Mapping[str, Ranking], speaks: Callable[[Ranking], bool]) -> list[str]:
    """The regions that speak of what was asked, the one that speaks most of it first; at least that one."""
    heard = {region: float(r.scores[0]) for region, r in rankings.items() if len(r.rows)}
    ranked = sorted(heard, key=lambda region: -heard[region])[:MAX_REGIONS]
    return [*ranked[:1], *(region for region in ranked[1:] if speaks(rankings[region]))]


def parts_of(
    question: Question,
    ranking: Ranking,
    matches: Sequence[Match],
    store: Generation,
    limit: int,
    speaks: Callable[[Ranking], bool],
) -> tuple[Part, ...]:
    """Give each region its own part.

    Regions asked for by name stand in the order asked, even a silent one; otherwise those that speak of it.

    :param limit: passages a part holds at most
    :param speaks: whether a region's own ranking speaks of what was asked
    """
    rankings = _rankings(ranking, store)
    named = [region for region in question.regions if region in rankings]
    return tuple(
        _part(
            region,
            question,
            rankings[region],
            [m for m in matches if store.documents[m.row.document].region == region],
            store,
            limit,
        )
        for region in (named or _speaking(rankings, speaks))
    )
