"""A question for a list → the items of the clause it names: 基本原则有哪几条, 和谐劳动关系列了哪些任务."""

import re
from collections.abc import Sequence
from datetime import date
from functools import lru_cache

from index.generation import Generation
from index.paged import read_ahead
from index.tokens import bigrams
from index.types import Clause, ClauseKind, Span
from retrieval.answer import Sources, quoted
from retrieval.coverage import coverage
from retrieval.phrases import rows_within
from retrieval.plans import is_plan
from retrieval.types import Answer, AnswerStatus, FactKind, Question, Statement

# Share of a heading's bigrams that must stand in the question, and of the question's in the headings down to it
HEADING_HELD = 0.6
NEARLY_BEST = 0.8  # a heading with items may fit a little less than one without
MIN_ITEMS = 3
MAX_ITEMS = 10
# Of what the best of the documents asked holds of the question: below it the heading is there, but of another city or
# subject. On 13 such lists over 593 texts the right ones had 1.0, the wrong ones 0.62 at most.
OF_THE_BEST = 0.8
REMEMBERED = 65_536  # headings whose pairs of characters are kept: those of a few hundred documents
AT_ONCE = 10  # documents whose headings are read together
Listed = tuple[str, tuple[Clause, ...]]  # a document and the items of its list, in order
_LISTING = re.compile(r"列一?下|列举|罗列|列出来?|列个|逐条|清单|一下|具体")  # asks, and names nothing
_ITEM_KINDS = (ClauseKind.CLAUSE, ClauseKind.HEADING)


@lru_cache(REMEMBERED)
def _pairs(heading: str) -> tuple[str, ...]:
    return tuple(bigrams(heading))


def _share(part: Sequence[str], whole: Sequence[str]) -> float:
    known = set(whole)
    return sum(pair in known for pair in part) / len(part) if part else 0.0


def _items(clause: Clause, clauses: Sequence[Clause], *, of_plan: bool) -> tuple[Clause, ...]:
    """The children of a clause, or of its one label (具体路径): those with a heading, and numbered ones without.

    A rule's items without a heading (申请人应当年满十六周岁) are quoted by the search with the sentence that leads them; those
    of a plan are its measures.
    """
    children = [c for c in clauses if c.parent == clause.path]
    labels = [c for c in children if c.kind is ClauseKind.LABEL]
    if len(labels) == 1:
        children = [c for c in clauses if c.parent == labels[0].path]
    items = [c for c in children if c.kind in _ITEM_KINDS and (c.heading or c.marker)]
    headed = [c for c in items if c.heading]
    return tuple(items if of_plan or len(headed) >= MIN_ITEMS else headed)


def _fit(heading: str, asked: Sequence[str]) -> float:
    """How well a heading is what the question names: the harmonic mean of both shares, 0 below the threshold."""
    own = _pairs(heading)
    held = _share(own, asked)
    if len(heading) < 2 or held < HEADING_HELD:
        return 0.0
    back = _share(asked, own)
    return 2 * held * back / (held + back) if back else 0.0


def asks(question: Question) -> bool:
    """Whether a question may ask for the items of a clause."""
    return FactKind.LIST in question.kinds and not question.phrases


def _speaks_of(question: Question, text: str) -> bool:
    """Whether a document knows every everyday phrase of a question, or an official term for it: 公租房 has its own list."""
    return all(any(term in text for term in (said, *official)) for said, official in question.synonyms)


def _asked(question: Question) -> list[str]:
    """The pairs of characters of what is asked, the documents' own words in place of everyday ones: 社保 is 社会保险."""
    core = _LISTING.sub(" ", question.core)
    for said, official in question.synonyms:
        core = core.replace(said, official[0] if len(official) == 1 else said)
    return bigrams(core)


def _fitting(question: Question, documents: Sequence[str], store: Generation) -> list[str]:
    """Leave out the documents that fit the question much less than the best one asked.

    Where several places are compared, each has its say.
    """
    if not documents or len(question.regions) > 1:
        return list(documents)
    held = dict(
        zip(store.documents, coverage(store.document_bigrams, bigrams, question).tolist(), strict=True)
    )
    enough = OF_THE_BEST * max(held[document] for document in documents)
    return [document for document in documents if held[document] >= enough]


def find(question: Question, store: Generation, documents: Sequence[str], most: int) -> tuple[Listed, ...]:
    """Find the list documents have under the heading a question names, in manifest order.

    :param documents: those whose words fit best first; who has no list is left out
    :param most: lists after which nobody looks on: more are not read side by side
    """
    asked, near = _asked(question), _fitting(question, documents, store)
    fit = lru_cache(None)(lambda heading: _fit(heading, asked))  # of many plans most headings are the same
    found: list[Listed] = []
    for at, document in enumerate(near):
        if len(found) == most:
            break
        if at % AT_ONCE == 0:
            read_ahead(store.heads, near[at : at + AT_ONCE])
        if not any(fit(head.heading) for head in store.heads[document]):
            continue
        clauses, of_plan = store.clauses[document], is_plan(store.documents[document])
        fits = {clause: own for clause in clauses if (own := fit(clause.heading)) > 0}
        ranked = sorted(fits, key=lambda clause: (-fits[clause], clause.depth, clause.span))
        items = {clause: _items(clause, clauses, of_plan=of_plan) for clause in ranked}
        best = next((c for c in ranked if len(items[c]) >= MIN_ITEMS), None)
        if best is None or fits[best] < NEARLY_BEST * fits[ranked[0]]:
            continue
        if _speaks_of(question, store.documents[document].title + store.texts[document]):
            found.append((document, items[best][:MAX_ITEMS]))
    order = {document: place for place, document in enumerate(store.documents)}
    return tuple(sorted(found, key=lambda listed: order[listed[0]]))


def first_sentence(item: Clause, store: Generation) -> Span:
    """The item's first passage: its heading and what it says first."""
    first = next(rows_within(store, item.document, item.span), None)
    return item.own if first is None else store.passages[first].span


def _first_clause(item: Clause, store: Generation) -> str:
    """The words of an item without a heading: its first sentence."""
    words = first_sentence(item, store).of(store.texts[item.document])
    return words.removeprefix(item.marker).strip()


def answer(question: Question, lists: Sequence[Listed], store: Generation, today: date) -> Answer:
    """Answer with the headings of the items, each with the words it stands in."""
    sources, statements = Sources(store, today), []
    for document, items in lists:
        region = store.documents[document].region if len(lists) > 1 else None
        for item in items:
            source = sources.number(document, item.path, first_sentence(item, store))
            said = item.heading or quoted(_first_clause(item, store))
            statements.append(Statement(said, source, region))
    return Answer(question.text, AnswerStatus.ANSWERED, tuple(statements), citations=tuple(sources.citations))
