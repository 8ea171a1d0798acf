"""The tables.

A ``documents`` row is one version of a document as it was read once; its clauses, passages and indicators hang on
it and are never changed. A generation lists the versions it is made of, so that generations share them.
"""

from enum import StrEnum

from sqlalchemy import (
    JSON,
    CheckConstraint,
    Column,
    Date,
    DateTime,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
)

REVISION = "0006"  # the newest file of migrations/versions; a test compares

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "ix": "ix_%(table_name)s_%(column_0_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
    }
)


class State(StrEnum):
    """How far a generation is. Which ready one is live, ``pointer`` alone says."""

    BUILDING = "building"
    READY = "ready"


def _key(column: str, target: str, ondelete: str, *, primary: bool = False) -> Column[int]:
    return Column(column, Integer, ForeignKey(target, ondelete=ondelete), primary_key=primary, nullable=False)


def _number(name: str) -> Column[int]:
    return Column(name, Integer, nullable=False)


def _words(name: str) -> Column[str]:
    return Column(name, Text, nullable=False)


def _of_version() -> tuple[Column[int], Column[int]]:
    """The key of whatever hangs on a version: the version, and its place there from 0."""
    return (
        _key("version", "documents.id", "CASCADE", primary=True),
        Column("position", Integer, primary_key=True),
    )


texts = Table(
    "texts",
    metadata,
    Column("digest", String(64), primary_key=True),  # SHA-256 of the stored text
    _words("text"),
)
documents = Table(
    "documents",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("key", String(64), nullable=False),  # digest of all that decides the rows below it
    Column("text", String(64), ForeignKey("texts.digest", ondelete="RESTRICT"), nullable=False),
    _words("document"),  # the manifest's id
    _words("title"),
    _words("region"),
    Column("aliases", JSON, nullable=False),
    Column("issuer", Text),
    Column("number", Text),
    Column("published", Date),
    Column("period_first", Integer),
    Column("period_last", Integer),
    _words("file"),
    Column("sha256", String(64), nullable=False),
    Column("contacts", JSON, nullable=False),
    Column("effective", Date),
    Column("valid_until", Date),
    Column("superseded_by", Text),
    Column("pages", JSON, nullable=False, server_default="[]"),  # offsets at which the file's pages begin
    Index(None, "key"),
    sqlite_autoincrement=True,
)
clauses = Table(
    "clauses",
    metadata,
    *_of_version(),
    _words("path"),
    Column("parent", Text),
    _words("marker"),
    _words("heading"),
    _words("kind"),
    _number("depth"),
    _number("span_start"),
    _number("span_end"),
    _number("own_start"),
    _number("own_end"),
)
passages = Table(
    "passages",
    metadata,
    *_of_version(),
    _words("clause"),
    _number("span_start"),
    _number("span_end"),
    Column("headings", JSON, nullable=False),
    _words("indexed_text"),
    Column("digest", String(64), nullable=False),
    Index(None, "digest"),
)
indicators = Table(
    "indicators",
    metadata,
    *_of_version(),
    _words("clause"),
    _words("name"),
    _words("role"),
    _words("value"),
    _words("unit"),
    _words("comparator"),
    _words("period"),
    _words("attribute"),
    _words("category"),
    _number("span_start"),
    _number("span_end"),
    _number("value_start"),
    _number("value_end"),
    Column("corrected", Text, nullable=False, server_default=""),  # what an admin did to it
    Column("digest", String(64), nullable=False),  # of the words its measure is found by
    Index(None, "digest"),
)
similar_questions = Table(
    "similar_questions",
    metadata,
    *_of_version(),
    _words("clause"),
    _number("first"),
    _number("last"),
    _words("text"),
    Column("digest", String(64), nullable=False),
    Index(None, "digest"),
)
generations = Table(
    "generations",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("created", DateTime, nullable=False),  # UTC
    Column("state", String(16), nullable=False),
    Column("stamp", JSON, nullable=False),
    Column("files", JSON, nullable=False),  # path inside the generation's folder → seal
    # the one that was live before: where a rollback leads
    Column("parent", Integer, ForeignKey("generations.id", ondelete="SET NULL")),
    sqlite_autoincrement=True,  # a number is never given to a second generation
)
generation_documents = Table(
    "generation_documents",
    metadata,
    _key("generation", "generations.id", "CASCADE", primary=True),
    Column("position", Integer, primary_key=True),  # order of the manifest
    _key("version", "documents.id", "RESTRICT"),
    Index(None, "version"),
)
pointer = Table(
    "pointer",
    metadata,
    Column("id", Integer, primary_key=True),
    _key("generation", "generations.id", "RESTRICT"),
    CheckConstraint("id = 1", name="single"),
)
words_cache = Table(
    "words_cache",
    metadata,
    Column("tokenizer", Text, primary_key=True),  # the tokenizer's fingerprint
    Column("digest", String(64), primary_key=True),  # of the passage's indexed text
    _words("words"),  # one a line
)
vectors_cache = Table(
    "vectors_cache",
    metadata,
    Column("encoder", Text, primary_key=True),  # the encoder's fingerprint
    Column("digest", String(64), primary_key=True),  # the passage's, or the measure's
    Column("vector", LargeBinary, nullable=False),  # float32, little-endian
)
# What became of documents; kept for good, whatever generations are pruned.
events = Table(
    "events",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("at", DateTime, nullable=False),  # UTC
    _words("actor"),
    _words("action"),
    _words("document"),
    _words("version"),  # "" for a document that went
    _number("generation"),
    _words("note"),
    Column("entry", JSON, nullable=False),  # the manifest's entry at that time
    Index(None, "document"),
    sqlite_autoincrement=True,
)
