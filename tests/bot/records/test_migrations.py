"""The schema up and down over rows that the program itself wrote."""

from datetime import UTC, datetime

import pytest
from alembic import command
from sqlalchemy import MetaData, create_engine, select, text

from bot.access import ConsoleRole, Deed
from bot.accounts.accounts import Accounts
from bot.errors import InputError
from bot.records import audit, decisions
from bot.records.database import REVISION, alembic_config, open_database, writing
from bot.records.inbox import Inbox, Taken
from bot.records.records import Records
from bot.records.shared_limits import SharedLimits
from bot.records.types import Decision, DecisionKind, Reason, Verdict
from bot.settings import ConsoleSettings, RecordsSettings
from index.errors import StoreError
from retrieval.types import Answer, AnswerStatus

# the tables that the schema of a revision lacks; everything else must come through
GONE = {
    "0007": set(),
    "0006": {"inbox"},
    "0005": {"inbox", "tokens"},
    "0004": {"inbox", "tokens", "limits"},
    "0003": {"inbox", "tokens", "limits", "users", "sessions", "failures"},
    "0002": {"inbox", "tokens", "limits", "users", "sessions", "failures", "cards"},
    "0001": {"inbox", "tokens", "limits", "users", "sessions", "failures", "cards"},
}
SALT = b"0" * 32


def contents(url: str) -> dict[str, list[str]]:
    """Every row of every table, in an order of its own; of a decision not the generation, which came later."""
    engine = create_engine(url)
    with engine.connect() as connection:
        tables = MetaData()
        tables.reflect(connection)
        names = set(tables.tables) - {"alembic_version", "sqlite_sequence"}
        rows = {
            name: sorted(
                str([value for key, value in row.items() if (name, key) != ("decisions", "generation")])
                for row in connection.execute(select(tables.tables[name])).mappings()
            )
            for name in names
        }
    engine.dispose()
    return rows


@pytest.fixture(params=["sqlite", "postgresql"])
def filled(request, tmp_path) -> str:
    """A database of either kind with rows in every table that use of the program fills."""
    if request.param == "sqlite":
        return fill(f"sqlite:///{tmp_path / 'service.db'}")
    return fill(request.getfixturevalue("url"))


def fill(url: str) -> str:
    """Use the program for a while; return the address of the database."""
    settings = RecordsSettings()
    records = Records(open_database(url), SALT, settings, 5, lambda: datetime.now(UTC).replace(tzinfo=None))
    for number in range(20):
        answer = Answer(f"第 {number} 个问题", AnswerStatus.ANSWERED, (), timing_ms={"total": 12.5})
        records.log(f"answer-{number}", f"telegram:{number % 3}", answer, region="襄阳市", generation=4)
        records.keep_turn(f"telegram:1:{number % 3}", answer.question)
        records.judge(f"answer-{number}", f"telegram:{number % 3}", Verdict.USELESS, Reason.WRONG, "不对")
    records.keep_region("telegram:1:2", "青浦区")
    records.keep_card("card1", "telegram:1", {"reply": "answer-1", "sources": [1, 2]})
    records.is_new("telegram", "77")
    Inbox(records, "telegram").write([Taken(78, "telegram:9", {"text": "在办"})], [])
    records.audit("web:guan", "document.add", "plan", {"file": "plan.txt"})
    SharedLimits(records.engine, records.alias).wait_s("telegram ask 1", 30)
    accounts = Accounts(records, ConsoleSettings())
    accounts.add("测试", "guan", ConsoleRole.ADMIN, "一个够长的口令-2026")
    accounts.issue_token("测试", "guan", {Deed.LOOK}, 90)
    accounts.sign_in("guan", "一个够长的口令-2026", "192.0.2.1")
    with pytest.raises(InputError):
        accounts.sign_in("guan", "猜的", "192.0.2.2")
    decided = Decision(
        records.clock(), "web:guan", DecisionKind.MISSING, "哪天开", note="要时间表", generation=4
    )
    with writing(records.engine) as connection:
        decisions.record(connection, decided, {})
    records.close()
    return url


def move(url: str, down_to: str) -> None:
    engine = create_engine(url)
    with writing(engine) as connection:
        command.downgrade(alembic_config(connection), down_to)
    engine.dispose()


@pytest.mark.parametrize("revision", sorted(GONE))
def test_down_and_up_again(filled, revision):
    """Back to a revision and up again: what its schema could hold is all there, to the row."""
    before = contents(filled)
    assert {
        "questions",
        "turns",
        "preferences",
        "feedback",
        "handled",
        "inbox",
        "audit",
        "decisions",
        "users",
        "sessions",
        "failures",
        "cards",
        "limits",
        "tokens",
    } <= {name for name, rows in before.items() if rows}
    move(filled, revision)
    assert not GONE[revision] & set(contents(filled))
    open_database(filled).dispose()
    after = contents(filled)
    assert set(after) == set(before)
    kept = set(before) - GONE[revision]
    assert {name: after[name] for name in kept} == {name: before[name] for name in kept}


@pytest.mark.parametrize("revision", sorted(GONE))
def test_the_program_goes_on_with_what_came_back(filled, revision):
    """Down and up again, the audit log still holds together, its rows are still guarded, and one can be forgotten."""
    move(filled, revision)
    records = Records(open_database(filled), SALT, RecordsSettings(), 5, lambda: datetime(2026, 11, 23))
    assert records.read(audit.verify_chain) is None
    with pytest.raises(StoreError, match="append-only"), writing(records.engine) as connection:
        connection.execute(text("UPDATE audit SET actor = 'nobody'"))
    assert records.forget("telegram:1") > 7
    records.close()


def test_down_to_nothing_and_up(filled):
    """The first revision can be taken back, too; what follows is a new database."""
    move(filled, "base")
    assert contents(filled) == {}
    engine = open_database(filled)
    with engine.connect() as connection:
        assert connection.execute(text("SELECT version_num FROM alembic_version")).scalar() == REVISION
    engine.dispose()
