"""One engine a process over the service's tables: a SQLite file of the data directory, or any other URL."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from sqlite3 import Connection as Driver
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Engine, create_engine, event, inspect, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError, SQLAlchemyError

from bot.records.schema import REVISION
from index.errors import StoreError

if TYPE_CHECKING:
    from alembic.config import Config

DATABASE = "service.db"
# Seconds a transaction waits for another one: each is a few rows.
_BUSY_S = 5.0
_CONNECT_S = 2  # the least that PostgreSQL's library takes
WRITES = "writes"


def _prepare_sqlite(engine: Engine) -> None:
    @event.listens_for(engine, "connect")
    def _on_connect(connection: Driver, _record: object) -> None:
        # the driver's own transactions would commit before every CREATE TABLE: a migration must be all or nothing
        connection.isolation_level = None
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=NORMAL")  # a power cut may cost the last rows, never the file
        connection.execute(
            "PRAGMA secure_delete=ON"
        )  # what someone had deleted is overwritten, not only unlinked

    @event.listens_for(engine, "begin")
    def _on_begin(connection: Connection) -> None:
        # a transaction that reads first and writes later would fail where another one wrote in between
        writes = connection.get_execution_options().get(WRITES)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _shown(engine: Engine) -> str:
    return engine.url.render_as_string(hide_password=True)


def _failed(engine: Engine, error: SQLAlchemyError) -> StoreError:
    reason = str(getattr(error, "orig", None) or error).splitlines()[0]
    return StoreError(f"运行记录 {_shown(engine)} 用不了:{reason};请检查磁盘空间和权限,文件坏了就从备份恢复")


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """Open a transaction that only reads.

    :raises StoreError: the database is damaged, locked or cannot be reached
    """
    try:
        with engine.connect() as connection:
            yield connection
    except SQLAlchemyError as error:
        raise _failed(engine, error) from None


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """Open a transaction that writes: committed at the end, rolled back on any error.

    :raises StoreError: the database is damaged, locked, full or cannot be reached
    """
    try:
        with engine.execution_options(**{WRITES: True}).begin() as connection:
            yield connection
    except SQLAlchemyError as error:
        raise _failed(engine, error) from None


def url_of(url: str, data_dir: Path) -> str:
    """Return the configured URL, or that of the SQLite file in the data directory where none is."""
    return url or f"sqlite:///{data_dir / DATABASE}"


def _options(backend: str, wait_s: float | None) -> dict[str, Any]:
    """What the driver is told about waiting."""
    if backend == "sqlite":
        return {"timeout": _BUSY_S if wait_s is None else wait_s}
    if backend != "postgresql" or wait_s is None:
        return {}  # the server's own
    milliseconds = round(wait_s * 1000)
    limits = f"-c lock_timeout={milliseconds} -c statement_timeout={milliseconds * 4}"
    return {"connect_timeout": _CONNECT_S, "options": limits}


def open_database(url: str | URL, wait_s: float | None = None) -> Engine:
    """Open the database and bring its tables up to :data:`REVISION`.

    :param wait_s: for a lock; None for as long as one waits who must not lose a row
    :raises StoreError: the URL or its driver is unknown, or the database is newer than the program, damaged, or
        cannot be written
    """
    try:
        engine = create_engine(
            url,
            json_serializer=partial(json.dumps, ensure_ascii=False),
            connect_args=_options(make_url(url).get_backend_name(), wait_s),
            pool_pre_ping=True,
        )
    except (ArgumentError, NoSuchModuleError, ModuleNotFoundError) as error:
        reason = error.name if isinstance(error, ModuleNotFoundError) else type(error).__name__
        raise StoreError(
            f"bot.records.url 用不了({reason});应像 postgresql+psycopg://用户@主机/库,并装好它的驱动,空着就用 {DATABASE}"
        ) from None
    if engine.dialect.name == "sqlite":
        _prepare_sqlite(engine)
        if engine.url.database:
            _make_folder(Path(engine.url.database).parent)
    _upgrade(engine)
    return engine


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(f"建不了数据目录 {folder}:{error.strerror};请检查权限或换一个 --data-dir") from None


def revision_of(connection: Connection) -> str:
    """Return the revision of the tables, ``""`` where there are none yet."""
    if not inspect(connection).has_table("alembic_version"):
        return ""
    return str(connection.execute(text("SELECT version_num FROM alembic_version")).scalar() or "")


def _upgrade(engine: Engine) -> None:
    with reading(engine) as connection:
        found = revision_of(connection)
    if found > REVISION:
        raise StoreError(
            f"{_shown(engine)} 的表结构是 {found} 版,本程序只认识到 {REVISION} 版:请升级 policybot,或换一个 --data-dir"
        )
    if found != REVISION:
        with writing(engine) as connection:
            if revision_of(connection) != REVISION:  # another process may have been first
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
