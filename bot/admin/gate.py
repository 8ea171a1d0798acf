"""What must hold before a generation is published."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from bot.admin.types import GateError
from bot.errors import InputError
from index.changes import Live
from index.order import Gate
from index.store import Generation
from retrieval.pipeline import Answerer
from retrieval.types import AnswerStatus

REGRESSION = "regression.jsonl"
FALL = (
    0.3  # share of its passages or values an unchanged document may lose: more means the program misreads it
)
SMOKE = 5  # of a document's own questions that are asked
SMOKE_FOUND = 0.6  # share of them that must be answered from the document

Counts = dict[str, tuple[int, int]]  # document → passages, values


def counts_of(generation: Generation) -> Counts:
    """Count the passages and values of each document."""
    rows = dict.fromkeys(generation.documents, 0)
    for row in generation.indicators:
        rows[row.document] += 1
    return {name: (len(generation.rows_of[name]), rows[name]) for name in generation.documents}


def _fallen(now: Counts, before: Counts, same: Callable[[str], bool]) -> Iterator[str]:
    """Documents that lost too much of what was read from them."""
    for name, counted in now.items():
        if not counted[0]:
            yield f"{name} 一条原文也没有读出来"
        if name not in before or not same(name):
            continue
        for what, found, known in zip(("原文", "指标"), counted, before[name], strict=True):
            if found < known * (1 - FALL):
                yield f"{name} 的{what}从 {known} 条减到 {found} 条,文件却没有变"


def load_regression(corpus_dir: Path) -> list[dict[str, Any]]:
    """Read the regression set: a JSON object a line with ``question`` and ``expect`` (a document id or not_found).

    :raises InputError: a line is not such an object
    """
    path = corpus_dir / REGRESSION
    lines = path.read_text(encoding="utf-8").splitlines() if path.is_file() else []
    rows = []
    for number, line in enumerate(lines, start=1):
        try:
            row = json.loads(line) if line.strip() else None
            if row is not None:
                rows.append({"question": row["question"], "expect": row["expect"], **row})
        except (ValueError, LookupError, TypeError):
            raise InputError(f"{path} 第 {number} 行应是带 question 和 expect 的 JSON;请改正后重试") from None
    return rows


def _broken(rows: list[dict[str, Any]], answerer: Answerer) -> Iterator[str]:
    """Questions of the regression set that are answered otherwise now."""
    for row in rows:
        expected = row["expect"]
        if expected != AnswerStatus.NOT_FOUND.value and expected not in answerer.store.documents:
            continue  # its document was withdrawn
        answer = answerer.ask(row["question"])
        cited = {citation.document for citation in answer.citations}
        good = answer.status is AnswerStatus.NOT_FOUND if expected == "not_found" else expected in cited
        if not good:
            yield f"回归题“{row['question']}”应答 {expected},现在是 {answer.status.value} {'、'.join(sorted(cited))}".strip()


def _unfound(name: str, answerer: Answerer) -> Iterator[str]:
    """A new document that its own similar questions do not find."""
    own = [question.text for question in answerer.store.questions if question.document == name]
    asked = own[:: max(len(own) // SMOKE, 1)][:SMOKE]
    region = answerer.store.documents[name].region
    found = sum(
        any(citation.document == name for citation in answerer.ask(text, region=region).citations)
        for text in asked
    )
    if asked and found < SMOKE_FOUND * len(asked):
        yield f"{name} 自己的 {len(asked)} 个相似问只有 {found} 个找到它"


def gate(
    corpus_dir: Path,
    before: Callable[[int], Counts],
    answerer_of: Callable[[Generation], Answerer],
    overruled: list[str] | None,
) -> Gate:
    """Return the checks of a publication.

    :param before: the counts of a generation by its number
    :param overruled: given (``--force``), takes the problems instead of raising them
    """

    def check(generation: Generation, live: Live | None) -> None:
        answerer = answerer_of(generation)
        known = live.documents if live else {}

        def same(name: str) -> bool:
            return name in known and known[name].sha256 == generation.documents[name].sha256

        problems = [*_fallen(counts_of(generation), before(live.number) if live else {}, same)]
        problems += _broken(load_regression(corpus_dir), answerer)
        for name in generation.documents:
            if not same(name):
                problems += _unfound(name, answerer)
        if problems and overruled is None:
            raise GateError(tuple(problems))
        if overruled is not None:
            overruled.extend(problems)

    return check
