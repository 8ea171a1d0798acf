"""Cards: what the buttons under an answer stand for, so that they work after a restart."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "cards",
        sa.Column("id", sa.String(64), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("asker", sa.String(32), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_cards"),
    )
    op.create_index("ix_cards_asker", "cards", ["asker"])
    op.create_index("ix_cards_at", "cards", ["at"])


def downgrade() -> None:
    """Drop it; the buttons sent before say that they have expired."""
    op.drop_table("cards")
