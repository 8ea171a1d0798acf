"""The words of passages, kept from one build to the next."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Make the table; the next build fills it."""
    op.create_table(
        "words_cache",
        sa.Column("tokenizer", sa.Text(), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("tokenizer", "digest", name="pk_words_cache"),
    )


def downgrade() -> None:
    """Drop it; nothing is lost that cannot be cut again."""
    op.drop_table("words_cache")
