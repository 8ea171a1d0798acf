"""One way to reach the tables: a transaction on the SQLite file of a data directory."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from sqlite3 import Connection as Driver
from typing import TYPE_CHECKING

from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.exc import DatabaseError
from sqlalchemy.pool import NullPool

from index.errors import StoreError
from index.schema import REVISION

if TYPE_CHECKING:
    from alembic.config import Config

DATABASE = "policybot.sqlite3"
GENERATIONS = "generations"
_BUSY_S = 30.0  # a writer holds the file for one short transaction at a time


def generation_folder(data_dir: Path, generation: int) -> Path:
    """Where a generation's files lie."""
    return data_dir / GENERATIONS / f"{generation:06d}"


def _prepare(engine: Engine) -> None:
    @event.listens_for(engine, "connect")
    def _on_connect(connection: Driver, _record: object) -> None:
        # the driver's own transactions would commit before every CREATE TABLE: a migration must be all or nothing
        connection.isolation_level = None
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA foreign_keys=ON")

    @event.listens_for(engine, "begin")
    def _on_begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN")


@contextmanager
def transaction(data_dir: Path) -> Iterator[Connection]:
    """Open one transaction: committed at the end, rolled back on any error.

    :raises StoreError: the database is damaged, locked by another program, or cannot be written
    """
    path = data_dir / DATABASE
    engine = create_engine(
        f"sqlite:///{path}",
        poolclass=NullPool,
        json_serializer=partial(json.dumps, ensure_ascii=False),
        connect_args={"timeout": _BUSY_S},
    )
    _prepare(engine)
    try:
        with engine.begin() as connection:
            yield connection
    except DatabaseError as error:
        raise StoreError(
            f"数据库 {path} 用不了:{error.orig};若文件已损坏,把它移走后运行 policybot index 重建"
        ) from None


def revision_of(connection: Connection) -> str:
    """Return the revision of the tables, ``""`` where there are none yet."""
    known = text("SELECT name FROM sqlite_master WHERE type = 'table' AND name = 'alembic_version'")
    if connection.execute(known).first() is None:
        return ""
    return str(connection.execute(text("SELECT version_num FROM alembic_version")).scalar() or "")


def refuse_newer(found: str, data_dir: Path) -> None:
    """Refuse a database of a newer program.

    :raises StoreError: naming both versions
    """
    if found > REVISION:
        raise StoreError(
            f"{data_dir / DATABASE} 的表结构是 {found} 版,本程序只认识到 {REVISION} 版:"
            "请升级 policybot,或换一个 --data-dir"
        )


def upgrade(data_dir: Path) -> None:
    """Make the tables, or bring them up to :data:`REVISION`; does nothing where they are.

    :raises StoreError: the database is newer than the program, damaged, or cannot be written
    """
    try:
        data_dir.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(
            f"建不了数据目录 {data_dir}:{error.strerror};请检查权限或换一个 --data-dir"
        ) from None
    with transaction(data_dir) as connection:
        found = revision_of(connection)
        refuse_newer(found, data_dir)
        if found != REVISION:
            _migrate(connection)


def alembic_config(connection: Connection) -> "Config":
    """Return what Alembic's commands need to work on this transaction."""
    # Alembic takes half a second to import: only a database that is behind pays for it
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).with_name("migrations")).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


def _migrate(connection: Connection) -> None:
    from alembic import command

    command.upgrade(alembic_config(connection), REVISION)
