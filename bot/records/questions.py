"""The question log with what askers thought of the answers."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from math import ceil
from typing import Any

from sqlalchemy import Connection, Row, case, distinct, func, insert, or_, select

from bot.records.schema import feedback, questions
from bot.records.types import Complaint, Logged, Reason, Statistics, Topic, Verdict
from bot.records.upsert import upsert
from retrieval.types import AnswerStatus

_UNANSWERED = (AnswerStatus.NOT_FOUND.value, AnswerStatus.PARTIAL.value)
_ANSWERED = AnswerStatus.ANSWERED.value


def log_question(connection: Connection, row: Logged) -> None:
    """Add a question to the log."""
    values = {column.name: getattr(row, column.name) for column in questions.c}
    connection.execute(insert(questions), values | {"kinds": list(row.kinds)})


def judge(
    connection: Connection,
    answer: str,
    asker: str,
    at: datetime,
    verdict: Verdict,
    reason: Reason | None,
    comment: str,
) -> None:
    """Record what an asker thinks of an answer; a second thought replaces the first."""
    row = {
        "answer": answer,
        "asker": asker,
        "at": at,
        "verdict": verdict.value,
        "reason": reason.value if reason else "",
        "comment": comment,
    }
    upsert(connection, feedback, row)


def _logged(row: Row[Any]) -> Logged:
    said = {column.name: getattr(row, column.name) for column in questions.c}
    verdict = Verdict.USELESS if row.useless else Verdict.USEFUL if row.judged else None
    return Logged(**said | {"kinds": tuple(row.kinds), "verdict": verdict})


def unanswered(connection: Connection, since: datetime) -> tuple[Logged, ...]:
    """Return the questions that were not answered, answered in part, or whose answer was no use; oldest first."""
    useless = func.sum(case((feedback.c.verdict == Verdict.USELESS.value, 1), else_=0))
    judged = select(feedback.c.answer, useless.label("useless"), func.count().label("judged")).group_by(
        feedback.c.answer
    )
    votes = judged.subquery()
    rows = (
        select(questions, votes.c.useless, votes.c.judged)
        .outerjoin(votes, votes.c.answer == questions.c.id)
        .where(questions.c.at >= since, or_(questions.c.status.in_(_UNANSWERED), votes.c.useless > 0))
        .order_by(questions.c.at, questions.c.id)
    )
    return tuple(map(_logged, connection.execute(rows)))


def complaints(connection: Connection, since: datetime) -> tuple[Complaint, ...]:
    """Return what people said of answers that were no use, oldest first."""
    columns = select(feedback.c.answer, feedback.c.reason, feedback.c.comment)
    useless = feedback.c.verdict == Verdict.USELESS.value
    rows = connection.execute(columns.where(useless, feedback.c.at >= since).order_by(feedback.c.at))
    return tuple(Complaint(*row) for row in rows)


def _counts(connection: Connection, column: Any, at: Any, since: datetime) -> dict[str, int]:
    rows = select(column, func.count()).where(at >= since).group_by(column).order_by(column)
    return {str(name): count for name, count in connection.execute(rows)}


def _percentiles(values: Sequence[float]) -> Iterator[tuple[str, float]]:
    """The nearest-rank percentiles of sorted values; nothing of nothing."""
    for name, share in (("p50", 0.5), ("p95", 0.95)):
        if values:
            yield name, values[ceil(len(values) * share) - 1]


def statistics(connection: Connection, since: datetime) -> Statistics:
    """Count a period's questions and verdicts."""
    asked = select(func.count(), func.count(distinct(questions.c.asker))).where(questions.c.at >= since)
    count, askers = connection.execute(asked).one()
    latencies = select(questions.c.latency_ms).where(questions.c.at >= since).order_by(questions.c.latency_ms)
    return Statistics(
        questions=count,
        askers=askers,
        by_status=_counts(connection, questions.c.status, questions.c.at, since),
        by_channel=_counts(connection, questions.c.channel, questions.c.at, since),
        by_verdict=_counts(connection, feedback.c.verdict, feedback.c.at, since),
        latency_ms=dict(_percentiles(connection.scalars(latencies).all())),
    )


def hot_topics(connection: Connection, since: datetime, askers: int, limit: int) -> tuple[Topic, ...]:
    """Return the clauses most asked for, most askers first: each by ``askers`` different people or more.

    The words of the questions are left out: a clause that k people ask for says nothing about any of them.
    """
    people = func.count(distinct(questions.c.asker)).label("people")
    rows = (
        select(questions.c.document, questions.c.clause, people, func.count())
        .where(questions.c.at >= since, questions.c.status == _ANSWERED, questions.c.clause.is_not(None))
        .group_by(questions.c.document, questions.c.clause)
        .having(people >= askers)
        .order_by(people.desc(), questions.c.document, questions.c.clause)
        .limit(limit)
    )
    return tuple(Topic(*row) for row in connection.execute(rows))
