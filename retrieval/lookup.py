"""A clause address → the clause's own words."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from index import address, paragraphs
from index.generation import Generation
from index.numerals import NUMERAL_CHARS, parse_chinese_numeral
from index.paged import read_ahead
from index.types import Clause, ClauseKind, Document, Span
from retrieval import phrases, wording
from retrieval.answer import Sources, quoted, refusal
from retrieval.cite import cite_value
from retrieval.evidence import choose
from retrieval.moves import LAST, Move
from retrieval.names import is_half_a_sentence
from retrieval.search import Ranking
from retrieval.types import Answer, AnswerStatus, Citation, Question, Statement

MAX_SENTENCES = 5  # of a longer clause that is asked for as a whole
_ARTICLE = re.compile(rf"第[{NUMERAL_CHARS}\d]+条")
_NUMERAL = re.compile(rf"\d+|[{NUMERAL_CHARS}]+")
TITLES = 3  # documents that are named when asking which one is meant
MAX_WHOLE = 300  # characters: a clause this short is cited whole, a longer one by its sentences


@dataclass(frozen=True, slots=True)
class Found:
    """A clause an address names, in one document."""

    document: Document
    clause: Clause


def having(store: Generation, addresses: Sequence[str], documents: Sequence[str]) -> tuple[str, ...]:
    """Return those of some documents in which an address names a clause; the clauses themselves are not read."""
    read_ahead(store.heads, documents)
    paths = {document: [head.path for head in store.heads[document]] for document in documents}
    articles = [asked.article if (asked := paragraphs.read(wanted)) else wanted for wanted in addresses]
    return tuple(d for d in documents if any(address.places(paths[d], wanted) for wanted in articles))


def find(store: Generation, addresses: Sequence[str], documents: Sequence[str]) -> tuple[Found, ...]:
    """Find the clauses that addresses name, document by document, the best reading of each."""
    read_ahead(store.clauses, documents)
    return tuple(
        Found(store.documents[document], clauses[0])
        for document in documents
        for wanted in addresses
        if (clauses := paragraphs.find(store.clauses[document], wanted, store.texts[document]))
    )


def step(store: Generation, found: Found, by: int) -> Found | None:
    """Move so many clauses back (below 0) or on; None past the end."""
    clause: Clause | None = found.clause
    for _ in range(abs(by)):
        if clause is not None:
            clause = address.neighbours(store.clauses[found.document.id], clause.path)[by > 0]
    return Found(found.document, clause) if clause else None


def _number(clause: Clause) -> int:
    """The number a marker prints, 0 where it prints none."""
    printed = _NUMERAL.search(clause.marker)
    return parse_chinese_numeral(printed[0]) if printed else 0


def nth(store: Generation, found: Found, number: int) -> Found | None:
    """Move to the clause of that number below the one found, else beside it; None where there is none."""
    clauses = store.clauses[found.document.id]
    # a label such as 具体路径: stands between a clause and its numbered items
    labels = {c.path for c in clauses if c.parent == found.clause.path and c.kind is ClauseKind.LABEL}
    below = [c for c in clauses if c.parent in {found.clause.path, *labels}]
    beside = [c for c in clauses if c.parent == found.clause.parent]
    inside = [
        c for c in below if c.span.start < found.clause.span.end and c.span.end > found.clause.span.start
    ]
    if number == LAST:
        numbered = [c for c in inside or beside if _number(c)]
        return Found(found.document, numbered[-1]) if numbered else None
    clause = next((c for c in (*inside, *beside) if _number(c) == number), None)
    return Found(found.document, clause) if clause else None


def _article(store: Generation, found: Found) -> Clause | None:
    """The article a clause is or stands in; None in a document without articles."""
    path = found.clause.path
    above = [c for c in store.clauses[found.document.id] if f"{path}/".startswith(f"{c.path}/")]
    return next((c for c in reversed(above) if _ARTICLE.match(c.path.rpartition("/")[2])), None)


def paragraph(store: Generation, found: Found, move: Move) -> Found | None:
    """Move to a paragraph of the article one is in: the ``nth``, or so many on; past its end into the next article.

    Where there are no articles, 款 is taken as people loosely say it, for any clause.
    """
    article = _article(store, found)
    if article is None:
        return nth(store, found, move.nth) if move.nth else step(store, found, move.by)
    document = found.document.id
    spans = paragraphs.paragraphs(article, store.clauses[document], store.texts[document])
    own = sum(span.start <= found.clause.span.start for span in spans) - 1
    at = own + move.by if move.by else move.nth - 1 if move.nth > 0 else len(spans) - 1
    if 0 <= at < len(spans):
        return Found(found.document, replace(article, span=spans[at], own=spans[at]))
    beyond = step(store, Found(found.document, article), move.by) if move.by else None
    return paragraph(store, beyond, Move(nth=1 if move.by > 0 else LAST)) if beyond else None


def moved(store: Generation, found: Found, moves: Sequence[Move]) -> Found | None:
    """Take steps one after the other; None where one leads nowhere."""
    at: Found | None = found
    for move in moves:
        if at is not None and move.paragraph:
            at = paragraph(store, at, move)
        elif at is not None:
            at = nth(store, at, move.nth) if move.nth else step(store, at, move.by)
    return at


def rows_within(store: Generation, found: Found) -> list[int]:
    """Rows of the passages inside a clause, in order."""
    return list(phrases.rows_within(store, found.document.id, found.clause.span))


def spans(store: Generation, found: Found, limit: int) -> tuple[tuple[str, Span], ...]:
    """The words to cite for a whole clause: itself when short, else its first sentences.

    :return: up to ``limit`` pairs of clause path and span
    """
    text, clause = store.texts[found.document.id], found.clause
    words = clause.span.of(text)
    start = clause.span.start + len(words) - len(words.lstrip())
    whole = Span(start, start + len(words.strip()))
    if clause.kind is not ClauseKind.TABLE and whole.end - whole.start <= MAX_WHOLE:
        return ((clause.path, whole),)
    passages = [store.passages[row] for row in rows_within(store, found)]
    return tuple((passage.clause, passage.span) for passage in passages[:limit])


def _cut(store: Generation, found: Found, shown: int) -> list[str]:
    """Say that a clause goes on behind what is shown of it; nothing where all of it is."""
    text, clause = store.texts[found.document.id], found.clause
    total = len(rows_within(store, found))
    whole = clause.kind is not ClauseKind.TABLE and len(clause.span.of(text).strip()) <= MAX_WHOLE
    if whole or shown >= total:
        return []
    return [wording.CUT.format(place=address.display(clause.path), total=total, shown=shown)]


def _words(
    question: Question, store: Generation, found: Found, ranking: Ranking | None, limit: int
) -> tuple[tuple[str, Span], ...]:
    """What to cite of a clause: the sentences that fit what else is asked, else the clause itself."""
    if ranking is None:
        return spans(store, found, limit)
    own = ranking.within(np.array(rows_within(store, found), dtype=np.int64))
    return tuple((passage.clause, passage.span) for passage in choose(question, own, store, limit))


def answer(
    question: Question,
    found: Sequence[Found],
    ranking: Ranking | None,
    store: Generation,
    today: date,
    limit: int,
) -> Answer:
    """Answer with the clauses an address names.

    :param ranking: the passages inside them for what else is asked; None to show the clause itself
    :param limit: citations per clause
    """
    sources = Sources(store, today)
    statements, notes = [], list[str]()
    for one in found:
        text = store.texts[one.document.id]
        region = one.document.region if len(found) > 1 else None
        words = _words(question, store, one, ranking, limit)
        notes += [] if ranking else _cut(store, one, len(words))
        for clause, span in words:
            source = sources.number(one.document.id, clause, span)
            statements.append(Statement(quoted(span.of(text)), source, region))
    within = [(one.document.id, one.clause.span) for one in found]
    for document, _ in within:
        read_ahead(store.indicators, store.values_of[document])
    rows = [
        row
        for document, span in within
        for row in (store.indicators[n] for n in store.values_of[document])
        if row.span in span and not is_half_a_sentence(row.name)
    ]
    return Answer(
        question=question.text,
        status=AnswerStatus.ANSWERED,
        statements=tuple(statements),
        notes=tuple(dict.fromkeys(notes)),
        citations=tuple(sources.citations),
        indicators=tuple(cite_value(row, store, today) for row in rows),
    )


def beside(
    question: Question, cited: Sequence[Citation], moves: Sequence[Move], store: Generation, today: date
) -> Answer:
    """Answer with the clause that lies some steps from the one cited first; ask which is meant where none was."""
    first = next(iter(cited), None)
    if first is None or not first.clause:  # words before the first clause are in none
        return refusal(question.text, AnswerStatus.CLARIFY, wording.FROM_WHERE)
    clause = next(clause for clause in store.clauses[first.document] if clause.path == first.clause)
    if moves[0].paragraph:  # counted from the one that was quoted
        clause = replace(clause, span=first.span)
    found = moved(store, Found(store.documents[first.document], clause), moves)
    if not found:
        return refusal(question.text, AnswerStatus.NOT_FOUND, wording.NO_FURTHER)
    return answer(question, (found,), None, store, today, MAX_SENTENCES)


def which(question: Question, documents: Sequence[str], store: Generation) -> Answer:
    """Ask which of many documents is meant: ``documents`` are those that could be."""
    titles = [store.documents[document].title for document in documents[:TITLES]]
    sentence = wording.WHICH.format(count=len(documents), title=titles[0])
    asked = tuple(f"《{title}》{question.text}" for title in titles)
    return refusal(question.text, AnswerStatus.CLARIFY, sentence, asked)
