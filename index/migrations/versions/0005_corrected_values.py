"""What an admin did to a value, and why, beside the value."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Add the column; what was read before is as it was read."""
    op.add_column("indicators", sa.Column("corrected", sa.Text(), nullable=False, server_default=""))


def downgrade() -> None:
    """Drop the column."""
    op.drop_column("indicators", "corrected")
