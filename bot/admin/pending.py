"""A change to ``docs_corpus/`` that is under way: noted first, so that a crash at any point can be undone.

The manifest and the document's file are written before the build, since a build reads them. Until the build has
published them a note of what is changed stands in the data directory, and the manifest as it was beside the new one:
putting it back is renaming, which a full disk allows too. The next verb finds the note and either finishes (the live
generation was built from the new manifest) or puts everything back.
"""

import json
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path

from bot.config import Config
from index.archive import partial_of, write_atomically
from index.database import DATABASE, generation_folder, transaction, upgrade
from index.errors import StoreError
from index.manifest import MANIFEST
from index.publish import live_generation

NOTE = "pending.json"
_BEFORE = f".{MANIFEST}.before"


@dataclass(frozen=True, slots=True)
class Pending:
    """How to finish, or to undo, a change."""

    after: str  # SHA-256 of the manifest as it is to be
    new_file: str  # name in docs_corpus, "" for none
    old_file: str  # name of a file that is no longer needed once published, "" for none


def _note(config: Config) -> Path:
    return config.data_dir / NOTE


def begin(config: Config, manifest: bytes, new_file: tuple[str, bytes] | None, old_file: str = "") -> None:
    """Write the new file and the new manifest, having noted how to take them back.

    :raises StoreError: something cannot be written; what was written is taken back
    """
    path = config.corpus_dir / MANIFEST
    pending = Pending(sha256(manifest).hexdigest(), new_file[0] if new_file else "", old_file)
    write_atomically(_note(config), json.dumps(asdict(pending), ensure_ascii=False).encode())
    try:
        if path.exists():
            write_atomically(config.corpus_dir / _BEFORE, path.read_bytes())
        if new_file:
            write_atomically(config.corpus_dir / new_file[0], new_file[1])
        write_atomically(path, manifest)
    except StoreError:
        undo(config)
        raise


def _read(config: Config) -> Pending | None:
    try:
        return Pending(**json.loads(_note(config).read_text(encoding="utf-8")))
    except FileNotFoundError:
        return None
    except (OSError, ValueError, TypeError) as error:
        raise StoreError(f"读不了 {_note(config)}:{error};请确认 docs_corpus/ 无误后删除它") from None


def _forget(config: Config, pending: Pending) -> None:
    """Take away the note, and what a crash in the middle of writing a file left."""
    corpus = config.corpus_dir
    (corpus / _BEFORE).unlink(missing_ok=True)
    for name in filter(None, (MANIFEST, _BEFORE, pending.new_file)):
        partial_of(corpus / name).unlink(missing_ok=True)
    _note(config).unlink(missing_ok=True)


def finish(config: Config) -> None:
    """The change is published: forget how it was, and take away the file it replaced."""
    pending = _read(config)
    if pending is None:
        return
    if pending.old_file:
        (config.corpus_dir / pending.old_file).unlink(missing_ok=True)
    _forget(config, pending)


def undo(config: Config) -> None:
    """Put the manifest back as it was and take the new file away; a manifest edited by hand since then stays."""
    pending = _read(config)
    if pending is None:
        return
    path, before = config.corpus_dir / MANIFEST, config.corpus_dir / _BEFORE
    written = path.exists() and sha256(path.read_bytes()).hexdigest() == pending.after
    if written and before.exists():
        before.replace(path)
    elif written:  # there was none before
        path.unlink()
    listed = path.read_bytes() if path.exists() else b""
    if pending.new_file and pending.new_file.encode() not in listed:
        (config.corpus_dir / pending.new_file).unlink(missing_ok=True)
    _forget(config, pending)


def _published(config: Config, pending: Pending) -> bool:
    """Whether the live generation was built from the manifest the change wrote."""
    if not (config.data_dir / DATABASE).is_file():
        return False
    upgrade(config.data_dir)  # the crash may have come before there were tables
    with transaction(config.data_dir) as connection:
        number = live_generation(connection)
    kept = generation_folder(config.data_dir, number) / MANIFEST if number is not None else None
    return kept is not None and kept.is_file() and sha256(kept.read_bytes()).hexdigest() == pending.after


def recover(config: Config) -> bool:
    """Finish or undo a change that a crash broke off; whether there was one."""
    pending = _read(config)
    if pending is None:
        return False
    finish(config) if _published(config, pending) else undo(config)
    return True
