"""Tokens with which programs do what a user of the console may."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "tokens",
        sa.Column("id", sa.String(64), nullable=False),
        sa.Column("token", sa.String(64), nullable=False),
        sa.Column("user", sa.String(64), nullable=False),
        sa.Column("scopes", sa.JSON(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("until", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_tokens"),
    )
    op.create_index("ix_tokens_token", "tokens", ["token"])
    op.create_index("ix_tokens_user", "tokens", ["user"])
    op.create_index("ix_tokens_at", "tokens", ["at"])


def downgrade() -> None:
    """Drop it; no token is known any more."""
    op.drop_table("tokens")
