"""The tables of the index down and up again, over a copy of the shipped index."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from alembic import command
from sqlalchemy import Connection, MetaData, select, text

from bot import app
from bot.config import Config
from index.database import alembic_config, revision_of, transaction, upgrade
from index.errors import StoreError
from index.schema import REVISION
from tests.conftest import TODAY

# what came with the revisions after each: tables and columns that its schema cannot hold
CAME = {
    "0006": {"words_cache"},
    "0005": {"indicators.corrected"},
    "0004": {"events", "documents.effective", "documents.valid_until", "documents.superseded_by"},
    "0003": {"documents.pages"},
    "0002": {"similar_questions"},
}
QUESTION = "襄阳失业保险参保目标是多少"


def rows(connection: Connection, without: set[str]) -> dict[str, list[str]]:
    """Every row of every table but what is left out, in an order of its own."""
    tables = MetaData()
    tables.reflect(connection)
    found: dict[str, list[str]] = {}
    for name in set(tables.tables) - without - {"alembic_version", "sqlite_sequence"}:
        columns = [column for column in tables.tables[name].c if f"{name}.{column.name}" not in without]
        found[name] = sorted(str(tuple(row)) for row in connection.execute(select(*columns)))
    return found


def read(data_dir: Path, without: set[str]) -> dict[str, list[str]]:
    with transaction(data_dir) as connection:
        return rows(connection, without)


@pytest.fixture
def copied(shipped: Config, tmp_path: Path) -> Config:
    """The shipped index with an event, pages and a day of validity, which its two plans do not have."""
    shutil.copytree(shipped.data_dir, tmp_path / "data")
    with transaction(tmp_path / "data") as connection:
        connection.execute(text("UPDATE documents SET pages = '[0, 900]', valid_until = '2026-12-31'"))
        connection.execute(
            text(
                "INSERT INTO events (at, actor, action, document, version, generation, note, entry)"
                " VALUES ('2026-11-23 08:00:00', 'web:guan', 'add', 'xiangyang', '', 1, '', '{}')"
            )
        )
    return replace(shipped, data_dir=tmp_path / "data")


@pytest.mark.parametrize("revision", ["0005", "0004", "0003", "0002", "0001"])
def test_down_and_up_again(copied: Config, revision: str):
    """What the older schema can hold comes through to the row; the program answers, or says what to run."""
    gone = set().union(*(came for newer, came in CAME.items() if newer > revision))
    before = read(copied.data_dir, gone)
    assert {name for name, found in before.items() if not found} == set()
    with transaction(copied.data_dir) as connection:
        command.downgrade(alembic_config(connection), revision)
        assert revision_of(connection) == revision
        assert rows(connection, set()).keys() == before.keys()
    upgrade(copied.data_dir)
    assert read(copied.data_dir, gone) == before
    app.build_index(copied, rebuild=False, on_progress=lambda _stage, _done, _total: None)
    if "similar_questions" in gone:
        with pytest.raises(StoreError, match="相似问有 0 条;请运行 policybot index --rebuild"):
            app.open_answerer(copied)
    else:
        value = app.open_answerer(copied, today=lambda: TODAY).ask(QUESTION).indicators[0]
        assert (value.row.value, value.row.unit) == ("45", "万人")


def test_down_to_nothing_and_up(copied: Config):
    """The first revision can be taken back, too; the next build fills the tables from the documents."""
    with transaction(copied.data_dir) as connection:
        command.downgrade(alembic_config(connection), "base")
        assert rows(connection, set()) == {}
    upgrade(copied.data_dir)
    with transaction(copied.data_dir) as connection:
        assert revision_of(connection) == REVISION
        assert set(map(len, rows(connection, set()).values())) == {0}
