"""Which generation is live: one pointer, switched in one transaction; one writer at a time."""

import fcntl
import logging
import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, delete, select, union, update
from sqlalchemy.dialects.sqlite import insert

from index.backends import Backend
from index.backends.local import LOCAL
from index.database import GENERATIONS, generation_folder, transaction, upgrade
from index.errors import StoreError
from index.history import Event, write_events
from index.schema import (
    State,
    documents,
    generation_documents,
    generations,
    indicators,
    passages,
    pointer,
    similar_questions,
    texts,
    vectors_cache,
    words_cache,
)
from index.seals import check_files, seal_files

LOG = logging.getLogger(__name__)
LOCK = "index.lock"


@contextmanager
def writer_lock(data_dir: Path, name: str = LOCK) -> Iterator[None]:
    """Hold the right to write ``data_dir``, which is made where missing.

    :param name: the file that is locked

    The lock is the operating system's, on an open file: it ends with the process however that ends, so a dead
    writer never blocks the next. The file's words (process number, time) are for the message only.

    :raises StoreError: another process is writing, naming it and since when
    """
    path = data_dir / name
    try:
        data_dir.mkdir(parents=True, exist_ok=True)
        file = path.open("ab+", buffering=0)
    except OSError as error:
        raise StoreError(
            f"写不了数据目录 {data_dir}:{error.strerror};请检查权限或换一个 --data-dir"
        ) from None
    with file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            file.seek(0)
            holder = file.read().decode(errors="replace").strip() or "未知进程"
            raise StoreError(f"另一个进程正在更新 {data_dir} 的索引({holder});请等它结束后再试") from None
        since = datetime.now().astimezone().isoformat(sep=" ", timespec="seconds")
        with suppress(OSError):  # a full disk: what is said to others matters less than what is to be done
            file.truncate(0)
            file.write(f"进程 {os.getpid()},始于 {since}".encode())
        yield
        file.truncate(0)


def live_generation(connection: Connection) -> int | None:
    """Return the number of the live generation, None before the first one is published."""
    found: int | None = connection.execute(select(pointer.c.generation)).scalar()
    return found


def _point(connection: Connection, generation: int) -> None:
    row = insert(pointer).values(id=1, generation=generation)
    connection.execute(row.on_conflict_do_update(index_elements=["id"], set_={"generation": generation}))


def _announce(backend: Backend, folder: Path) -> None:
    try:
        backend.announce(folder)
    except StoreError as error:  # it is live all the same: the program itself goes by the pointer
        LOG.warning("新的一代已经生效,别名没有换:%s", error)


def publish(
    data_dir: Path, generation: int, happened: Sequence[Event] = (), backend: Backend = LOCAL
) -> None:
    """Make a finished generation the live one: files' seals, state, pointer and history in one transaction.

    :raises StoreError: a file cannot be read, or the database not written; the generation live before stays live
    """
    seals = seal_files(generation_folder(data_dir, generation))
    with transaction(data_dir) as connection:
        done = {"state": State.READY.value, "files": seals, "parent": live_generation(connection)}
        connection.execute(update(generations).where(generations.c.id == generation).values(done))
        _point(connection, generation)
        write_events(connection, generation, happened)
    _announce(backend, generation_folder(data_dir, generation))


def parent_of_live(connection: Connection) -> int | None:
    """Return the generation that was live before the live one and is still kept."""
    found: int | None = connection.execute(
        select(generations.c.parent).where(generations.c.id == live_generation(connection))
    ).scalar()
    return found


def rollback(data_dir: Path, happened: Sequence[Event] = (), backend: Backend = LOCAL) -> int:
    """Make the generation live that was live before this one; return its number.

    :param happened: what the history says of it
    :raises StoreError: there is none, its files are damaged, or another process is writing
    """
    with writer_lock(data_dir):
        upgrade(data_dir)
        with transaction(data_dir) as connection:
            parent = parent_of_live(connection)
            row = connection.execute(
                select(generations.c.id, generations.c.files).where(generations.c.id == parent)
            ).first()
            if row is None:
                raise StoreError(f"{data_dir} 里没有更早的一代索引,不能回滚;policybot index 可以重新建立")
            check_files(generation_folder(data_dir, row.id), row.files)
            _point(connection, row.id)
            write_events(connection, row.id, happened)
        _announce(backend, generation_folder(data_dir, row.id))
        return int(row.id)


def prune(data_dir: Path, keep: int, backend: Backend = LOCAL) -> None:
    """Delete what no longer serves: generations that were never finished, and all but the newest ``keep``.

    The live one is always kept. Versions, texts and vectors that no generation left uses go with them. Only the
    holder of :func:`writer_lock` may call this: to anyone else an unfinished generation is somebody's work.

    :param keep: how many finished generations stay, the live one among them
    :param backend: where their vectors and words are
    """
    with transaction(data_dir) as connection:
        live = live_generation(connection)
        ready = select(generations.c.id).where(generations.c.state == State.READY.value)
        newest = connection.scalars(ready.order_by(generations.c.id.desc())).all()
        others = [number for number in newest if number != live]
        kept = set(others[: keep - 1]) | ({live} if live is not None else set())
        connection.execute(delete(generations).where(generations.c.id.not_in(kept)))
        _forget_unused(connection)
    folders = data_dir / GENERATIONS
    names = {generation_folder(data_dir, number).name for number in kept}
    for folder in folders.iterdir() if folders.is_dir() else ():
        if folder.name not in names:
            shutil.rmtree(folder, ignore_errors=True)  # a file still open elsewhere goes the next time
    backend.keep_only(names)


def untidy(data_dir: Path) -> bool:
    """Whether a process that was killed left an unfinished generation, or the folder of one that is gone."""
    with transaction(data_dir) as connection:
        known = connection.execute(select(generations.c.id, generations.c.state)).all()
    names = {generation_folder(data_dir, number).name for number, state in known if state == State.READY}
    folders = data_dir / GENERATIONS
    present = {path.name for path in folders.iterdir()} if folders.is_dir() else set()
    return bool(present - names) or len(names) < len(known)


def _forget_unused(connection: Connection) -> None:
    used = select(generation_documents.c.version)
    connection.execute(delete(documents).where(documents.c.id.not_in(used)))
    connection.execute(delete(texts).where(texts.c.digest.not_in(select(documents.c.text))))
    wanted = union(*(select(table.c.digest) for table in (passages, indicators, similar_questions)))
    for cache in (vectors_cache, words_cache):
        connection.execute(delete(cache).where(cache.c.digest.not_in(wanted)))
