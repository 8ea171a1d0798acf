"""Evidence → an answer: the point first, what is missing said plainly, every part with its source."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from index.generation import Generation
from index.types import Indicator, Span
from retrieval import comparison, value_statements, wording
from retrieval.cite import cite, cite_value
from retrieval.premise import Verdict, misnamed
from retrieval.satisfies import lacking
from retrieval.types import (
    Answer,
    AnswerStatus,
    Citation,
    Difference,
    Evidence,
    FactKind,
    IndicatorValue,
    Question,
    Statement,
)

_BETWEEN_ROWS = re.compile(r"\s*\|\s*\n\s*\|\s*")
_NEXT_ROW = "\uff1b"


@dataclass(frozen=True, slots=True)
class Part:
    """What one region's documents say: values that answer, then passages, each best first."""

    region: str
    values: tuple[Indicator, ...]
    passages: tuple[Evidence, ...]
    related: tuple[Indicator, ...] = ()
    worked: tuple[Difference, ...] = ()
    verdicts: tuple[Verdict, ...] = ()
    unlike: bool = False  # a change was asked for between the first two values, and they cannot be subtracted


class Sources:
    """Numbers the citations as statements refer to them; words already cited get no second number."""

    def __init__(self, store: Generation, today: date) -> None:
        self._store, self._today = store, today
        self.citations: list[Citation] = []

    def number(self, document: str, clause: str, span: Span) -> int:
        """Return the number (from 1) under which a span is cited, citing it where it is not yet."""
        for n, known in enumerate(self.citations, start=1):
            if known.document == document and span in known.span:
                return n
        store = self._store
        source = cite(store.documents[document], clause, span, store, self._today)
        self.citations.append(source)
        return len(self.citations)


def quoted(words: str) -> str:
    """Put the documents' own words in quotation marks, table rows without their outer bars."""
    return f"“{' '.join(_BETWEEN_ROWS.sub(_NEXT_ROW, words).split()).strip('| ')}”"


def refusal(question: str, status: AnswerStatus, sentence: str, suggestions: Sequence[str] = ()) -> Answer:
    """An answer of one sentence of our own, without sources."""
    return Answer(question, status, (Statement(sentence),), suggestions=tuple(suggestions))


def _quote_statement(passage: Evidence, sources: Sources, store: Generation, region: str | None) -> Statement:
    words = passage.span.of(store.texts[passage.document])
    return Statement(quoted(words), sources.number(passage.document, passage.clause, passage.span), region)


def _cite_row(sources: Sources, row: Indicator) -> int:
    return sources.number(row.document, row.clause, row.span)


def _statements(parts: Sequence[Part], sources: Sources, store: Generation) -> list[Statement]:
    """The point: values where they answer, else the best passage; regions in turn."""
    several = len(parts) > 1
    valued = any(part.values for part in parts)
    lines: list[Statement] = []
    for part in parts:
        region = part.region if several else None
        if part.values:
            cite = partial(_cite_row, sources)
            lines += value_statements.lines(part.values, part.worked, part.verdicts, cite, region)
        elif valued:
            lines.append(Statement(wording.NO_VALUE, None, region))
        elif part.passages:
            lines.append(_quote_statement(part.passages[0], sources, store, region))
        else:
            lines.append(Statement(wording.NO_MENTION, None, region))
    return lines


def _valued(parts: Sequence[Part]) -> list[tuple[str, Sequence[Indicator]]]:
    """The regions that state values, with them."""
    return [(part.region, part.values) for part in parts if part.values]


def _corrected(
    question: Question, parts: Sequence[Part], sources: Sources, store: Generation
) -> list[Statement]:
    """A numbered name that the documents asked hold only with another number."""
    regions = {part.region for part in parts}
    asked = [document.id for document in store.documents.values() if document.region in regions]
    cited = {passage.document for part in parts for passage in part.passages}
    found = misnamed(question, store, asked, cited)
    if found is None:
        return []
    passage = found.passage
    return [value_statements.misnamed(found, sources.number(passage.document, passage.clause, passage.span))]


