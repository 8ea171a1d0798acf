"""What is remembered: masked, under pseudonyms, for so long and no longer, and gone when asked."""

import logging
from pathlib import Path
from time import monotonic, sleep

import pytest
from sqlalchemy import text

import bot.records.writer
from bot.privacy.pseudonyms import pseudonym
from bot.privacy.types import Kind
from bot.records.database import DATABASE
from bot.records.questions import hot_topics, statistics, unanswered
from bot.records.records import Records, open_records
from bot.records.types import Logged, Reason, Remembered, Topic, Verdict
from bot.settings import RecordsSettings
from index.types import Span
from retrieval.types import Answer, AnswerStatus, Citation
from tests.bot.records.conftest import NOON, Clock

MOBILE = "13812345678"


def answer(question: str, status: AnswerStatus = AnswerStatus.NOT_FOUND, clause: str | None = None) -> Answer:
    cited = (
        Citation("plan", "规划", "甲市", "v", clause, clause, "原文", Span(0, 2), None, "")
        if clause
        else None
    )
    return Answer(question, status, (), citations=(cited,) if cited else (), timing_ms={"total": 12.3456})


def log(records: Records, identifier: str, asker: str, one: Answer) -> tuple[Kind, ...]:
    return records.log(identifier, asker, one, region=None, generation=7)


def test_a_question_is_logged_masked(records: Records):
    """With its outcome, under a pseudonym; the kinds that were in it are told."""
    kinds = log(
        records,
        "a1",
        "telegram:42",
        answer(f"我电话{MOBILE},灵活就业有补贴吗", AnswerStatus.PARTIAL, "一/(一)"),
    )
    assert kinds == (Kind.MOBILE,)
    name = pseudonym(records._salt, "telegram:42")
    assert records.read(lambda c: unanswered(c, NOON)) == (
        Logged(
            "a1", NOON, "telegram", name, "我电话[手机号],灵活就业有补贴吗", ("mobile",), "partial", None, 7,
            "plan", "一/(一)", 12.346,
        ),
    )  # fmt: skip


def test_turns_and_region_survive_a_restart(records: Records, tmp_path: Path, clock: Clock):
    """The last three turns, oldest first, and only this conversation's."""
    for question in ("一", "二", f"{MOBILE}三", "四"):
        records.keep_turn("telegram:1:42", question)
    records.keep_turn("telegram:2:42", "别的群")
    records.keep_region("telegram:1:42", "甲市")
    records.close()
    again = open_records(RecordsSettings(), tmp_path, 3, clock)
    assert again.recall("telegram:1:42") == Remembered(("二", "[手机号]三", "四"), "甲市")
    again.keep_region("telegram:1:42", None)
    again.drop("telegram:2:42")
    again.flush()
    assert again.recall("telegram:1:42").region is None
    assert again.recall("telegram:2:42") == Remembered()
    clock.move(hours=25)
    assert again.recall("telegram:1:42") == Remembered()
    again.close()


def test_a_second_thought_replaces_the_first(records: Records):
    """One verdict an asker and answer; a thumb down makes an answered question one to look at."""
    log(records, "a1", "web:1", answer("补贴", AnswerStatus.ANSWERED, "一"))
    records.judge("a1", "web:1", Verdict.USEFUL, None, "")
    assert records.read(lambda c: unanswered(c, NOON)) == ()
    records.judge("a1", "web:1", Verdict.USELESS, Reason.OFF_TOPIC, f"打我{MOBILE}")
    (found,) = records.read(lambda c: unanswered(c, NOON))
    assert (found.question, found.verdict) == ("补贴", Verdict.USELESS)
    rows = records.read(lambda c: c.execute(text("SELECT verdict, reason, comment FROM feedback")).all())
    assert rows == [("useless", "off_topic", "打我[手机号]")]


def test_forgetting_leaves_no_byte(records: Records, tmp_path: Path):
    """The words of one asker are in no file any more; another's stay."""
    secret, other = "只有我会问的怪问题", "别人也问的问题"
    log(records, "a1", "telegram:42", answer(secret))
    log(records, "a2", "telegram:43", answer(other))
    records.judge("a1", "telegram:42", Verdict.USELESS, None, secret)
    records.keep_turn("telegram:1:42", secret)
    records.keep_turn("telegram:2:42", secret)
    records.keep_region("telegram:1:42", "甲市")
    assert records.forget("telegram:42") == 5
    assert records.forget("telegram:42") == 0
    content = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    name = pseudonym(records._salt, "telegram:42")
    assert [word for word in (secret, name) if word.encode() in content] == []
    assert other.encode() in content


def test_no_personal_data_in_any_file(records: Records, tmp_path: Path, caplog):
    """Questions, comments, regions, turns: byte by byte, database and log."""
    caplog.set_level(logging.DEBUG)
    number = "420606199003071232"
    log(records, "a1", f"web:{MOBILE}", answer(f"身份证{number}能办吗"))
    records.judge("a1", "web:1", Verdict.USELESS, Reason.OTHER, f"回电{MOBILE}")
    records.keep_turn("web:1", f"卡号{number}")
    records.keep_region("web:1", f"住{MOBILE}")
    records.flush()
    content = b"".join(path.read_bytes() for path in tmp_path.iterdir()) + caplog.text.encode()
    assert [word for word in (number, MOBILE) if word.encode() in content] == []


