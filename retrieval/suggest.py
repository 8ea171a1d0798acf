"""Questions to ask next, each made from what the documents hold, so that each has an answer."""

import re
from collections.abc import Iterator, Sequence
from itertools import chain

from index.generation import Generation
from index.paged import read_ahead
from index.types import ClauseKind, Document, Indicator, Role
from retrieval.names import reads_as_name
from retrieval.plans import is_plan
from retrieval.search import Ranking
from retrieval.types import Answer
from retrieval.values import Match

MAX_SUGGESTIONS = 3
_HEADING_CHARS = range(5, 17)  # shorter says too little, longer is no question
_NAME_CHARS = range(4, 17)
_NEAR = 40  # passages looked through for other clauses
_AHEAD = 10  # of them read together: most often the first few will do
_NO_SUBJECT = re.compile(
    r"[,,;:。.!?\uff0c\uff1b\uff1a]|附[件表]|如下$|的$|[0-9]|^(?:完成|进入|打开|点击|填写|上传|选择)"
)
# Whom an achievement counts: 失业人员完成了多少 asks nothing; 任务 is no measure
_ONLY_COUNTED = re.compile(r"(?:人员|人群|人士|对象|职工|家庭|劳动者|群众|学生|企业|用户)$|任务$")
_ASKS = {Role.TARGET: "的目标是多少", Role.BASELINE: "的基准值是多少", Role.ACTUAL: "实际是多少"}


def _can_be_asked(row: Indicator) -> bool:
    """Whether a measure's name reads as a name in a question; a rule of a law has no target to ask for."""
    if row.role is Role.ACTUAL and _ONLY_COUNTED.search(row.name):
        return False
    return bool(row.unit and row.period) and len(row.name) in _NAME_CHARS and reads_as_name(row.name)


def _ask_value(row: Indicator, region: str) -> str:
    return f"{region}{row.name}{_ASKS[row.role]}?"


def _ask_heading(heading: str, document: Document) -> str:
    """Ask a plan for what it arranges, a rule for what it rules; a heading with quotation marks of its own gets no others."""
    own = "“" in heading
    if is_plan(document):
        return f"{document.region}在{heading if own else f'“{heading}”'}方面有哪些安排?"
    return f"{document.region}{heading if own else f'“{heading}”'}是怎么规定的?"


def _can_head(heading: str) -> bool:
    """Whether a heading reads as a subject: no sentence, no step of a form, no file that hangs on a page."""
    return len(heading) in _HEADING_CHARS and not _NO_SUBJECT.search(heading)


def _other_values(answer: Answer, matches: Sequence[Match], store: Generation) -> Iterator[str]:
    """The next measures that fit the question, each once."""
    shown = {value.row.name for value in answer.indicators}
    regions = {citation.region for citation in answer.citations}
    for match in matches:
        row = match.row
        document = store.documents[row.document]
        # a rule has no targets to ask for, and another place's are not asked for
        if row.name not in shown and is_plan(document) and document.region in regions and _can_be_asked(row):
            shown.add(row.name)
            yield _ask_value(row, store.documents[row.document].region)


def _other_clauses(answer: Answer, ranking: Ranking, store: Generation) -> Iterator[str]:
    """The next clauses that fit the question, by their headings, each once."""
    shown = {citation.clause for citation in answer.citations}
    regions = {citation.region for citation in answer.citations}
    quoted = "".join(citation.quote for citation in answer.citations)
    near = ranking.rows[:_NEAR].tolist()
    for at, row in enumerate(near):
        if at % _AHEAD == 0:
            read_ahead(store.passages, near[at : at + _AHEAD])
        passage = store.passages[row]
        heading = passage.headings[-1] if passage.headings else ""
        document = store.documents[passage.document]
        # a clause that is cited begins with its heading
        new = passage.clause not in shown and heading not in quoted
        if new and document.region in regions and _can_head(heading):
            shown.add(passage.clause)
            yield _ask_heading(heading, document)


def next_questions(
    answer: Answer, matches: Sequence[Match], ranking: Ranking, store: Generation
) -> tuple[str, ...]:
    """Suggest up to three questions near the one answered: after a value other values, after words other clauses."""
    values = any(statement.source and not statement.text.startswith("“") for statement in answer.statements)
    clauses = _other_clauses(answer, ranking, store)
    near = chain(_other_values(answer, matches, store), clauses) if values else clauses
    return tuple(dict.fromkeys(question for question, _ in zip(near, range(MAX_SUGGESTIONS), strict=False)))


def _headings(store: Generation, document: str) -> Iterator[str]:
    for clause in store.clauses[document]:
        if clause.kind is ClauseKind.CLAUSE and _can_head(clause.heading):
            yield clause.heading


def examples(store: Generation, curated: Sequence[str] = ()) -> tuple[str, ...]:
    """Questions to begin with: an admin's own, else one heading and one value of each document in turn."""
    if curated:
        return tuple(curated)
    found: list[str] = []
    for document in store.documents.values():
        if len(found) >= MAX_SUGGESTIONS:
            break
        rows = (r for n in store.values_of[document.id] if _can_be_asked(r := store.indicators[n]))
        row = next(rows, None)
        heading = next(_headings(store, document.id), None)
        found += [_ask_heading(heading, document)] if heading else []
        found += [_ask_value(row, document.region)] if row else []
    return tuple(found[:MAX_SUGGESTIONS])
