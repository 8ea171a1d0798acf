"""Which documents are asked, and whose answer each region gets."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from index.generation import Generation
from index.tokens import bigrams
from index.types import Document, Indicator
from retrieval import choice
from retrieval.answer import Part
from retrieval.comparison import same_subject
from retrieval.coverage import coverage
from retrieval.evidence import choose
from retrieval.names import is_half_a_sentence
from retrieval.plans import is_plan
from retrieval.regions import Regions
from retrieval.search import Ranking
from retrieval.types import Evidence, FactKind, Question
from retrieval.values import Match

Rows = NDArray[np.int64]

LEAFED = 50  # documents that are looked through clause by clause; each is read for it (docs/scale.md)
MAX_REGIONS = 3  # parts of one answer: more would not be read
FAINT = 0.5  # a region that speaks of it less than this share of what the first one does has nothing to add

# Plans of several places speak of one thing much alike; what only touches on the subject of a rule is beside the point
FAINT_BESIDE_RULE = 0.8


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
    asked = frozenset(question.regions)
    own = [d for d in documents.values() if d.region in asked] if asked else list(documents.values())
    meant = [d for d in own if bool(d.superseded_by) == question.earlier]
    return tuple([d.id for d in meant or own])


def rows_of(documents: Sequence[str], store: Generation) -> Rows:
    """Passage rows of some documents, ascending."""
    if len(documents) == len(store.documents):
        return np.arange(len(store.passages))
    runs = (store.rows_of[document] for document in documents)
    # the rows of a document stand side by side: the runs are put in order, not the rows
    ordered = sorted((run for run in runs if len(run)), key=lambda run: int(run[0]))
    return np.concatenate(ordered) if ordered else np.empty(0, dtype=np.int64)


def by_nearness(question: Question, documents: Sequence[str], store: Generation) -> list[str]:
    """The documents, those whose words fit the question best first, equal ones in manifest order."""
    shared = coverage(store.document_bigrams, bigrams, question)
    place = {document: at for at, document in enumerate(store.documents)}
    return sorted(documents, key=lambda document: (-shared[place[document]], place[document]))


def nearest(
    question: Question, documents: Sequence[str], store: Generation, most: int = LEAFED
) -> tuple[str, ...]:
    """Of more than ``most`` documents those whose words fit the question best, in manifest order.

    What is looked up clause by clause is looked up in these.
    """
    if len(documents) <= most:
        return tuple(documents)
    best = frozenset(by_nearness(question, documents, store)[:most])
    return tuple(document for document in store.documents if document in best)


def _within(row: Indicator, evidence: Evidence) -> bool:
    """Whether a value was read from the words that are quoted, its article's number (第二条) left out."""
    return row.document == evidence.document and evidence.span.start < row.span.end <= evidence.span.end


def _part(
    region: str, question: Question, ranking: Ranking, matches: Sequence[Match], store: Generation, limit: int
) -> Part:
    passages = choose(question, ranking, store, limit)
    chosen = choice.choose(question, matches, store)
    related = chosen.related
    compared = len(question.regions) > 1 and choice.asks_for_value(question)
    if not (chosen.values or question.attribute or compared):
        inside = (m.row for m in matches if any(_within(m.row, p) for p in passages[:1]))
        related = tuple(row for row in inside if not is_half_a_sentence(row.name))
    return Part(region, chosen.values, passages, related, chosen.worked, chosen.verdicts, chosen.unlike)


@dataclass(frozen=True, slots=True)
class _ByRegion:
    """A ranking by the region of each passage: ``codes`` are the places in ``names``, in the ranking's order."""

    ranking: Ranking
    names: tuple[str, ...]  # in manifest order
    codes: NDArray[np.int64]

    @classmethod
    def of(cls, ranking: Ranking, regions: Regions, store: Generation) -> "_ByRegion":
        return cls(ranking, regions.names, regions.codes[store.places[ranking.rows]])

    def of_region(self, region: str) -> Ranking:
        """The ranking of a region's own documents."""
        return self.ranking.where(self.codes == self.names.index(region))

    def heard(self, most: int) -> dict[str, float]:
        """The regions of the best passages, the best first, with the score of each one's best."""
        first = np.sort(np.unique(self.codes, return_index=True)[1])[:most]
        return {self.names[self.codes[at]]: float(self.ranking.scores[at]) for at in first}


def _speaking(by_region: _ByRegion, speaks: Callable[[Ranking], bool], store: Generation) -> list[str]:
    """The regions that speak of what was asked, the one that speaks most of it first; at least that one."""
    heard = by_region.heard(MAX_REGIONS)
    ranked = list(heard)
    first = store.passages[int(by_region.ranking.rows[0])].document if ranked else ""
    faint = FAINT if first and is_plan(store.documents[first]) else FAINT_BESIDE_RULE
    least = faint * heard[ranked[0]] if ranked else 0.0
    return [
        *ranked[:1],
        *(r for r in ranked[1:] if heard[r] > least and speaks(by_region.of_region(r))),
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


def _is_rule(part: Part, store: Generation) -> bool:
    """Whether a part is answered by the words of a document that is no plan."""
    return bool(part.passages) and not part.values and not is_plan(store.documents[part.passages[0].document])


def parts_of(
    question: Question,
    ranking: Ranking,
    matches: Sequence[Match],
    store: Generation,
    regions: Regions,
    limit: int,
    speaks: Callable[[Ranking], bool],
) -> tuple[Part, ...]:
    """Give each region its own part.

    Regions asked for by name stand in the order asked, even a silent one; otherwise those that speak of it.

    :param limit: passages a part holds at most
    :param speaks: whether a region's own ranking speaks of what was asked
    """
    by_region = _ByRegion.of(ranking, regions, store)
    named = [region for region in question.regions if region in by_region.names]
    parts = tuple(
        _part(
            region,
            question,
            by_region.of_region(region),
            [m for m in matches if store.documents[m.row.document].region == region],
            store,
            limit,
        )
        for region in (named or _speaking(by_region, speaks, store))
    )
    if not named and parts and _is_rule(parts[0], store):
        # a plan's figures near the subject are no answer where a rule speaks of it most
        parts = tuple(replace(part, values=(), worked=(), verdicts=(), unlike=False) for part in parts)
    if not named and FactKind.COMPARISON not in question.kinds and any(part.values for part in parts):
        parts = tuple(
            part for part in parts if part.values
        )  # who asked of no region need not hear which are silent
    return _without_strays(question, matches, parts)
