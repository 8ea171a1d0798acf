"""Scores answers against a gold set of questions.

Figures, all shares in 0..1 unless said otherwise:

- ``hit@1``, ``hit@3``: answerable questions whose gold evidence lies in the first 1 / 3 citations; where several
  quotes are all needed (rule ``all``), the share of them found in the first 5
- ``document@1``: answerable questions whose first citation is from a gold document
- ``mrr``: mean reciprocal rank of the first citation that carries a gold quote (Voorhees, TREC-8 1999)
- ``indicators``: expected values among the first 5, with the right document, value, unit and role
- ``abstain``: unanswerable questions answered not_found or clarify; ``false_abstain``: answerable ones answered
  not_found (lower is better); ``partial``: F1 of that status
- ``verbatim``: citations whose quote is ``text[start:end]``; ``quote_chars``: mean characters of the first 3
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from unicodedata import normalize

from retrieval.types import Answer, AnswerStatus, Citation, IndicatorValue

Gold = Mapping[str, Any]

MAX_QUOTE = 400  # a longer quote cites no passage and does not count as a hit
FIRST_FOR_ALL = 5  # how many citations a question with several needed quotes may use
FIRST_INDICATORS = 5
_ENOUGH = 0.6  # share of a gold quote that must stand in the quote in one run
_SHORTEST_RUN = 6


@dataclass(frozen=True, slots=True)
class Report:
    """Mean figures, hit@3 by kind of question, and what failed: (id, kind, question, status, what was lost)."""

    figures: Mapping[str, float]
    by_kind: Mapping[str, tuple[float, int]]
    failures: tuple[tuple[str, str, str, str, str], ...] = field(default=())


def _squash(text: str) -> str:
    return re.sub(r"\s+", "", normalize("NFKC", text))


def covers(quote: str, gold: str) -> bool:
    """Whether a quote carries the gold quote: whole, or at least 60% of it in one run."""
    said, wanted = _squash(quote), _squash(gold)
    if not said or len(said) > MAX_QUOTE:
        return False
    need = max(_SHORTEST_RUN, int(len(wanted) * _ENOUGH))
    return wanted in said or any(wanted[i : i + need] in said for i in range(len(wanted) - need + 1))


def _number(value: str) -> str:
    text = _squash(value).replace(",", "").replace("以上", "").replace("以内", "")
    return re.sub(r"(\.\d*?)0+$", r"\1", text).rstrip(".") if re.fullmatch(r"[\d.]+", text) else text


def _same_value(said: IndicatorValue, gold: Gold) -> bool:
    row = said.row
    return (
        row.document == gold["document"]
        and _number(row.value) == _number(str(gold["value"]))
        and _squash(row.unit).replace("个百分点", "%") == _squash(gold["unit"])
        and row.role.value == gold["role"]
    )


def _found(citations: Sequence[Citation], gold: Gold) -> bool:
    return any(c.document == gold["document"] and covers(c.quote, gold["quote"]) for c in citations)


class _Tally:
    """Collects the figures of one run."""

    def __init__(self) -> None:
        self.scores: defaultdict[str, list[float]] = defaultdict(list)
        self.by_kind: defaultdict[str, list[float]] = defaultdict(list)
        self.partial: list[tuple[bool, bool]] = []
        self.failures: list[tuple[str, str, str, str, str]] = []

    def add(self, gold: Gold, answer: Answer, texts: Mapping[str, str]) -> None:
        self.partial.append((answer.status is AnswerStatus.PARTIAL, gold["expect"] == "partial"))
        lost = self._status(gold, answer)
        if gold["evidence"] and gold["expect"] != "not_found":
            lost += self._evidence(gold, answer.citations)
        for wanted in gold.get("indicators") or ():
            good = any(_same_value(said, wanted) for said in answer.indicators[:FIRST_INDICATORS])
            self.scores["indicators"].append(good)
            lost += [] if good else [f"指标 {wanted['name']}={wanted['value']}{wanted['unit']}"]
        for citation in answer.citations[:3]:
            self.scores["quote_chars"].append(len(citation.quote))
        for citation in answer.citations:
            self.scores["verbatim"].append(citation.span.of(texts[citation.document]) == citation.quote)
        if lost:
            self.failures.append(
                (gold["id"], gold["kind"], gold["question"], answer.status.value, "; ".join(lost))
            )

    def _status(self, gold: Gold, answer: Answer) -> list[str]:
        if gold["expect"] == "not_found":
            good = answer.status in (AnswerStatus.NOT_FOUND, AnswerStatus.CLARIFY)
            self.scores["abstain"].append(good)
            self.by_kind[gold["kind"]].append(good)
            return [] if good else ["不该回答"]
        refused = answer.status is AnswerStatus.NOT_FOUND
        self.scores["false_abstain"].append(refused)
        return ["没有回答"] if refused else []

    def _evidence(self, gold: Gold, citations: Sequence[Citation]) -> list[str]:
        quotes = gold["evidence"]
        needs_all = gold.get("evidence_rule") == "all" and len(quotes) > 1
        share = (
            sum(_found(citations[:FIRST_FOR_ALL], q) for q in quotes) / len(quotes)
            if needs_all
            else float(any(_found(citations[:3], q) for q in quotes))
        )
        rank = next((n for n, c in enumerate(citations, 1) if any(_found([c], q) for q in quotes)), 0)
        documents = {quote["document"] for quote in quotes}
        self.scores["document@1"].append(bool(citations) and citations[0].document in documents)
        self.scores["hit@1"].append(rank == 1)
        self.scores["hit@3"].append(share)
        self.scores["mrr"].append(1 / rank if rank else 0.0)
        self.by_kind[gold["kind"]].append(share)
        return [] if share == 1 else ["引文"]

    def report(self) -> Report:
        figures = {name: sum(values) / len(values) for name, values in sorted(self.scores.items())}
        figures["partial"] = _f1(self.partial)
        kinds = {kind: (sum(v) / len(v), len(v)) for kind, v in sorted(self.by_kind.items())}
        return Report(figures, kinds, tuple(self.failures))


def _f1(pairs: Sequence[tuple[bool, bool]]) -> float:
    both = sum(said and gold for said, gold in pairs)
    total = sum(said for said, _ in pairs) + sum(gold for _, gold in pairs)
    return 2 * both / total if total else 1.0


def evaluate(pairs: Iterable[tuple[Gold, Answer]], texts: Mapping[str, str]) -> Report:
    """Score (gold question, answer) pairs.

    :param texts: the stored text of each document, against which quotes are checked
    """
    tally = _Tally()
    for gold, answer in pairs:
        tally.add(gold, answer, texts)
    return tally.report()
