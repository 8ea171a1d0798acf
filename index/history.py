"""What became of documents, by whom and when: written with the generation that shows it, kept for good."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, insert, select

from index.schema import documents, events
from index.types import VERSION_CHARS, Document, Period


class Action(StrEnum):
    """What was done to a document."""

    ADDED = "added"
    REPLACED = "replaced"  # another file
    CHANGED = "changed"  # another manifest entry, the same file
    WITHDRAWN = "withdrawn"
    ROLLED_BACK = "rolled_back"  # an earlier generation was made live again


@dataclass(frozen=True, slots=True)
class Event:
    """One thing done to one document; ``version`` is "" once it has gone, ``entry`` what the manifest said of it."""

    at: datetime  # UTC
    actor: str
    action: Action
    document: str
    version: str
    generation: int
    note: str
    entry: dict[str, Any]


def write_events(connection: Connection, generation: int, happened: Sequence[Event]) -> None:
    """Write events as those of a generation."""
    rows = [{**asdict(event), "action": event.action.value, "generation": generation} for event in happened]
    if rows:
        connection.execute(insert(events), rows)


def read_events(connection: Connection, document: str | None = None) -> tuple[Event, ...]:
    """Return what became of a document, or of all, the newest first."""
    query = select(events).order_by(events.c.id.desc())
    if document is not None:
        query = query.where(events.c.document == document)
    return tuple(
        Event(r.at, r.actor, Action(r.action), r.document, r.version, r.generation, r.note, r.entry)
        for r in connection.execute(query)
    )


def versions_of(happened: Sequence[Event]) -> tuple[Document, ...]:
    """Return the versions a document had, the newest first, each as it was last described.

    :param happened: its events, the newest first
    """
    found: dict[str, Document] = {}
    for event in happened:
        if event.version:
            found.setdefault(event.version, document_of(event.entry))
    return tuple(found.values())


def versions_to_keep(connection: Connection, keep: int) -> frozenset[str]:
    """Return the versions whose files stay: the last ``keep`` of every document, and all that a generation holds."""
    by_document: dict[str, dict[str, None]] = {}
    for name, version in connection.execute(
        select(events.c.document, events.c.version).order_by(events.c.id.desc())
    ):
        if version:
            by_document.setdefault(name, {}).setdefault(version)
    held = (sha256[:VERSION_CHARS] for sha256 in connection.scalars(select(documents.c.sha256)))
    return frozenset([*held, *(v for listed in by_document.values() for v in [*listed][:keep])])


def entry_of(document: Document) -> dict[str, Any]:
    """Return a document as JSON holds it."""
    entry: dict[str, Any] = json.loads(json.dumps(asdict(document), ensure_ascii=False, default=str))
    return entry


def document_of(entry: dict[str, Any]) -> Document:
    """Return the document that :func:`entry_of` wrote; what a later program added is left out."""
    known = {field.name: entry[field.name] for field in fields(Document) if field.name in entry}
    days = {name: known.get(name) for name in ("published", "effective", "valid_until")}
    period = known.get("period")
    lists = {name: tuple(known.get(name, ())) for name in ("aliases", "contacts")}
    read = {name: date.fromisoformat(day) if day else None for name, day in days.items()}
    return Document(**{**known, **lists, **read, "period": Period(**period) if period else None})
