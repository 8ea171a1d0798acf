"""What a build has to do: the documents listed now, against the generation that is live."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Connection, select

from index.database import generation_folder
from index.errors import StoreError
from index.history import Action, Event, entry_of
from index.publish import live_generation
from index.rows import read_documents
from index.schema import documents, generation_documents, generations
from index.seals import Seals, check_files
from index.types import Document


@dataclass(frozen=True, slots=True)
class Live:
    """The generation live before a build."""

    number: int
    keys: Mapping[str, str]  # document id → key of its version, in manifest order
    documents: Mapping[str, Document]
    stamp: Mapping[str, object]
    sound: bool  # its files are as they were published


@dataclass(frozen=True, slots=True)
class Changes:
    """Document ids in manifest order.

    ``changed`` have another file or manifest entry than in the live generation; ``reread`` have the same, but are
    read anew, since the program or a setting changed or a rebuild was asked for.
    """

    added: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]
    reused: tuple[str, ...]
    reread: tuple[str, ...]


def _sound(folder: Path, seals: Seals) -> bool:
    try:
        check_files(folder, seals)
    except StoreError:
        return False
    return True


def read_live(connection: Connection, data_dir: Path) -> Live | None:
    """Read what the live generation was built from; None where there is none."""
    number = live_generation(connection)
    if number is None:
        return None
    columns = select(generations.c.stamp, generations.c.files)
    row = connection.execute(columns.where(generations.c.id == number)).one()
    keys = (
        select(documents.c.document, documents.c.key)
        .join(generation_documents, generation_documents.c.version == documents.c.id)
        .where(generation_documents.c.generation == number)
        .order_by(generation_documents.c.position)
    )
    return Live(
        number=number,
        keys=dict(connection.execute(keys).all()),
        documents={stored.document.id: stored.document for stored in read_documents(connection, number)},
        stamp=row.stamp,
        sound=_sound(generation_folder(data_dir, number), row.files),
    )


def compare(listed: Sequence[Document], keys: Mapping[str, str], live: Live | None, rebuild: bool) -> Changes:
    """Sort the documents by what became of them.

    :param keys: document id → key of the version it would have now
    """
    known = live.documents if live else {}
    kept = live.keys if live and not rebuild else {}
    present = {document.id for document in listed}
    old = [document for document in listed if document.id in known]
    same = [document.id for document in old if known[document.id] == document]
    return Changes(
        added=tuple(document.id for document in listed if document.id not in known),
        changed=tuple(document.id for document in old if known[document.id] != document),
        removed=tuple(document for document in known if document not in present),
        reused=tuple(document for document in same if kept.get(document) == keys[document]),
        reread=tuple(document for document in same if kept.get(document) != keys[document]),
    )


def describe(
    changes: Changes, now: Sequence[Document], before: Sequence[Document], actor: str, note: str
) -> tuple[Event, ...]:
    """Say what a build does to documents; their generation is filled in as they are written."""
    current, known = ({document.id: document for document in listed} for listed in (now, before))
    done: list[tuple[Action, Document, str]] = []
    for name in changes.added:
        done.append((Action.ADDED, current[name], current[name].version))
    for name in changes.changed:
        same = current[name].sha256 == known[name].sha256
        done.append((Action.CHANGED if same else Action.REPLACED, current[name], current[name].version))
    for name in changes.removed:
        done.append((Action.WITHDRAWN, known[name], ""))
    at = datetime.now(UTC).replace(tzinfo=None)
    return tuple(
        Event(at, actor, action, document.id, version, 0, note, entry_of(document))
        for action, document, version in done
    )


def describe_rollback(
    now: Sequence[Document], before: Sequence[Document], actor: str, note: str
) -> tuple[Event, ...]:
    """Say what going back does to documents: to each that is another one, or none, afterwards."""
    current, known = ({document.id: document for document in listed} for listed in (now, before))
    at = datetime.now(UTC).replace(tzinfo=None)
    return tuple(
        Event(
            *(at, actor, Action.ROLLED_BACK, name, current[name].version if name in current else "", 0, note),
            entry=entry_of(current.get(name) or known[name]),
        )
        for name in dict.fromkeys((*current, *known))
        if current.get(name) != known.get(name)
    )
