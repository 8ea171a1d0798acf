"""The tables of the service: migrations make what the program expects, up and down."""

from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, text

from bot.records.database import (
    DATABASE,
    alembic_config,
    open_database,
    reading,
    revision_of,
    url_of,
    writing,
)
from bot.records.schema import REVISION, metadata
from index.errors import StoreError


def test_migrations_make_the_tables(tmp_path: Path):
    """A migrated database and the declared tables do not differ; a second start changes nothing."""
    for _ in range(2):
        engine = open_database(url_of("", tmp_path / "var"))
        with reading(engine) as connection:
            assert compare_metadata(MigrationContext.configure(connection), metadata) == []
            assert revision_of(connection) == REVISION
            assert ScriptDirectory.from_config(alembic_config(connection)).get_current_head() == REVISION
        engine.dispose()


def test_the_tables_can_be_taken_away(tmp_path: Path):
    """Down and up again."""
    engine = open_database(url_of("", tmp_path))
    with writing(engine) as connection:
        command.downgrade(alembic_config(connection), "base")
        assert inspect(connection).get_table_names() == ["alembic_version"]
    engine.dispose()
    engine = open_database(url_of("", tmp_path))
    with reading(engine) as connection:
        assert set(metadata.tables) < set(inspect(connection).get_table_names())
    engine.dispose()


def test_pragmas(tmp_path: Path):
    """Readers do not wait for the writer, and what is deleted is overwritten."""
    engine = open_database(url_of("", tmp_path))
    with reading(engine) as connection:
        assert connection.execute(text("PRAGMA journal_mode")).scalar_one() == "wal"
        assert connection.execute(text("PRAGMA secure_delete")).scalar_one() == 1
    engine.dispose()


def test_newer_database(tmp_path: Path):
    """A database of a newer program is left alone; the message names both versions."""
    engine = open_database(url_of("", tmp_path))
    with writing(engine) as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    engine.dispose()
    with pytest.raises(StoreError, match=rf"9999 版,本程序只认识到 {REVISION} 版"):
        open_database(url_of("", tmp_path))


def test_damaged_database(tmp_path: Path):
    """A file that is no database is one clear line with the next step."""
    (tmp_path / DATABASE).write_bytes(b"not a database" * 100)
    with pytest.raises(StoreError, match=r"运行记录 .*service\.db 用不了:.*从备份恢复"):
        open_database(url_of("", tmp_path))


@pytest.mark.parametrize("url", ["nonsense", "nosuch://host/db", "postgresql+nosuchdriver://host/db"])
def test_an_unusable_url(url: str, tmp_path: Path):
    """It says which key, and what a URL looks like."""
    with pytest.raises(StoreError, match=r"bot\.records\.url 用不了.*postgresql\+psycopg"):
        open_database(url_of(url, tmp_path))


def test_a_password_is_never_shown(tmp_path: Path):
    """An error names the database without its password."""
    with pytest.raises(StoreError) as refused:
        open_database(f"sqlite://someone:geheim@/{tmp_path}/x.db")
    assert "geheim" not in str(refused.value)
