"""Updates that were taken and are not answered yet."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "inbox",
        sa.Column("channel", sa.String(64), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("asker", sa.String(32), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("owner", sa.String(64), nullable=False),
        sa.Column("until", sa.DateTime(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("channel", "number", name="pk_inbox"),
    )
    op.create_index("ix_inbox_asker", "inbox", ["asker"])
    op.create_index("ix_inbox_at", "inbox", ["at"])


def downgrade() -> None:
    """Drop it; what was waiting is lost."""
    op.drop_table("inbox")