def test_what_is_too_old_goes(records: Records, clock: Clock):
    """Each table has its period."""
    log(records, "a1", "web:1", answer("旧"))
    records.judge("a1", "web:1", Verdict.USELESS, None, "")
    records.keep_turn("web:1", "旧")
    records.keep_region("web:1", "甲市")
    assert records.is_new("telegram", "1")
    records.flush()
    assert set(records.purge(clock.now).values()) == {0}
    clock.move(hours=49)
    assert records.purge(clock.now) == {
        "questions": 0,
        "feedback": 0,
        "preferences": 0,
        "turns": 1,
        "handled": 1,
        "cards": 0,
        "inbox": 0,
        "sessions": 0,
        "failures": 0,
        "tokens": 0,
        "limits": 0,
    }
    clock.move(days=179)
    log(records, "a2", "web:1", answer("新"))
    assert records.flush()
    assert records.purge(clock.now) == {
        "questions": 1,
        "feedback": 1,
        "preferences": 1,
        "turns": 0,
        "handled": 0,
        "cards": 0,
        "inbox": 0,
        "sessions": 0,
        "failures": 0,
        "tokens": 0,
        "limits": 0,
    }
    assert [row.question for row in records.read(lambda c: unanswered(c, NOON))] == ["新"]


def test_what_is_too_old_goes_by_itself(tmp_path: Path, clock: Clock, monkeypatch):
    """At the start and once a day, with nobody calling; no byte of it is left in the files."""
    records = open_records(RecordsSettings(), tmp_path, 3, clock)
    log(records, "a1", "web:1", answer("早就过期的问题"))
    records.close()
    clock.move(days=180, seconds=1)
    again = open_records(RecordsSettings(), tmp_path, 3, clock)
    log(again, "a2", "web:1", answer("后来也过期的问题"))
    assert [row.question for row in again.read(lambda c: unanswered(c, NOON))] == ["后来也过期的问题"]
    again.close()
    assert "早就过期".encode() not in b"".join(path.read_bytes() for path in tmp_path.iterdir())
    monkeypatch.setattr(bot.records.writer, "_CHORE_S", 0.01)  # a day
    running = open_records(RecordsSettings(), tmp_path, 3, clock)
    clock.move(days=180, seconds=1)
    until = monotonic() + 20
    while running.read(lambda c: unanswered(c, NOON)) and monotonic() < until:
        sleep(0.01)
    assert running.read(lambda c: unanswered(c, NOON)) == ()
    running.close()


def test_an_update_is_handled_once(records: Records, tmp_path: Path, clock: Clock):
    """By whichever process comes first; another channel has numbers of its own."""
    other = open_records(RecordsSettings(), tmp_path, 3, clock)
    assert [records.is_new("telegram", "1"), other.is_new("telegram", "1"), other.is_new("wechat", "1")] == [
        True,
        False,
        True,
    ]
    other.close()


def test_hot_topics_need_enough_different_people(records: Records):
    """One asker asking often makes nothing hot; words are not part of a topic."""
    for number in range(3):
        log(records, f"a{number}", f"web:{number}", answer("补贴多少", AnswerStatus.ANSWERED, "一"))
        log(records, f"b{number}", "web:1", answer("养老金呢", AnswerStatus.ANSWERED, "二"))
    found = records.read(lambda c: hot_topics(c, NOON, records.settings.hot_min_askers, 10))
    assert found == (Topic("plan", "一", 3, 3),)


def test_figures(records: Records, clock: Clock):
    """Counts of the period, percentiles by nearest rank."""
    log(records, "old", "web:1", answer("早先"))
    clock.move(days=1)
    since = clock.now
    log(records, "a1", "web:1", answer("一", AnswerStatus.ANSWERED, "一"))
    log(records, "a2", "telegram:1", answer("二"))
    records.judge("a1", "web:1", Verdict.USEFUL, None, "")
    found = records.read(lambda c: statistics(c, since))
    assert (found.questions, found.askers) == (2, 2)
    assert found.by_status == {"answered": 1, "not_found": 1}
    assert found.by_channel == {"telegram": 1, "web": 1}
    assert found.by_verdict == {"useful": 1}
    assert found.latency_ms == {"p50": 12.346, "p95": 12.346}
    assert records.read(lambda c: statistics(c, since.replace(year=2030))).latency_ms == {}


@pytest.mark.parametrize("question", ["\ud800半个字", "零\0字节", "", "长" * 100_000])
def test_odd_questions_are_logged_too(records: Records, question: str):
    """What no database takes is taken out."""
    log(records, "a1", "web:1", answer(question))
    (found,) = records.read(lambda c: unanswered(c, NOON))
    assert found.question == question.replace("\ud800", "?").replace("\0", "")[:2000]


def test_a_database_that_goes_away(records: Records, tmp_path: Path, caplog):
    """Recalling gives nothing, once in the log; nothing is raised."""
    records.keep_turn("web:1", "一")
    records.flush()
    records.engine.dispose()
    for name in ("", "-wal", "-shm"):
        (tmp_path / f"{DATABASE}{name}").unlink(missing_ok=True)
    (tmp_path / DATABASE).write_bytes(b"broken" * 1000)
    assert records.recall("web:1") == records.recall("web:1") == Remembered()
    assert [r.getMessage()[:18] for r in caplog.records] == ["读不出以前的问题,追问可能听不懂:运"]
