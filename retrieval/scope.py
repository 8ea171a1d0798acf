"""Which documents are asked, and whose answer each region gets."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from index.store import Generation
from index.types import Document, Indicator
from retrieval import choice
from retrieval.answer import Part
from retrieval.comparison import same_subject
from retrieval.evidence import choose
from retrieval.search import Ranking
from retrieval.types import Evidence, FactKind, Question
from retrieval.values import Match

Rows = NDArray[np.int64]

MAX_REGIONS = 3  # parts of one answer: more would not be read
FAINT = 0.5  # a region that speaks of it less than this share of what the first one does has nothing to add


def regions_named(name: str, documents: Mapping[str, Document]) -> tuple[str, ...]:
    """The regions a name stands for: in full, short, former, or as a part of it."""
    return tuple(dict.fromkeys(d.region for d in documents.values() if name in (d.region, *d.aliases)))


def documents_in(question: Question, documents: Mapping[str, Document]) -> tuple[str, ...]:
    """Ids of the documents a question asks: those it names, those of its regions, else all.

    One that another took the place of is asked only by its own title or number, or with words such as 旧版.
    """
    if question.documents:
        wanted = [n for n in question.documents if bool(documents[n].superseded_by) == question.earlier]
        return tuple(wanted) or question.documents
    every = question.earlier or all(d.superseded_by for d in documents.values())
    return tuple(
        d.id
        for d in documents.values()
        if (not question.regions or d.region in question.regions) and (every or not d.superseded_by)
    )


def rows_of(documents: Sequence[str], store: Generation) -> Rows:
    """Passage rows of some documents, ascending."""
    if not documents:
        return np.empty(0, dtype=np.int64)
    return np.sort(np.concatenate([store.rows_of[document] for document in documents]))


def _within(row: Indicator, evidence: Evidence) -> bool:
    """Whether a value was read from the words that are quoted."""
    return row.document == evidence.document and row.span in evidence.span


def _part(
    region: str, question: Question, ranking: Ranking, matches: Sequence[Match], store: Generation, limit: int
) -> Part:
    passages = choose(question.unplaced, ranking, store, limit)
    chosen = choice.choose(question, matches, store)
    related = chosen.related
    compared = len(question.regions) > 1 and choice.asks_for_value(question)
    if not (chosen.values or question.attribute or compared):
        related = tuple(m.row for m in matches if any(_within(m.row, p) for p in passages[:1]))
    return Part(region, chosen.values, passages, related, chosen.worked, chosen.verdicts, chosen.unlike)


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
    least = FAINT * heard[ranked[0]] if ranked else 0.0
    return [
        *ranked[:1],
        *(region for region in ranked[1:] if heard[region] > least and speaks(rankings[region])),
    ]


def _without_strays(
    question: Question, matches: Sequence[Match], parts: tuple[Part, ...]
) -> tuple[Part, ...]:
    """Where regions are compared, the values of one that are of quite another measure than the best are left out."""
    valued = [part.values[0] for part in parts if part.values]
    if len(valued) < 2 or FactKind.COMPARISON not in question.kinds:
        return parts
    best = next((m.row for m in matches if m.row in valued), valued[0])
    return tuple(
        part
        if not part.values or same_subject(best, part.values[0])
        else replace(part, values=(), related=())
        for part in parts
    )


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
    parts = tuple(
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
    if not named and FactKind.COMPARISON not in question.kinds and any(part.values for part in parts):
        parts = tuple(
            part for part in parts if part.values
        )  # who asked of no region need not hear which are silent
    return _without_strays(question, matches, parts)
