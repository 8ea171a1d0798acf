"""What became of documents, and their earlier versions, read from the archive."""

from bot.config import Config
from bot.errors import InputError
from index import archive
from index.database import DATABASE, transaction, upgrade
from index.diff import Difference, compare_versions
from index.history import Event, read_events, versions_of
from index.recipe import read_file
from index.rows import Version, find_text
from index.types import Document


def events(config: Config, name: str | None = None) -> tuple[Event, ...]:
    """Return what became of a document, or of all, the newest first; nothing before the first index."""
    if not (config.data_dir / DATABASE).is_file():
        return ()
    upgrade(config.data_dir)
    with transaction(config.data_dir) as connection:
        return read_events(connection, name)


def history(config: Config, name: str) -> tuple[Event, ...]:
    """Return what became of a document, the newest first.

    :raises InputError: nothing is known of it
    """
    found = events(config, name)
    if not found:
        known = "、".join(sorted({event.document for event in events(config)})) or "无"
        raise InputError(f"没有 {name} 的记录;有记录的文档:{known}")
    return found


def find(config: Config, name: str, version: str | None = None) -> Document:
    """Find a version by how it begins, the last one when None.

    :raises InputError: there never was such a document or version, or several begin so
    """
    listed = versions_of(history(config, name))
    found = [d for d in listed if d.version.startswith(version)] if version else list(listed[:1])
    if len(found) != 1:
        known = "、".join(document.version for document in listed)
        raise InputError(f"{name} 没有版本 {version};有:{known}")
    return found[0]


def read(config: Config, name: str, version: str | None = None) -> Version:
    """Read a version of a document as this program reads its kept file; the last one when none is named.

    :raises InputError: there never was such a document or version
    :raises StoreError: its file is not kept any more
    """
    document = find(config, name, version)
    return read_file(archive.find(config.data_dir, document), document, config.settings.index)


def text(config: Config, name: str, version: str) -> str:
    """Return the text that citations of a version count in.

    It is the stored one for as long as the database holds it, else what this program reads from the kept file.

    :raises InputError: there is no such document or version
    :raises StoreError: its file is not kept any more
    """
    document = find(config, name, version)
    with transaction(config.data_dir) as connection:
        stored = find_text(connection, document.id, document.sha256)
    return read(config, name, document.version).text if stored is None else stored


def difference(
    config: Config, name: str, before: str | None = None, after: str | None = None
) -> tuple[str, str, Difference]:
    """Compare two versions of a document: by default the newest with the one before it.

    :return: the names of the two versions, and what differs
    :raises InputError: there is no such version, or only one
    :raises StoreError: the file of one is not kept any more
    """
    listed = versions_of(history(config, name))
    newer = find(config, name, after).version
    others = [document.version for document in listed if document.version != newer]
    if before is None and not others:
        raise InputError(f"{name} 只有一个版本 {newer},没有可比的")
    older = find(config, name, before).version if before else others[0]
    return older, newer, compare_versions(read(config, name, older), read(config, name, newer))