def _caveats(question: Question, parts: Sequence[Part], store: Generation) -> list[str]:
    """What to mind when values are read side by side: other names, units that cannot be subtracted."""
    notes = value_statements.caveats(question, _valued(parts))
    for part in parts:
        notes += [
            wording.two_names(d.before.name, d.after.name)
            for d in part.worked
            if not comparison.one_name(d.before, d.after)
        ]
        notes += value_statements.mind(*part.values[:2]) if part.unlike else []
        if part.values:
            period = store.documents[part.values[0].document].period
            notes += value_statements.unstated(question, part.values, period)
    return list(dict.fromkeys(notes))


def _further(parts: Sequence[Part], sources: Sources, limit: int) -> None:
    """Add the next best passages of each part in turn, until there are ``limit`` citations."""
    for rank in range(limit):
        for part in parts:
            if rank < len(part.passages) and len(sources.citations) < limit:
                passage = part.passages[rank]
                sources.number(passage.document, passage.clause, passage.span)


def _values(parts: Sequence[Part], store: Generation, today: date, limit: int) -> tuple[IndicatorValue, ...]:
    """Every value that is stated, then related ones up to the limit, regions in turn."""
    stated = [row for part in parts for row in part.values]
    related = [row for part in parts for row in part.related]
    rows = list(dict.fromkeys([*stated, *related]))
    return tuple(cite_value(row, store, today) for row in rows[: max(limit, len(stated))])


def _beyond(question: Question, parts: Sequence[Part], store: Generation) -> tuple[int, ...]:
    """The years asked about that lie after the period of every document cited."""
    documents = {p.document for part in parts for p in part.passages} | {
        r.document for part in parts for r in part.values
    }
    last = [period.last for d in documents if (period := store.documents[d].period)]
    return tuple(year for year in question.years if last and year > max(last))


def _missing(
    question: Question, parts: Sequence[Part], citations: Sequence[Citation], store: Generation
) -> list[str]:
    beyond = _beyond(question, parts, store)
    if beyond:
        return [wording.missing_year(beyond)]
    kinds = question.kinds
    if any(part.values for part in parts):
        kinds -= {FactKind.COUNT, FactKind.SHARE, FactKind.AMOUNT, FactKind.DATE}
    return [wording.missing(kind.value) for kind in lacking(kinds, [c.quote for c in citations])]


def _where_to_turn(
    question: Question, parts: Sequence[Part], missing: Sequence[str], contacts: Sequence[str]
) -> tuple[str, ...]:
    """What the documents leave out and where to ask; where to turn to, for who asked just that."""
    if missing:
        return (wording.partial(missing, contacts),)
    sought = question.kinds & {FactKind.RESPONSIBLE, FactKind.PLACE}
    return (wording.where(contacts),) if sought and not any(part.values for part in parts) else ()


def compose(
    question: Question,
    parts: Sequence[Part],
    store: Generation,
    today: date,
    *,
    citations: int,
    indicators: int,
) -> Answer:
    """Put an answer together.

    :param parts: one per region, the region asked for or spoken of most first
    :param citations: how many citations at most
    :param indicators: how many values at most
    """
    sources = Sources(store, today)
    statements = [
        *_corrected(question, parts, sources, store),
        *_statements(parts, sources, store),
        *value_statements.contrast(question, _valued(parts)),
    ]
    if not question.attribute:
        _further(parts, sources, citations)
    missing = _missing(question, parts, sources.citations, store)
    contacts = tuple(
        dict.fromkeys(c for s in sources.citations for c in store.documents[s.document].contacts)
    )
    return Answer(
        question=question.text,
        status=AnswerStatus.PARTIAL if missing else AnswerStatus.ANSWERED,
        statements=tuple(statements),
        notes=(
            *_caveats(question, parts, store),
            *_where_to_turn(question, parts, missing, contacts),
        ),
        citations=tuple(sources.citations),
        indicators=_values(parts, store, today, indicators),
        missing=tuple(missing),
    )
