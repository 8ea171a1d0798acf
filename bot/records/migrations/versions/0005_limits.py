"""How often each caller has asked, shared between processes."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "limits",
        sa.Column("caller", sa.String(32), nullable=False),
        sa.Column("full_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("caller", name="pk_limits"),
    )
    op.create_index("ix_limits_full_at", "limits", ["full_at"])


def downgrade() -> None:
    """Drop it; every caller begins with a full bucket."""
    op.drop_table("limits")
