"""Nothing leaves unless every quote is a slice of its document and every number stands in a quote or follows from two."""

import re
from collections.abc import Mapping
from unicodedata import normalize

from index.errors import PolicybotError
from retrieval.arithmetic import difference
from retrieval.types import Answer, Statement

_NUMBER = re.compile(r"\d+(?:\.\d+)?")


class UnverifiedError(PolicybotError):
    """An answer holds words or a number that its documents do not: a fault of the program, not of the asker."""


def _check_quotes(answer: Answer, texts: Mapping[str, str]) -> None:
    cited = [(c.document, c.span, c.quote) for c in answer.citations]
    cited += [(v.row.document, v.row.span, v.quote) for v in answer.indicators]
    for document, span, quote in cited:
        if span.of(texts[document]) != quote:
            raise UnverifiedError(
                f"引文与 {document} 第 {span.start}–{span.end} 字不符,答案未发出;请运行 policybot index --rebuild"
            )


def _check_arithmetic(answer: Answer) -> None:
    """Work every difference out again from its two rows, which the answer must show."""
    shown = {value.row for value in answer.indicators}
    for found in (statement.worked for statement in answer.statements if statement.worked):
        if not {found.before, found.after} <= shown or difference(found.before, found.after) != found:
            raise UnverifiedError(
                f"“{found.after.name}”的差数 {found.change}{found.unit} 核对不上,答案未发出;请报告这个问题"
            )


def _own_numbers(statement: Statement, answer: Answer) -> set[str]:
    """Numbers that stand in no quote and may be said: worked out, or taken from the question to be denied."""
    own = {statement.worked.change, statement.worked.percent} if statement.worked else set()
    if statement.denied:
        own |= set(_NUMBER.findall(statement.denied)) & set(
            _NUMBER.findall(normalize("NFKC", answer.question))
        )
    return own


def _check_numbers(answer: Answer) -> None:
    said = [*(c.quote for c in answer.citations), *(v.quote for v in answer.indicators)]
    said += [f"{v.row.name}{v.row.period}" for v in answer.indicators]
    said += [c.address for c in answer.citations]
    known = set(_NUMBER.findall(" ".join(said)))
    for statement in answer.statements:
        own = _own_numbers(statement, answer)
        strange = [n for n in _NUMBER.findall(statement.text) if n not in known and n not in own]
        if (statement.source is not None or statement.worked is not None) and strange:
            raise UnverifiedError(f"答案里的数 {'、'.join(strange)} 不在引文中,答案未发出;请报告这个问题")


def verify(answer: Answer, texts: Mapping[str, str]) -> Answer:
    """Return the answer when it holds.

    :raises UnverifiedError: a quote is not the slice it says, or a cited statement has a number of its own
    """
    _check_quotes(answer, texts)
    _check_arithmetic(answer)
    _check_numbers(answer)
    return answer
