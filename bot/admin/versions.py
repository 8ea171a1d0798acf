"""What became of documents, and their earlier versions, read from the archive."""

from bot.config import Config
from bot.errors import InputError
from index import archive, manifest
from index.database import DATABASE, transaction, upgrade
from index.diff import Difference, compare_versions
from index.history import Action, Event, read_events
from index.recipe import read_version
from index.rows import Version
from index.types import Document


def history(config: Config, name: str | None = None) -> tuple[Event, ...]:
    """Return what became of a document, or of all, the newest first.

    :raises InputError: nothing is known of it
    """
    found: tuple[Event, ...] = ()
    if (config.data_dir / DATABASE).is_file():
        upgrade(config.data_dir)
        with transaction(config.data_dir) as connection:
            found = read_events(connection, name)
    if name is not None and not found:
        raise InputError(f"没有 {name} 的记录;policybot docs list 列出现有文档")
    return found


def _live(config: Config, name: str) -> Document | None:
    listed = manifest.load(config.corpus_dir)
    return next((document for document in listed if document.id == name), None)


def _kept(config: Config, name: str, version: str) -> Version:
    """Read a version from the archive."""
    happened = history(config, name)
    event = next((e for e in happened if e.version and e.version.startswith(version)), None)
    file = archive.find(config.data_dir, event.version) if event else None
    if event is None or file is None:
        known = "、".join(dict.fromkeys(e.version for e in happened if e.version))
        raise InputError(f"{name} 没有版本 {version};有:{known}")
    entry = event.entry
    document = Document(name, entry["title"], entry["region"], (), None, None, None, None, file.name, "")
    return read_version(file.parent, document, config.settings.index)


def read(config: Config, name: str, version: str | None = None) -> Version:
    """Read a version of a document as it was; the live one when none is named.

    :raises InputError: there is no such document or version
    """
    document = _live(config, name)
    if document is not None and (version is None or document.version.startswith(version)):
        return read_version(config.corpus_dir, document, config.settings.index)
    if version is None:
        raise InputError(f"{name} 已经不在现有文档里;用 docs history {name} 看有哪些版本,再用 --version 指定")
    return _kept(config, name, version)


def difference(
    config: Config, name: str, before: str | None = None, after: str | None = None
) -> tuple[str, str, Difference]:
    """Compare two versions of a document: by default the newest with the one before it.

    :return: the names of the two versions, and what differs
    :raises InputError: there is no such version, or only one
    """
    versions = [*dict.fromkeys(e.version for e in history(config, name) if e.version)]
    if before is None and len(versions) < 2:
        raise InputError(f"{name} 只有一个版本,没有可比的")
    newer = after or versions[0]
    older = before or next(version for version in versions if not version.startswith(newer))
    return older, newer, compare_versions(read(config, name, older), read(config, name, newer))


def states(config: Config) -> dict[str, Event]:
    """Return the last event of each document that is no longer live: withdrawn, or gone by a rollback."""
    listed = {document.id for document in manifest.load(config.corpus_dir)}
    last: dict[str, Event] = {}
    for event in history(config):
        last.setdefault(event.document, event)
    return {
        name: event for name, event in last.items() if name not in listed and event.action is not Action.ADDED
    }
