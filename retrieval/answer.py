"""Evidence → an answer: the point first, what is missing said plainly, every part with its source."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from index.generation import Generation
from index.paged import read_ahead
from index.types import Indicator, Span
from retrieval import comparison, value_statements, wording
from retrieval.cite import cite, cite_value
from retrieval.plans import is_plan
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

SAME_WORDS = 0.7  # of a passage: where so much of it is cited, the rest is a heading or a last clause
_BETWEEN_ROWS = re.compile(r"\s*\|\s*\n\s*\|\s*")
_NEXT_ROW = "\uff1b"
_Points = Mapping[
    Evidence, Sequence[Indicator]
]  # passages that answer, with the values of those that are rows


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
    """Put the documents' own words in quotation marks, table rows without their outer bars.

    Words that begin with a quotation mark (“十四五”期末…) get no second one: ““ is no Chinese.
    """
    line = " ".join(_BETWEEN_ROWS.sub(_NEXT_ROW, words).split()).strip("| ")
    return line if line.startswith("“") else f"“{line}”"


def _cells(words: str) -> str:
    """Rows of a table as a line to read, without bars and empty cells."""
    rows = _BETWEEN_ROWS.split(words)
    return _NEXT_ROW.join(
        "、".join(cell for part in row.split("|") if (cell := " ".join(part.split()))) for row in rows
    )


def refusal(question: str, status: AnswerStatus, sentence: str, suggestions: Sequence[str] = ()) -> Answer:
    """An answer of one sentence of our own, without sources."""
    return Answer(question, status, (Statement(sentence),), suggestions=tuple(suggestions))


def _read_from(passage: Evidence, question: Question, store: Generation) -> list[Indicator]:
    """The values of one row of a table, those of the roles asked for where it has them; none of other words."""
    words = passage.span.of(store.texts[passage.document])
    if "|" not in words or _BETWEEN_ROWS.search(words.strip()):
        return []
    read_ahead(store.indicators, store.values_of[passage.document])
    own = (store.indicators[n] for n in store.values_of[passage.document])
    rows = [row for row in own if row.span in passage.span]
    return [row for row in rows if row.role in question.roles] or rows


def _points(question: Question, parts: Sequence[Part], store: Generation) -> _Points:
    """The best passage of each part, where none states a value, with the values of the table row that it is."""
    if any(part.values for part in parts):
        return {}
    return {p.passages[0]: _read_from(p.passages[0], question, store) for p in parts if p.passages}


def _quote_statements(
    passage: Evidence, rows: Sequence[Indicator], sources: Sources, store: Generation, region: str | None
) -> list[Statement]:
    """The words of a passage; a row of a table by its values, for bars between bare cells are no sentence."""
    words = passage.span.of(store.texts[passage.document])
    source = sources.number(passage.document, passage.clause, passage.span)
    own = quoted(_cells(words) if "|" in words else words)
    return [Statement(text, source, region) for text in dict.fromkeys(map(wording.value, rows)) or [own]]


def _cite_row(sources: Sources, row: Indicator) -> int:
    return sources.number(row.document, row.clause, row.span)


def _statements(
    parts: Sequence[Part], points: _Points, sources: Sources, store: Generation
) -> list[Statement]:
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
            point = part.passages[0]
            lines += _quote_statements(point, points[point], sources, store, region)
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


def _says_again(passage: Evidence, citations: Sequence[Citation]) -> bool:
    """Whether a passage is little more than words that are cited already: a value's half of its sentence."""
    held = [c.span for c in citations if c.document == passage.document and c.span in passage.span]
    length = passage.span.end - passage.span.start
    return any(span.end - span.start >= SAME_WORDS * length for span in held)


def _further(parts: Sequence[Part], sources: Sources, limit: int) -> None:
    """Add the next best passages of each part in turn, until there are ``limit`` citations."""
    for rank in range(limit):
        for part in parts:
            if rank >= len(part.passages) or len(sources.citations) >= limit:
                continue
            passage = part.passages[rank]
            if not _says_again(passage, sources.citations):
                sources.number(passage.document, passage.clause, passage.span)


def _values(
    parts: Sequence[Part], points: _Points, store: Generation, today: date, limit: int
) -> tuple[IndicatorValue, ...]:
    """Every value that is stated, then related ones up to the limit, regions in turn."""
    stated = [row for part in parts for row in part.values]
    stated += [row for rows in points.values() for row in rows]
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


def _told_by_values(kinds: frozenset[FactKind], parts: Sequence[Part]) -> frozenset[FactKind]:
    """The kinds that the values stated answer; the reason for a number that is denied is none."""
    told = {FactKind.COUNT, FactKind.SHARE, FactKind.AMOUNT, FactKind.DATE}
    denied = any(not verdict.holds for part in parts for verdict in part.verdicts)
    valued = any(part.values for part in parts)
    return kinds & (told | ({FactKind.REASON} if denied else set())) if valued else frozenset()


def _missing(
    question: Question,
    parts: Sequence[Part],
    statements: Sequence[Statement],
    citations: Sequence[Citation],
    store: Generation,
) -> list[str]:
    """What was asked and neither values nor quotes state, each once: who asks for money asks for no other number.

    A share in words that are only cited beside a plan's point is one of something else: a plan is full of them.
    """
    beyond = _beyond(question, parts, store)
    if beyond:
        return [wording.missing_year(beyond)]
    kinds = question.kinds - _told_by_values(question.kinds, parts)
    stated = {s.source for s in statements}
    point = [c for n, c in enumerate(citations, 1) if n in stated or not is_plan(store.documents[c.document])]
    shares = lacking(kinds & {FactKind.SHARE}, [c.quote for c in point])
    rest = lacking(kinds - {FactKind.SHARE}, [c.quote for c in citations])
    lacks = tuple(kind for kind in FactKind if kind in (*shares, *rest))
    if {FactKind.AMOUNT, FactKind.SHARE} & set(lacks):
        lacks = tuple(kind for kind in lacks if kind is not FactKind.COUNT)
    return [wording.missing(kind.value) for kind in lacks]


def _where_to_turn(
    question: Question, parts: Sequence[Part], missing: Sequence[str], contacts: Sequence[str]
) -> tuple[str, ...]:
    """What the documents leave out and where to ask; where to turn to, for who asked just that."""
    if missing:
        return (wording.partial(missing, contacts),)
    sought = question.kinds & {FactKind.RESPONSIBLE, FactKind.PLACE}
    if not sought or FactKind.CLAUSE in question.kinds or any(part.values for part in parts):
        return ()  # 在哪一条 asks for a clause, not for a counter
    return (wording.where(contacts),)


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
    sources, points = Sources(store, today), _points(question, parts, store)
    statements = [
        *_corrected(question, parts, sources, store),
        *_statements(parts, points, sources, store),
        *value_statements.contrast(question, _valued(parts)),
    ]
    if not question.attribute:
        _further(parts, sources, citations)
    missing = _missing(question, parts, statements, sources.citations, store)
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
        indicators=_values(parts, points, store, today, indicators),
        missing=tuple(missing),
    )
