"""What admins decided about questions."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import Connection, insert, select

from bot.records import audit
from bot.records.schema import decisions
from bot.records.types import Decision, DecisionKind


def record(connection: Connection, decision: Decision, detail: Mapping[str, str]) -> None:
    """Note a decision, and the same in the audit log with what else was changed."""
    values = {column.name: getattr(decision, column.name) for column in decisions.c if column.name != "id"}
    connection.execute(insert(decisions), values | {"kind": decision.kind.value})
    audit.append(
        connection, decision.at, decision.actor, f"question.{decision.kind.value}", decision.question, detail
    )


def decided(connection: Connection, since: datetime) -> tuple[Decision, ...]:
    """Return the decisions, oldest first."""
    rows = connection.execute(select(decisions).where(decisions.c.at >= since).order_by(decisions.c.id))
    return tuple(
        Decision(r.at, r.actor, DecisionKind(r.kind), r.question, r.document, r.clause, r.note) for r in rows
    )
