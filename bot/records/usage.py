"""Figures of days and the list of verdicts, for the pages that show them."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from math import ceil

from sqlalchemy import Connection, select

from bot.records.schema import feedback, questions


@dataclass(frozen=True, slots=True)
class Day:
    """A day's questions by status, and the nearest-rank percentiles of answering in milliseconds."""

    day: date
    by_status: Mapping[str, int]
    p50: float
    p95: float


@dataclass(frozen=True, slots=True)
class Judged:
    """What somebody thinks of an answer; ``question`` is "" where its row has gone."""

    at: datetime
    verdict: str
    reason: str
    comment: str
    question: str
    status: str
    document: str | None
    clause: str | None


def days(connection: Connection, since: datetime) -> tuple[Day, ...]:
    """Return the days (of local time) on which something was asked, the first first."""
    rows = connection.execute(
        select(questions.c.at, questions.c.status, questions.c.latency_ms).where(questions.c.at >= since)
    )
    statuses: defaultdict[date, Counter[str]] = defaultdict(Counter)
    latencies: defaultdict[date, list[float]] = defaultdict(list)
    for at, status, latency in rows:
        day = at.replace(tzinfo=UTC).astimezone().date()
        statuses[day][status] += 1
        latencies[day].append(latency)
    return tuple(
        Day(day, dict(statuses[day]), *(_rank(sorted(latencies[day]), share) for share in (0.5, 0.95)))
        for day in sorted(statuses)
    )


def _rank(values: list[float], share: float) -> float:
    return values[ceil(len(values) * share) - 1]


def judged(connection: Connection, limit: int) -> tuple[Judged, ...]:
    """Return the last verdicts, the newest first."""
    rows = connection.execute(
        select(
            feedback.c.at,
            feedback.c.verdict,
            feedback.c.reason,
            feedback.c.comment,
            questions.c.question,
            questions.c.status,
            questions.c.document,
            questions.c.clause,
        )
        .outerjoin(questions, questions.c.id == feedback.c.answer)
        .order_by(feedback.c.at.desc(), feedback.c.answer)
        .limit(limit)
    )
    return tuple(
        Judged(r.at, r.verdict, r.reason, r.comment, r.question or "", r.status or "", r.document, r.clause)
        for r in rows
    )
