"""Clusters, figures and decisions as JSON and as lines."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from bot.curation.types import Cluster, Decided, Overview
from bot.records.types import AuditEntry, Decision, DecisionKind, Reason
from index import address
from retrieval.types import AnswerStatus

STATUSES = {
    AnswerStatus.ANSWERED: "答上",
    AnswerStatus.PARTIAL: "部分答上",
    AnswerStatus.CLARIFY: "反问",
    AnswerStatus.NOT_FOUND: "没答上",
}
REASONS = {
    Reason.OFF_TOPIC: "答非所问",
    Reason.INCOMPLETE: "不完整",
    Reason.WRONG: "与实际不符",
    Reason.UNCLEAR: "看不懂",
    Reason.OTHER: "其他",
}
KINDS = {
    DecisionKind.ATTACHED: "挂到条款",
    DecisionKind.SYNONYM: "加同义词",
    DecisionKind.OUT_OF_SCOPE: "超出范围",
    DecisionKind.MISSING: "缺材料",
}
_VERDICTS = {"useful": "有用", "useless": "没用"}


def moment(at: datetime) -> str:
    """Write a time of the records as JSON has it: UTC, whole seconds."""
    return f"{at.isoformat(timespec='seconds')}Z"


def decision_object(decision: Decision) -> dict[str, Any]:
    """A decision as JSON."""
    return {
        "at": moment(decision.at),
        "actor": decision.actor,
        "kind": decision.kind.value,
        "question": decision.question,
        "document": decision.document,
        "clause": decision.clause,
        "note": decision.note,
    }


def cluster_object(cluster: Cluster) -> dict[str, Any]:
    """A group of questions as JSON."""
    return {
        "id": cluster.id,
        "question": cluster.question,
        "count": cluster.count,
        "askers": cluster.askers,
        "statuses": dict(cluster.statuses),
        "useless": cluster.useless,
        "reasons": dict(cluster.reasons),
        "comments": list(cluster.comments),
        "wordings": list(cluster.wordings),
        "first": moment(cluster.first),
        "last": moment(cluster.last),
        "decided": decision_object(cluster.decided) if cluster.decided else None,
    }


def decided_object(decided: Decided) -> dict[str, Any]:
    """What a decision did, as JSON; ``generation`` is the one it was published in."""
    report = decided.report
    return {
        **decision_object(decided.decision),
        "files": list(decided.files),
        "generation": report.generation if report else None,
    }


def overview_object(overview: Overview) -> dict[str, Any]:
    """Figures as JSON; ``hot`` holds clauses only, never questions."""
    figures = overview.statistics
    return {
        "days": overview.days,
        "questions": figures.questions,
        "askers": figures.askers,
        "by_status": dict(figures.by_status),
        "by_channel": dict(figures.by_channel),
        "by_verdict": dict(figures.by_verdict),
        "latency_ms": dict(figures.latency_ms),
        "hot": [
            {"document": t.document, "clause": t.clause, "askers": t.askers, "questions": t.questions}
            for t in overview.topics
        ],
        "decisions": dict(overview.decisions),
    }


def audit_object(entry: AuditEntry) -> dict[str, Any]:
    """A row of the audit log as JSON."""
    return {
        "id": entry.id,
        "at": moment(entry.at),
        "actor": entry.actor,
        "action": entry.action,
        "subject": entry.subject,
        "detail": dict(entry.detail),
        "hash": entry.hash,
    }


def _counts(counts: Mapping[str, int], names: Mapping[Any, str]) -> str:
    return "、".join(f"{names.get(key, key)} {count}" for key, count in counts.items())


def cluster_lines(cluster: Cluster) -> Iterator[str]:
    """A group of questions for an admin's eyes, the id first."""
    useless = f"、点“没用” {cluster.useless}" if cluster.useless else ""
    reasons = f"({_counts(cluster.reasons, REASONS)})" if cluster.reasons else ""
    yield f"{cluster.id}  {cluster.question}"
    yield (
        f"  {cluster.askers} 人问了 {cluster.count} 次,最近 {cluster.last:%m-%d %H:%M};"
        f"{_counts(cluster.statuses, STATUSES)}{useless}{reasons}"
    )
    if cluster.wordings:
        yield f"  也有人问:{'|'.join(cluster.wordings)}"
    yield from (f"  留言:{comment}" for comment in cluster.comments)
    if cluster.decided:
        yield f"  {cluster.decided.at:%m-%d} 处理过({KINDS[cluster.decided.kind]}),发布以后又有人问"


def overview_lines(overview: Overview) -> Iterator[str]:
    """Figures for an admin's eyes."""
    figures = overview.statistics
    yield f"最近 {overview.days} 天:{figures.askers} 人问了 {figures.questions} 次"
    for label, counts, names in (
        ("结果", figures.by_status, STATUSES),
        ("渠道", figures.by_channel, {}),
        ("评价", figures.by_verdict, _VERDICTS),
        ("处理", overview.decisions, KINDS),
    ):
        if counts:
            yield f"{label}:{_counts(counts, names)}"
    if figures.latency_ms:
        times = "、".join(f"{name} {value:.0f} 毫秒" for name, value in figures.latency_ms.items())
        yield f"用时:{times}"
    for topic in overview.topics:
        yield f"常问:{topic.document} {address.display(topic.clause)}({topic.askers} 人)"


def decided_lines(decided: Decided) -> Iterator[str]:
    """What a decision did, for an admin's eyes."""
    decision = decided.decision
    where = f" → {decision.document} {address.display(decision.clause or '')}" if decision.document else ""
    yield f"{KINDS[decision.kind]}:{decision.question}{where}"
    yield f"  改了 {'、'.join(decided.files)}"
    if decided.report:
        yield f"已发布:索引 {decided.report.generation},用时 {decided.report.seconds:.2f} 秒"
    elif decision.kind is not DecisionKind.MISSING:
        yield "下一次发布(policybot index)以后生效;加 --publish 当即发布"
