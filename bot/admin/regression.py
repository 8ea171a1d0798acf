"""Questions whose answers may not get lost: ``docs_corpus/regression.jsonl``, one object a line.

``question``, and ``expect``: the id of the document that must be shown, ``not_found``, or ``missing`` where the documents
should have it and have not yet, so that any answer will do. ``clause``, a path, where one
is meant; ``region`` and ``history`` (earlier questions, oldest first) where the question needs them. Other keys are
notes.
"""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from index.errors import CorpusError
from index.generation import Generation
from retrieval.pipeline import Answerer
from retrieval.types import Answer, AnswerStatus, Turn

REGRESSION = "regression.jsonl"
NOT_FOUND = AnswerStatus.NOT_FOUND.value
MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Case:
    """One question and what must come of it: a document, a clause of it, or nothing at all."""

    line: int
    question: str
    history: tuple[str, ...]
    region: str | None
    document: str | None
    clause: str | None
    waiting: bool = False  # the documents do not have it yet


def _case(path: Path, number: int, line: str) -> Case:
    where = f"{path} 第 {number} 行"
    try:
        row: Any = json.loads(line)
    except json.JSONDecodeError as error:
        raise CorpusError(f"{where}不是 JSON:{error.msg};每行应是一个对象,请改正后重试") from None
    if not isinstance(row, dict) or not isinstance(row.get("question"), str):
        raise CorpusError(f"{where}没有 question(文字);请补上后重试")
    expect, clause = row.get("expect"), row.get("clause")
    if not isinstance(expect, str) or not expect:
        raise CorpusError(f"{where}没有 expect(文件的 ID,或 {NOT_FOUND});请补上后重试")
    told = None if expect in (NOT_FOUND, MISSING) else expect
    history = tuple(map(str, row.get("history") or ()))
    clause = clause if told else None
    return Case(number, row["question"], history, row.get("region"), told, clause, expect == MISSING)


def read_cases(corpus_dir: Path) -> tuple[Case, ...]:
    """Read the regression set; a missing file holds none.

    :raises CorpusError: it is not UTF-8, or a line cannot be used, naming it
    """
    path = corpus_dir / REGRESSION
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines() if path.is_file() else []
    except (OSError, UnicodeDecodeError) as error:
        raise CorpusError(f"读不了 {path}:{error};请存为 UTF-8 文本") from None
    return tuple(_case(path, n, line) for n, line in enumerate(lines, start=1) if line.strip())


def sources_of(answer: Answer) -> frozenset[tuple[str, str]]:
    """Return document and clause of everything an answer shows."""
    cited = {(citation.document, citation.clause) for citation in answer.citations}
    return frozenset(cited | {(value.row.document, value.row.clause) for value in answer.indicators})


def _holds(case: Case, answer: Answer) -> bool:
    if case.document is None:
        return answer.status is AnswerStatus.NOT_FOUND
    clauses = {clause for document, clause in sources_of(answer) if document == case.document}
    if case.clause is None:
        return bool(clauses)
    return any(clause == case.clause or clause.startswith(f"{case.clause}/") for clause in clauses)


def failed_cases(cases: tuple[Case, ...], answerer: Answerer, generation: Generation) -> list[str]:
    """Ask every question, and say which no longer get what they must.

    Cases about documents that are not there (withdrawn, or not yet there) are left out.
    """
    failures = []
    for case in cases:
        gone = case.document is not None and case.document not in generation.documents
        if gone or case.waiting:
            continue
        answer = answerer.ask(case.question, [Turn(text) for text in case.history], case.region)
        if not _holds(case, answer):
            wanted = "、".join(filter(None, (case.document, case.clause))) or NOT_FOUND
            shown = "、".join(sorted({document for document, _ in sources_of(answer)})) or answer.status.value
            failures.append(f"回归题“{case.question}”应答 {wanted},现在是 {shown}(第 {case.line} 行)")
    return failures
