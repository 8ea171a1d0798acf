"""What became of documents, and since and until when they hold."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

_VALIDITY = (("effective", sa.Date()), ("valid_until", sa.Date()), ("superseded_by", sa.Text()))


def upgrade() -> None:
    """Make the table and the columns."""
    for name, kind in _VALIDITY:
        op.add_column("documents", sa.Column(name, kind))
    op.create_table(
        "events",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("version", sa.Text(), nullable=False),
        sa.Column("generation", sa.Integer(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("entry", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_events"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_events_document", "events", ["document"])


def downgrade() -> None:
    """Drop them."""
    op.drop_table("events")
    for (
        name,
        _,
    ) in _VALIDITY:  # in place: a copied table takes the rows that point to it along when it is dropped
        op.drop_column("documents", name)
