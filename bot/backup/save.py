"""An installation → one .tar.gz: databases by SQLite's own backup, so that a running service may go on writing."""

import io
import json
import os
import shutil
import sqlite3
import tarfile
import tempfile
from collections.abc import Sequence
from contextlib import closing
from datetime import UTC, datetime
from hashlib import file_digest
from pathlib import Path

from sqlalchemy import Table, delete

from bot.backup.types import CONFIG, CONTENTS, CORPUS, DATA, FORMAT, Kept
from bot.config import Config
from bot.errors import InputError
from bot.privacy.pseudonyms import SALT
from bot.records.database import DATABASE as SERVICE
from bot.records.schema import inbox
from index.archive import ARCHIVE
from index.database import DATABASE, GENERATIONS
from index.errors import StoreError
from index.publish import writer_lock

SUFFIX = ".tar.gz"


def _has(connection: sqlite3.Connection, table: Table) -> bool:
    found = connection.execute("SELECT 1 FROM sqlite_master WHERE name = ?", (table.name,))
    return found.fetchone() is not None


def _copy_database(source: Path, target: Path, without: Table | None = None) -> None:
    """Copy a database.

    :param without: a table whose rows stay out, where there is such a table
    """
    try:
        with (
            closing(sqlite3.connect(f"{source.resolve().as_uri()}?mode=ro", uri=True)) as old,
            closing(sqlite3.connect(target)) as new,
        ):
            old.backup(new)
            if without is not None and _has(new, without):
                new.execute("PRAGMA secure_delete=ON")
                new.execute(str(delete(without)))
                new.commit()
            new.execute("PRAGMA journal_mode=DELETE")  # one file, without a log beside it
    except sqlite3.Error as error:
        raise StoreError(f"备份不了 {source}:{error};请先运行 policybot doctor") from None


def _copy_folder(source: Path, target: Path) -> None:
    """Copy the plain files of a folder; links lead elsewhere and stay out."""
    for path in sorted(source.rglob("*")):
        if path.is_file() and not path.is_symlink():
            copy = target / path.relative_to(source)
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, copy)


def _collect(config: Config, config_file: Path, folder: Path) -> None:
    data = folder / DATA
    data.mkdir()
    with writer_lock(config.data_dir):  # no build publishes or prunes meanwhile
        _copy_database(config.data_dir / DATABASE, data / DATABASE)
        for name in (GENERATIONS, ARCHIVE):
            _copy_folder(config.data_dir / name, data / name)
        _copy_folder(config.corpus_dir, folder / CORPUS)
    service = config.data_dir / SERVICE
    if service.is_file() and not config.settings.bot.records.url:
        # restored weeks later, it would answer people who were answered long ago
        _copy_database(service, data / SERVICE, without=inbox)
    if (config.data_dir / SALT).is_file():
        shutil.copyfile(config.data_dir / SALT, data / SALT)
    shutil.copyfile(config_file, folder / CONFIG)


def _kept(folder: Path, path: Path) -> Kept:
    with path.open("rb") as file:
        digest = file_digest(file, "sha256").hexdigest()
    return Kept(path.relative_to(folder).as_posix(), path.stat().st_size, digest)


def _pack(folder: Path, files: Sequence[Kept], target: Path) -> None:
    rows = [{"name": file.name, "size": file.size, "sha256": file.sha256} for file in files]
    head = {"format": FORMAT, "at": datetime.now(UTC).isoformat(timespec="seconds"), "files": rows}
    content = json.dumps(head, ensure_ascii=False).encode()
    # readable by its owner only: the salt that makes pseudonyms is in it
    with (
        os.fdopen(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file,
        tarfile.open(fileobj=file, mode="w:gz", compresslevel=6) as archive,
    ):
        first = tarfile.TarInfo(CONTENTS)
        first.size = len(content)
        archive.addfile(first, io.BytesIO(content))
        for one in files:
            archive.add(folder / one.name, one.name, recursive=False)


def save(config: Config, config_file: Path, target: Path) -> tuple[Kept, ...]:
    """Write a backup to ``target``, which must not exist yet; return what is in it.

    Documents, databases, generations, kept versions, salt and configuration; no secret of the environment.

    :raises InputError: the name is taken or not one of a .tar.gz
    :raises StoreError: there is no index, another process is writing it, or a file cannot be read or written
    """
    if not target.name.endswith(SUFFIX):
        raise InputError(f"备份文件名应以 {SUFFIX} 结尾,现在是 {target.name}")
    if target.exists():
        raise InputError(f"{target} 已经存在;请换一个名字")
    if not (config.data_dir / DATABASE).is_file():
        raise StoreError(f"{config.data_dir} 里还没有索引,没有可备份的;请先运行 policybot index")
    partial = target.with_name(f".{target.name}.{os.getpid()}.partial")
    try:
        with tempfile.TemporaryDirectory(prefix=".backup-", dir=target.absolute().parent) as name:
            folder = Path(name)
            _collect(config, config_file, folder)
            files = tuple(_kept(folder, path) for path in sorted(folder.rglob("*")) if path.is_file())
            _pack(folder, files, partial)
        partial.replace(target)
    except OSError as error:
        raise StoreError(f"写不了备份 {target}:{error.strerror};请检查路径、权限和磁盘空间") from None
    finally:
        partial.unlink(missing_ok=True)
    return files
