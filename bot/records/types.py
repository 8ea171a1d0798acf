"""The nouns of what is remembered. People and conversations are pseudonyms, words are masked, times are UTC."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any


class Verdict(StrEnum):
    """What an asker thinks of an answer."""

    USEFUL = "useful"
    USELESS = "useless"


class Reason(StrEnum):
    """Why an answer was no use."""

    OFF_TOPIC = "off_topic"  # 答非所问
    INCOMPLETE = "incomplete"  # 不完整
    WRONG = "wrong"  # 与实际不符
    UNCLEAR = "unclear"  # 看不懂
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Remembered:
    """What a conversation goes on with: its last questions, oldest first, and the region it chose."""

    questions: tuple[str, ...] = ()
    region: str | None = None


@dataclass(frozen=True, slots=True)
class Logged:
    """A row of the question log."""

    id: str  # the answer's
    at: datetime
    channel: str
    asker: str
    question: str
    kinds: tuple[str, ...]  # of personal data that was in it
    status: str
    region: str | None
    generation: int | None
    document: str | None  # of the first citation, as the next
    clause: str | None
    latency_ms: float
    verdict: Verdict | None = None  # the worst anybody gave


@dataclass(frozen=True, slots=True)
class Complaint:
    """Why an answer was no use to somebody."""

    answer: str
    reason: str  # a value of Reason, "" for none
    comment: str


class DecisionKind(StrEnum):
    """What an admin decided about a question."""

    ATTACHED = "attached"  # a clause answers it
    SYNONYM = "synonym"  # the thesaurus knows its words now
    OUT_OF_SCOPE = "out_of_scope"
    MISSING = "missing"  # the documents should have it and have not


@dataclass(frozen=True, slots=True)
class Decision:
    """An admin's decision; for a synonym ``question`` is the phrase said."""

    at: datetime
    actor: str
    kind: DecisionKind
    question: str
    document: str | None = None
    clause: str | None = None
    note: str = ""
    generation: int | None = None  # live when it was decided


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """A row of the audit log; ``hash`` is the SHA-256 of ``previous`` and the row in canonical JSON."""

    id: int
    at: datetime
    actor: str
    action: str
    subject: str
    detail: Mapping[str, Any] = field(default_factory=dict)
    previous: str = ""
    hash: str = ""


@dataclass(frozen=True, slots=True)
class Break:
    """Where the audit log is not what was written: the row, and what is wrong with it."""

    id: int
    problem: str


@dataclass(frozen=True, slots=True)
class Statistics:
    """Figures of a period; ``latency_ms`` maps p50 and p95 to milliseconds."""

    questions: int
    askers: int
    by_status: Mapping[str, int]
    by_channel: Mapping[str, int]
    by_verdict: Mapping[str, int]
    latency_ms: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Topic:
    """A clause that many ask for; the questions themselves are never shown."""

    document: str
    clause: str
    askers: int
    questions: int
