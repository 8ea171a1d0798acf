"""The audit log: who did what, append-only, each row bound to the one before it.

A row's hash is the SHA-256 of the hash before it and the row in canonical JSON (keys sorted, no blanks, UTF-8, as
RFC 8785 has it for such values). A row that is changed, taken out or put in breaks the chain at its place. Rows cut off
at the end leave a whole chain: who must exclude that notes the last hash elsewhere.
"""

import json
import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, Row, insert, select, text

from bot.privacy.masking import mask
from bot.records.schema import audit
from bot.records.types import AuditEntry, Break

FIRST = "0" * 64  # what the first row has for the hash before it
_HEX = re.compile(
    r"(?=.*[a-f])[0-9a-f]{8,64}"
)  # ids of our own: no personal data, and a link to what they name


def masked(value: Any) -> Any:
    """Take personal data out of words on their way into the log: file names and reasons may hold it."""
    if isinstance(value, str):
        return value if _HEX.fullmatch(value) else mask(value).text
    if isinstance(value, Mapping):
        return {key: masked(each) for key, each in value.items()}
    return [masked(each) for each in value] if isinstance(value, list | tuple) else value


def _hash(
    previous: str, at: datetime, actor: str, action: str, subject: str, detail: Mapping[str, Any]
) -> str:
    row = {
        "previous": previous,
        "at": at.isoformat(timespec="microseconds"),
        "actor": actor,
        "action": action,
        "subject": subject,
        "detail": detail,
    }
    canonical = json.dumps(row, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return sha256(canonical.encode()).hexdigest()


def append(
    connection: Connection, at: datetime, actor: str, action: str, subject: str, detail: Mapping[str, Any]
) -> str:
    """Add a row, with personal data in its words masked, and return its hash.

    :param action: a short English verb with its object, ``question.attached``
    :param detail: strings, whole numbers, lists and mappings of such only
    """
    if connection.dialect.name == "postgresql":  # SQLite has one writer at a time anyway
        connection.execute(text("LOCK TABLE audit IN EXCLUSIVE MODE"))
    subject, detail = masked(subject), masked(detail)
    last = connection.execute(select(audit.c.hash).order_by(audit.c.id.desc()).limit(1)).scalar() or FIRST
    own = _hash(last, at, actor, action, subject, detail)
    row = {
        "at": at,
        "actor": actor,
        "action": action,
        "subject": subject,
        "detail": dict(detail),
        "previous": last,
        "hash": own,
    }
    connection.execute(insert(audit), row)
    return own


def _rows(connection: Connection) -> Iterator[Row[Any]]:
    yield from connection.execute(select(audit).order_by(audit.c.id))


def entries(connection: Connection, limit: int) -> tuple[AuditEntry, ...]:
    """Return the last rows, the newest first."""
    rows = connection.execute(select(audit).order_by(audit.c.id.desc()).limit(limit))
    return tuple(AuditEntry(**row._mapping) for row in rows)


def verify_chain(connection: Connection) -> Break | None:
    """Return the first row that is not what was written, None where all are."""
    last = FIRST
    for row in _rows(connection):
        if row.previous != last:
            return Break(row.id, "与前一条接不上:前面有记录被删除、插入或改动")
        if row.hash != _hash(last, row.at, row.actor, row.action, row.subject, row.detail):
            return Break(row.id, "内容被改动过")
        last = row.hash
    return None
