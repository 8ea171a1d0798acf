"""The questions people ask of a clause, beside its passages."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "similar_questions",
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("clause", sa.Text(), nullable=False),
        sa.Column("first", sa.Integer(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.ForeignKeyConstraint(
            ["version"], ["documents.id"], name="fk_similar_questions_version", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("version", "position", name="pk_similar_questions"),
    )
    op.create_index("ix_similar_questions_digest", "similar_questions", ["digest"])


def downgrade() -> None:
    """Drop the table."""
    op.drop_table("similar_questions")
