"""What became of documents, by whom and when: written with the generation that shows it, kept for good."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, insert, select

from index.schema import events


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
