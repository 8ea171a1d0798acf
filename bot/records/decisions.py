"""What admins decided about questions."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import Connection, delete, insert, select

from bot.records import audit
from bot.records.schema import decisions
from bot.records.types import Decision, DecisionKind

_VALUES = tuple(column.name for column in decisions.c if column.name != "id")


def record(connection: Connection, decision: Decision, detail: Mapping[str, str]) -> None:
    """Note a decision, and the same in the audit log with what else was changed."""
    values = {name: getattr(decision, name) for name in _VALUES}
    connection.execute(insert(decisions), values | {"kind": decision.kind.value})
    audit.append(
        connection, decision.at, decision.actor, f"question.{decision.kind.value}", decision.question, detail
    )


def retract(connection: Connection, decision: Decision, at: datetime, reason: str) -> None:
    """Take a decision back that could not take effect; the audit log keeps both."""
    own = (decisions.c.at == decision.at, decisions.c.question == decision.question)
    connection.execute(delete(decisions).where(*own))
    audit.append(connection, at, decision.actor, "question.refused", decision.question, {"reason": reason})


def decided(connection: Connection, since: datetime) -> tuple[Decision, ...]:
    """Return the decisions, oldest first."""
    columns = select(*(decisions.c[name] for name in _VALUES))
    rows = connection.execute(columns.where(decisions.c.at >= since).order_by(decisions.c.id)).mappings()
    return tuple(Decision(**dict(row) | {"kind": DecisionKind(row["kind"])}) for row in rows)
