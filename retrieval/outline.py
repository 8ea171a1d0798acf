"""A question for a list → the items of the clause it names: 基本原则有哪几条, 和谐劳动关系列了哪些任务."""

from collections.abc import Sequence
from datetime import date

from index.generation import Generation
from index.tokens import bigrams
from index.types import Clause, ClauseKind, Span
from retrieval.answer import Sources
from retrieval.types import Answer, AnswerStatus, FactKind, Question, Statement

# Share of a heading's bigrams that must stand in the question, and of the question's in the headings down to it
HEADING_HELD = 0.6
NEARLY_BEST = 0.8  # a heading with items may fit a little less than one without
MIN_ITEMS = 3
MAX_ITEMS = 10
_ITEM_KINDS = (ClauseKind.CLAUSE, ClauseKind.HEADING)


def _share(part: Sequence[str], whole: Sequence[str]) -> float:
    known = set(whole)
    return sum(pair in known for pair in part) / len(part) if part else 0.0


def _items(clause: Clause, clauses: Sequence[Clause]) -> tuple[Clause, ...]:
    """The children of a clause, or of its one label (具体路径), that have a heading of their own."""
    children = [c for c in clauses if c.parent == clause.path]
    labels = [c for c in children if c.kind is ClauseKind.LABEL]
    if len(labels) == 1:
        children = [c for c in clauses if c.parent == labels[0].path]
    return tuple(c for c in children if c.kind in _ITEM_KINDS and c.heading)


def _fit(clause: Clause, asked: Sequence[str]) -> float:
    """How well a heading is what the question names: the harmonic mean of both shares, 0 below the threshold."""
    own = bigrams(clause.heading)
    held = _share(own, asked)
    if len(clause.heading) < 2 or held < HEADING_HELD:
        return 0.0
    back = _share(asked, own)
    return 2 * held * back / (held + back) if back else 0.0


def _speaks_of(question: Question, text: str) -> bool:
    """Whether a document knows every everyday phrase of a question, or an official term for it: 公租房 has its own list."""
    return all(any(term in text for term in (said, *official)) for said, official in question.synonyms)


def find(
    question: Question, store: Generation, documents: Sequence[str]
) -> tuple[tuple[str, tuple[Clause, ...]], ...]:
    """Find the list each document has under the heading a question names.

    :return: pairs of document id and items in order, for the documents that have such a list; empty where the question
        asks for no list
    """
    if FactKind.LIST not in question.kinds or question.phrases:
        return ()
    asked = bigrams(question.core)
    found = []
    for document in documents:
        clauses = store.clauses[document]
        if not _speaks_of(question, store.documents[document].title + store.texts[document]):
            continue
        ranked = sorted(clauses, key=lambda clause: (-_fit(clause, asked), clause.depth, clause.span))
        best = next((c for c in ranked if _fit(c, asked) > 0 and len(_items(c, clauses)) >= MIN_ITEMS), None)
        if best is not None and _fit(best, asked) >= NEARLY_BEST * _fit(ranked[0], asked):
            found.append((document, _items(best, clauses)[:MAX_ITEMS]))
    return tuple(found)


def first_sentence(item: Clause, store: Generation) -> Span:
    """The item's first passage: its heading and what it says first."""
    for row in store.rows_of[item.document]:
        passage = store.passages[int(row)]
        if passage.span in item.span:
            return passage.span
    return item.own


def answer(
    question: Question, lists: Sequence[tuple[str, Sequence[Clause]]], store: Generation, today: date
) -> Answer:
    """Answer with the headings of the items, each with the words it stands in."""
    sources, statements = Sources(store, today), []
    for document, items in lists:
        region = store.documents[document].region if len(lists) > 1 else None
        for item in items:
            source = sources.number(document, item.path, first_sentence(item, store))
            statements.append(Statement(item.heading, source, region))
    return Answer(question.text, AnswerStatus.ANSWERED, tuple(statements), citations=tuple(sources.citations))
