"""Decisions note which generation was live: what is asked of a later one may be open again."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Add the column; what was decided before this revision has none."""
    op.add_column("decisions", sa.Column("generation", sa.Integer(), nullable=True))


def downgrade() -> None:
    """Take it away again."""
    op.drop_column("decisions", "generation")
