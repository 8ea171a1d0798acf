"""Questions to ask next, each made from what the documents hold, so that each has an answer."""

from collections.abc import Iterator, Sequence

from index.store import Generation
from index.types import ClauseKind, Indicator, Role
from retrieval.types import Answer, Question

MAX_SUGGESTIONS = 3
_HEADING_CHARS = range(5, 17)  # shorter says too little, longer is no question
_NAME_CHARS = range(4, 17)
_ASKS = {Role.TARGET: "目标是多少", Role.BASELINE: "基准值是多少", Role.ACTUAL: "完成了多少"}


def ask_value(row: Indicator, region: str) -> str:
    """Word the question a value answers."""
    return f"{region}{row.name}{_ASKS[row.role]}?"


def _nearby(answer: Answer, store: Generation) -> Iterator[Indicator]:
    """Values of the chapter first cited, that the answer does not show."""
    first = answer.citations[0]
    chapter = first.clause.split("/")[0]
    shown = {value.row.name for value in answer.indicators}
    for row in store.indicators:
        same = row.document == first.document and row.clause.split("/")[0] == chapter
        if same and row.name not in shown and len(row.name) in _NAME_CHARS:
            shown.add(row.name)
            yield row


def next_questions(question: Question, answer: Answer, store: Generation) -> tuple[str, ...]:
    """Suggest up to three questions: the same of another region, then values of the same chapter."""
    if not answer.citations:
        return examples(store)
    others = [
        d.region
        for d in store.documents.values()
        if question.regions and d.region and d.region not in {c.region for c in answer.citations}
    ]
    found = [f"那{region}呢?" for region in dict.fromkeys(others)][:1]
    region = answer.citations[0].region
    found += [ask_value(row, region) for row in _nearby(answer, store)]
    return tuple(found[:MAX_SUGGESTIONS])


def _headings(store: Generation, document: str) -> Iterator[str]:
    for clause in store.clauses[document]:
        if clause.kind is ClauseKind.CLAUSE and len(clause.heading) in _HEADING_CHARS:
            yield clause.heading


def examples(store: Generation, curated: Sequence[str] = ()) -> tuple[str, ...]:
    """Questions to begin with: an admin's own, else one heading and one value of each document in turn."""
    if curated:
        return tuple(curated)
    found: list[str] = []
    for document in store.documents.values():
        rows = (r for r in store.indicators if r.document == document.id and len(r.name) in _NAME_CHARS)
        row = next(rows, None)
        heading = next(_headings(store, document.id), None)
        found += [f"{document.region}{heading}有哪些安排?"] if heading else []
        found += [ask_value(row, document.region)] if row else []
    return tuple(found[:MAX_SUGGESTIONS])
