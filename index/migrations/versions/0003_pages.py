"""Where the pages of a document's file begin, so that a citation can name the page."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Add the column; what was read before has no pages."""
    op.add_column("documents", sa.Column("pages", sa.JSON(), nullable=False, server_default="[]"))


def downgrade() -> None:
    """Drop it; a build of the older program knows no pages."""
    op.drop_column("documents", "pages")
