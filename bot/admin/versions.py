"""What became of documents, and their earlier versions, read from the archive."""

from dataclasses import replace
from pathlib import Path

from bot.config import Config
from bot.errors import InputError
from index import archive, manifest
from index.database import DATABASE, transaction, upgrade
from index.diff import Difference, compare_versions
from index.history import Event, read_events, versions_of
from index.recipe import read_version
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


def read_file(config: Config, path: Path, document: Document) -> Version:
    """Read a file as a version of a document, wherever it lies and whatever it is called.

    :raises CorpusError: it cannot be read
    """
    return read_version(path.parent, replace(document, file=path.name), config.settings.index)


def _live(config: Config, name: str) -> Document | None:
    known = (config.corpus_dir / manifest.MANIFEST).exists()
    listed = manifest.load(config.corpus_dir) if known else ()
    return next((document for document in listed if document.id == name), None)


def read(config: Config, name: str, version: str | None = None) -> Version:
    """Read a version of a document as this program reads it; the live one when none is named.

    :raises InputError: there is no such document or version
    :raises StoreError: its file is not kept any more
    """
    live = _live(config, name)
    if live is not None and (version is None or live.version.startswith(version)):
        return read_version(config.corpus_dir, live, config.settings.index)
    if version is None:
        raise InputError(f"{name} 已经不在现有文档里;用 docs history {name} 看有哪些版本,再用 --version 指定")
    document = find(config, name, version)
    return read_file(config, archive.find(config.data_dir, document), document)


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
