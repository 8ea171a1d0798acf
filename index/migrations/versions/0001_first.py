"""The first tables: documents and what was read from them, generations, the pointer, the cache of vectors."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make the tables."""
    _documents()
    _clauses()
    _passages()
    _indicators()
    _generations()
    _vectors_cache()


def _number(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), nullable=False)


def _words(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=False)


def _foreign(table: str, column: str, target: str, ondelete: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [target], name=f"fk_{table}_{column}", ondelete=ondelete)


def _documents() -> None:
    op.create_table(
        "texts",
        sa.Column("digest", sa.String(64), nullable=False),
        _words("text"),
        sa.PrimaryKeyConstraint("digest", name="pk_texts"),
    )
    op.create_table(
        "documents",
        _number("id"),
        sa.Column("key", sa.String(64), nullable=False),
        sa.Column("text", sa.String(64), nullable=False),
        _words("document"),
        _words("title"),
        _words("region"),
        sa.Column("aliases", sa.JSON(), nullable=False),
        sa.Column("issuer", sa.Text()),
        sa.Column("number", sa.Text()),
        sa.Column("published", sa.Date()),
        sa.Column("period_first", sa.Integer()),
        sa.Column("period_last", sa.Integer()),
        _words("file"),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("contacts", sa.JSON(), nullable=False),
        _foreign("documents", "text", "texts.digest", "RESTRICT"),
        sa.PrimaryKeyConstraint("id", name="pk_documents"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_documents_key", "documents", ["key"])


def _clauses() -> None:
    op.create_table(
        "clauses",
        _number("version"),
        _number("position"),
        _words("path"),
        sa.Column("parent", sa.Text()),
        _words("marker"),
        _words("heading"),
        _words("kind"),
        _number("depth"),
        _number("span_start"),
        _number("span_end"),
        _number("own_start"),
        _number("own_end"),
        _foreign("clauses", "version", "documents.id", "CASCADE"),
        sa.PrimaryKeyConstraint("version", "position", name="pk_clauses"),
    )


def _passages() -> None:
    op.create_table(
        "passages",
        _number("version"),
        _number("position"),
        _words("clause"),
        _number("span_start"),
        _number("span_end"),
        sa.Column("headings", sa.JSON(), nullable=False),
        _words("indexed_text"),
        sa.Column("digest", sa.String(64), nullable=False),
        _foreign("passages", "version", "documents.id", "CASCADE"),
        sa.PrimaryKeyConstraint("version", "position", name="pk_passages"),
    )
    op.create_index("ix_passages_digest", "passages", ["digest"])


def _indicators() -> None:
    names = ("clause", "name", "role", "value", "unit", "comparator", "period", "attribute", "category")
    op.create_table(
        "indicators",
        _number("version"),
        _number("position"),
        *map(_words, names),
        *map(_number, ("span_start", "span_end", "value_start", "value_end")),
        sa.Column("digest", sa.String(64), nullable=False),
        _foreign("indicators", "version", "documents.id", "CASCADE"),
        sa.PrimaryKeyConstraint("version", "position", name="pk_indicators"),
    )
    op.create_index("ix_indicators_digest", "indicators", ["digest"])


def _generations() -> None:
    op.create_table(
        "generations",
        _number("id"),
        sa.Column("created", sa.DateTime(), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("stamp", sa.JSON(), nullable=False),
        sa.Column("files", sa.JSON(), nullable=False),
        sa.Column("parent", sa.Integer()),
        _foreign("generations", "parent", "generations.id", "SET NULL"),
        sa.PrimaryKeyConstraint("id", name="pk_generations"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "generation_documents",
        _number("generation"),
        _number("position"),
        _number("version"),
        _foreign("generation_documents", "generation", "generations.id", "CASCADE"),
        _foreign("generation_documents", "version", "documents.id", "RESTRICT"),
        sa.PrimaryKeyConstraint("generation", "position", name="pk_generation_documents"),
    )
    op.create_index("ix_generation_documents_version", "generation_documents", ["version"])
    op.create_table(
        "pointer",
        _number("id"),
        _number("generation"),
        sa.CheckConstraint("id = 1", name=op.f("ck_pointer_single")),
        _foreign("pointer", "generation", "generations.id", "RESTRICT"),
        sa.PrimaryKeyConstraint("id", name="pk_pointer"),
    )


def _vectors_cache() -> None:
    op.create_table(
        "vectors_cache",
        _words("encoder"),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("vector", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("encoder", "digest", name="pk_vectors_cache"),
    )


def downgrade() -> None:
    """Drop all tables, those that point to others first."""
    for name in (
        "vectors_cache",
        "pointer",
        "generation_documents",
        "generations",
        "indicators",
        "passages",
        "clauses",
        "documents",
        "texts",
    ):
        op.drop_table(name)
