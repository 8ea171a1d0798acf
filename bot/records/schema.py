"""The tables of the service. Nothing here is needed to answer: they can be lost without an answer changing.

People and conversations are pseudonyms (``bot.privacy.pseudonyms``), words are masked (``bot.privacy.masking``), times
are UTC without a zone.
"""

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    DateTime,
    Float,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
)

REVISION = "0007"  # the newest file of migrations/versions; a test compares

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "ix": "ix_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
    }
)


def _pseudonym(name: str, *, primary: bool = False) -> Column[str]:
    return Column(name, String(32), primary_key=primary, nullable=False)


def _word(name: str, *, primary: bool = False) -> Column[str]:
    return Column(name, String(64), primary_key=primary, nullable=False)


def _at() -> Column[object]:
    return Column("at", DateTime, nullable=False)


def _serial() -> Column[int]:
    return Column("id", Integer, primary_key=True)


preferences = Table(
    "preferences",
    metadata,
    _pseudonym("conversation", primary=True),
    _pseudonym("asker"),
    Column("region", Text, nullable=False),
    _at(),  # when it was chosen
    Index(None, "asker"),
)
turns = Table(
    "turns",
    metadata,
    _serial(),
    _pseudonym("conversation"),
    _pseudonym("asker"),
    Column("question", Text, nullable=False),
    _at(),
    Index(None, "conversation"),
    Index(None, "asker"),
    Index(None, "at"),
    sqlite_autoincrement=True,
)
questions = Table(
    "questions",
    metadata,
    _word("id", primary=True),  # the answer's
    _at(),
    _word("channel"),  # telegram, web
    _pseudonym("asker"),
    Column("question", Text, nullable=False),
    Column("kinds", JSON, nullable=False),  # of personal data that was in it
    _word("status"),
    Column("region", Text),  # chosen in the conversation
    Column("generation", Integer),
    Column("document", Text),  # of the first citation, as the next
    Column("clause", Text),
    Column("latency_ms", Float, nullable=False),
    Index(None, "at"),
    Index(None, "asker"),
)
feedback = Table(
    "feedback",
    metadata,
    _word("answer", primary=True),  # no foreign key: a full queue may have dropped the question's row
    _pseudonym("asker", primary=True),
    _at(),
    _word("verdict"),
    _word("reason"),  # "" for none
    Column("comment", Text, nullable=False),
    Index(None, "asker"),
    Index(None, "at"),
)
handled = Table(
    "handled",
    metadata,
    _word("channel", primary=True),
    _word("id", primary=True),  # the channel's own number of the update
    _at(),
    Index(None, "at"),
)
inbox = Table(
    "inbox",
    metadata,
    _word("channel", primary=True),
    Column("number", BigInteger, primary_key=True, autoincrement=False, nullable=False),  # as in handled
    _at(),
    _pseudonym("asker"),
    Column("content", Text, nullable=False),  # words masked, the whole sealed; gone once it is answered
    _word("owner"),  # the process that answers it
    Column("until", DateTime, nullable=False),  # when the owner is taken for gone, unless it says otherwise
    Column("tries", Integer, nullable=False),  # how many owners went away before they had answered
    Index(None, "asker"),
    Index(None, "at"),
)
cards = Table(
    "cards",
    metadata,
    _word("id", primary=True),
    _at(),
    _pseudonym("asker"),
    Column("content", JSON, nullable=False),  # what the buttons under a message stand for; words masked
    Index(None, "asker"),
    Index(None, "at"),
)
decisions = Table(
    "decisions",
    metadata,
    _serial(),
    _at(),
    Column("actor", Text, nullable=False),
    _word("kind"),
    Column("question", Text, nullable=False),
    Column("document", Text),
    Column("clause", Text),
    Column("note", Text, nullable=False),
    Column("generation", Integer),  # live when it was decided
    Index(None, "at"),
    sqlite_autoincrement=True,
)
audit = Table(
    "audit",
    metadata,
    _serial(),
    _at(),
    Column("actor", Text, nullable=False),
    _word("action"),
    Column("subject", Text, nullable=False),
    Column("detail", JSON, nullable=False),
    Column("previous", String(64), nullable=False, unique=True),  # so that no row has two that follow it
    Column("hash", String(64), nullable=False),
    sqlite_autoincrement=True,
)
users = Table(
    "users",
    metadata,
    _word("name", primary=True),
    _at(),
    _word("role"),
    Column("password", Text, nullable=False),  # argon2id
    Column("disabled", Boolean, nullable=False),
)
sessions = Table(
    "sessions",
    metadata,
    _word("token", primary=True),  # its SHA-256
    _word("user"),
    _at(),
    Column("seen", DateTime, nullable=False),
    Index(None, "user"),
    Index(None, "at"),
)
tokens = Table(
    "tokens",
    metadata,
    _word("id", primary=True),  # by which people name it
    _word("token"),  # its SHA-256
    _word("user"),
    Column("scopes", JSON, nullable=False),
    _at(),
    Column("until", DateTime, nullable=False),
    Index(None, "token"),
    Index(None, "user"),
    Index(None, "at"),
)
failures = Table(
    "failures",
    metadata,
    _serial(),
    _pseudonym("key"),  # of a user at an address, of an address, of a user
    _at(),
    Index(None, "key"),
    Index(None, "at"),
    sqlite_autoincrement=True,
)
limits = Table(
    "limits",
    metadata,
    _pseudonym("caller", primary=True),  # of a person, an address or a key, with what they ask for
    Column(
        "full_at", BigInteger, nullable=False
    ),  # when all turns are there again: microseconds since 1970, UTC
    Index(None, "full_at"),
)
