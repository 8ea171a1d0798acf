"""The first tables: preferences, turns, questions, feedback, handled updates, decisions, the audit log."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

# What the audit log holds may be added to, never changed: the database itself refuses.
_SQLITE = """
CREATE TRIGGER audit_no_{verb} BEFORE {upper} ON audit
BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END
"""
_POSTGRESQL = (
    "CREATE FUNCTION audit_append_only() RETURNS trigger LANGUAGE plpgsql AS "
    "$$ BEGIN RAISE EXCEPTION 'the audit log is append-only'; END $$",
    "CREATE TRIGGER audit_append_only BEFORE UPDATE OR DELETE ON audit "
    "FOR EACH ROW EXECUTE FUNCTION audit_append_only()",
)


def upgrade() -> None:
    """Make the tables."""
    _of_conversations()
    _of_questions()
    _of_admins()
    _append_only()


def downgrade() -> None:
    """Take the tables away again."""
    for name in ("audit", "decisions", "handled", "feedback", "questions", "turns", "preferences"):
        op.drop_table(name)
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION audit_append_only")


def _column(name: str, kind: "sa.types.TypeEngine[Any]", *, null: bool = False) -> "sa.Column[Any]":
    return sa.Column(name, kind, nullable=null)


def _table(
    name: str, key: tuple[str, ...], *columns: "sa.Column[Any]", indexes: tuple[str, ...] = ()
) -> None:
    keys = sa.PrimaryKeyConstraint(*key, name=f"pk_{name}")
    serial = isinstance(columns[0].type, sa.Integer)
    op.create_table(name, *columns, keys, sqlite_autoincrement=serial)
    for column in indexes:
        op.create_index(f"ix_{name}_{column}", name, [column])


def _of_conversations() -> None:
    _table(
        "preferences",
        ("conversation",),
        _column("conversation", sa.String(32)),
        _column("asker", sa.String(32)),
        _column("region", sa.Text()),
        _column("at", sa.DateTime()),
        indexes=("asker",),
    )
    _table(
        "turns",
        ("id",),
        _column("id", sa.Integer()),
        _column("conversation", sa.String(32)),
        _column("asker", sa.String(32)),
        _column("question", sa.Text()),
        _column("at", sa.DateTime()),
        indexes=("conversation", "asker", "at"),
    )


def _of_questions() -> None:
    _table(
        "questions",
        ("id",),
        _column("id", sa.String(64)),
        _column("at", sa.DateTime()),
        _column("channel", sa.String(64)),
        _column("asker", sa.String(32)),
        _column("question", sa.Text()),
        _column("kinds", sa.JSON()),
        _column("status", sa.String(64)),
        _column("region", sa.Text(), null=True),
        _column("generation", sa.Integer(), null=True),
        _column("document", sa.Text(), null=True),
        _column("clause", sa.Text(), null=True),
        _column("latency_ms", sa.Float()),
        indexes=("at", "asker"),
    )
    _table(
        "feedback",
        ("answer", "asker"),
        _column("answer", sa.String(64)),
        _column("asker", sa.String(32)),
        _column("at", sa.DateTime()),
        _column("verdict", sa.String(64)),
        _column("reason", sa.String(64)),
        _column("comment", sa.Text()),
        indexes=("asker", "at"),
    )
    _table(
        "handled",
        ("channel", "id"),
        _column("channel", sa.String(64)),
        _column("id", sa.String(64)),
        _column("at", sa.DateTime()),
        indexes=("at",),
    )


def _of_admins() -> None:
    _table(
        "decisions",
        ("id",),
        _column("id", sa.Integer()),
        _column("at", sa.DateTime()),
        _column("actor", sa.Text()),
        _column("kind", sa.String(64)),
        _column("question", sa.Text()),
        _column("document", sa.Text(), null=True),
        _column("clause", sa.Text(), null=True),
        _column("note", sa.Text()),
        indexes=("at",),
    )
    op.create_table(
        "audit",
        _column("id", sa.Integer()),
        _column("at", sa.DateTime()),
        _column("actor", sa.Text()),
        _column("action", sa.String(64)),
        _column("subject", sa.Text()),
        _column("detail", sa.JSON()),
        _column("previous", sa.String(64)),
        _column("hash", sa.String(64)),
        sa.PrimaryKeyConstraint("id", name="pk_audit"),
        sa.UniqueConstraint("previous", name="uq_audit_previous"),
        sqlite_autoincrement=True,
    )


def _append_only() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for verb in ("update", "delete"):
            op.execute(_SQLITE.format(verb=verb, upper=verb.upper()))
    if op.get_bind().dialect.name == "postgresql":
        for statement in _POSTGRESQL:
            op.execute(statement)
