"""The tables: migrations make what the program expects, all or nothing."""

from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import insert, inspect, select, text

import index.schema
from index.database import DATABASE, revision_of, transaction, upgrade
from index.errors import StoreError
from index.schema import REVISION, documents, generations, metadata, pointer


def test_migrations_make_the_tables(data_dir: Path):
    """A migrated database and the declared tables do not differ."""
    upgrade(data_dir)
    with transaction(data_dir) as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []
        assert revision_of(connection) == REVISION
        names = {check["name"] for check in inspect(connection).get_check_constraints("pointer")}
    assert names == {"ck_pointer_single"}


def test_revision_is_the_newest_migration():
    """The revision the program expects is the head of the migrations."""
    config = Config()
    config.set_main_option("script_location", str(Path(index.schema.__file__).with_name("migrations")))
    assert ScriptDirectory.from_config(config).get_current_head() == REVISION


def test_upgrade_again_keeps_the_rows(data_dir: Path):
    """A database that is up to date is left alone."""
    upgrade(data_dir)
    with transaction(data_dir) as connection:
        connection.execute(text("INSERT INTO texts VALUES ('d', '原文')"))
    upgrade(data_dir)
    with transaction(data_dir) as connection:
        assert connection.execute(text("SELECT text FROM texts")).scalar_one() == "原文"


def test_documents_of_an_older_program_have_no_pages(data_dir: Path, monkeypatch: pytest.MonkeyPatch):
    """A database made before pages were kept gets the column, its rows stay."""
    with monkeypatch.context() as patch:
        patch.setattr("index.database.REVISION", "0002")
        upgrade(data_dir)
    with transaction(data_dir) as connection:
        connection.execute(text("INSERT INTO texts VALUES ('d', '原文')"))
        connection.execute(
            text(
                "INSERT INTO documents (id, key, text, document, title, region, aliases, file, sha256, contacts)"
                " VALUES (1, 'k', 'd', 'jia', '规划', '甲市', '[]', 'jia.txt', 's', '[]')"
            )
        )
    upgrade(data_dir)
    with transaction(data_dir) as connection:
        rows = connection.execute(select(documents.c.document, documents.c.pages)).all()
    assert rows == [("jia", [])]


def test_pragmas(data_dir: Path):
    """Every connection writes ahead and enforces foreign keys."""
    upgrade(data_dir)
    with transaction(data_dir) as connection:
        assert connection.execute(text("PRAGMA journal_mode")).scalar_one() == "wal"
        assert connection.execute(text("PRAGMA foreign_keys")).scalar_one() == 1


def test_an_error_rolls_everything_back(data_dir: Path):
    """Tables made and rows written in a failed transaction are gone, as a failed migration must be."""

    def write_and_fail() -> None:
        with transaction(data_dir) as connection:
            connection.execute(text("CREATE TABLE half (id INTEGER)"))
            connection.execute(text("INSERT INTO texts VALUES ('d', '原文')"))
            raise RuntimeError("power cut")

    upgrade(data_dir)
    with pytest.raises(RuntimeError, match="power cut"):
        write_and_fail()
    with transaction(data_dir) as connection:
        assert not inspect(connection).has_table("half")
        assert connection.execute(text("SELECT count(*) FROM texts")).scalar_one() == 0


def test_a_failed_migration_leaves_no_tables(data_dir: Path, monkeypatch: pytest.MonkeyPatch):
    """A migration that breaks off after its tables are made leaves an empty database, and the next one succeeds."""

    def break_off(*_args: object, **_kwargs: object) -> None:
        raise RuntimeError("power cut")

    with monkeypatch.context() as patch:
        patch.setattr("alembic.runtime.migration.HeadMaintainer.update_to_step", break_off)
        with pytest.raises(RuntimeError, match="power cut"):
            upgrade(data_dir)
    with transaction(data_dir) as connection:
        assert not inspect(connection).has_table("documents")
    upgrade(data_dir)
    with transaction(data_dir) as connection:
        assert revision_of(connection) == REVISION


def test_one_pointer_to_an_existing_generation(data_dir: Path):
    """The pointer is one row, and it points to a generation there is."""
    upgrade(data_dir)
    with pytest.raises(StoreError, match="CHECK"), transaction(data_dir) as connection:
        connection.execute(insert(pointer), {"id": 2, "generation": 1})
    with pytest.raises(StoreError, match="FOREIGN KEY"), transaction(data_dir) as connection:
        connection.execute(insert(pointer), {"id": 1, "generation": 9})
    with transaction(data_dir) as connection:
        assert connection.execute(select(generations)).all() == []


def test_newer_database(data_dir: Path):
    """A database of a newer program is left alone; the message names both versions."""
    upgrade(data_dir)
    with transaction(data_dir) as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(StoreError, match=rf"9999 版,本程序只认识到 {REVISION} 版:请升级 policybot"):
        upgrade(data_dir)


def test_damaged_database(data_dir: Path):
    """A file that is no database is one clear line with the next step."""
    data_dir.mkdir()
    (data_dir / DATABASE).write_bytes(b"not a database" * 100)
    with pytest.raises(StoreError, match=r"数据库 .*policybot\.sqlite3 用不了:.*移走后运行 policybot index"):
        upgrade(data_dir)


def test_data_directory_that_cannot_be_made(tmp_path: Path):
    """A data directory below a file is one clear line."""
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError, match=r"建不了数据目录 .*请检查权限或换一个 --data-dir"):
        upgrade(tmp_path / "file" / "var")
