"""``policybot questions …`` and ``policybot audit``, as typed."""

import json

import pytest

from bot.cli import main
from bot.records.database import DATABASE
from tests.bot.curation.conftest import Desk

FUND = "公积金怎么提取"


@pytest.fixture
def policybot(desk: Desk, capsys):
    """The command over the site: exit code, lines of stdout, stderr."""
    site = desk.site

    def run(*arguments: str) -> tuple[int, list[str], str]:
        desk.records.flush()
        paths = ("--config", str(site.folder / "config.yaml"), "--data-dir", str(site.config.data_dir))
        capsys.readouterr()
        try:
            code = main([*paths, *arguments])
        except SystemExit as error:
            code = int(error.code or 0)
        said = capsys.readouterr()
        return code, said.out.splitlines(), said.err

    return run


def test_a_round(desk: Desk, policybot):
    """Listed, decided, gone from the list, in the audit log."""
    desk.ask(FUND, useless="要准确的")
    desk.ask("补贴找谁领", asker="web:2")
    code, lines, _ = policybot("questions", "unanswered", "--json")
    found = {row["question"]: row for row in map(json.loads, lines)}
    assert (code, found[FUND]["count"], found[FUND]["reasons"]) == (0, 1, {"wrong": 1})
    assert (found[FUND]["statuses"], found[FUND]["comments"]) == ({"not_found": 1}, ["要准确的"])
    code, lines, _ = policybot("questions", "out-of-scope", found[FUND]["id"], "--publish", "--json")
    (done,) = map(json.loads, lines)
    assert (code, done["kind"], done["question"], done["generation"]) == (0, "out_of_scope", FUND, 2)
    assert done["files"] == ["out_of_scope.yaml", "regression.jsonl"]
    _, lines, _ = policybot("questions", "attach", "补贴找谁领", "甲市", "一(一)")
    assert lines == [
        "挂到条款:补贴找谁领 → plan 一(一)",
        "  改了 questions/plan.yaml、regression.jsonl",
        "下一次发布(policybot index)以后生效;加 --publish 当即发布",
    ]
    assert policybot("questions", "unanswered")[1] == ["没有等着处理的问题"]
    _, lines, _ = policybot("audit", "--json")
    logged = [(row["action"], row["subject"]) for row in map(json.loads, lines)]
    assert logged == [("question.attached", "补贴找谁领"), ("question.out_of_scope", FUND)]


def test_lines(desk: Desk, policybot):
    """What an admin reads: who, how often, when, how it was answered, what was said."""
    desk.ask(FUND, FUND, useless="没用")
    identifier = desk.curation.open().clusters[0].id
    assert policybot("questions", "unanswered")[1] == [
        f"{identifier}  {FUND}",
        "  1 人问了 2 次,最近 11-23 12:02;没答上 2、点“没用” 2(与实际不符 2)",
        "  留言:没用",
    ]


def test_stats(desk: Desk, policybot):
    """Counts by outcome; hot clauses only from five people on, and never a question."""
    for number in range(4):
        desk.ask("每年培训多少农民工", asker=f"web:{number}")
        desk.ask("每年培训多少农民工", asker="web:0")
    (before,) = map(json.loads, policybot("questions", "stats", "--json")[1])
    assert before["hot"] == []  # eight questions of four people
    desk.ask("每年培训多少农民工", asker="web:4")
    desk.ask(FUND)
    _, lines, _ = policybot("questions", "stats", "--json")
    (figures,) = map(json.loads, lines)
    assert (figures["questions"], figures["askers"]) == (10, 5)
    assert figures["by_status"] == {"answered": 9, "not_found": 1}
    assert figures["hot"] == [{"document": "plan", "clause": "一/(二)", "askers": 5, "questions": 9}]
    assert policybot("questions", "stats")[1][0] == "最近 30 天:5 人问了 10 次"


def test_verify(desk: Desk, policybot):
    """A whole chain is exit 0, a broken one exit 1 with the row named."""
    desk.curation.missing(FUND)
    assert policybot("audit", "--verify")[:2] == (0, ["操作记录完整,没有被改过"])
    with desk.records.engine.begin() as connection:
        connection.exec_driver_sql("DROP TRIGGER audit_no_update")
        connection.exec_driver_sql("UPDATE audit SET actor = '别人'")
    code, lines, said = policybot("audit", "--verify", "--json")
    assert (code, json.loads(lines[0])["broken"]["id"]) == (1, 1)
    assert said.startswith("policybot: 操作记录第 1 条不对:内容被改动过")


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("questions",), 2, "ACTION"),
        (("questions", "attach", FUND, "plan"), 2, "ADDRESS"),
        (("questions", "attach", FUND, "乙市", "一"), 1, "没有收录“乙市”"),
        (("questions", "unanswered", "--days", "0"), 2, "1 到 3650"),
        (("questions", "unanswered", "--days", "x"), 2, "x"),
        (("questions", "synonym", "坑了", "欠薪", "--question", "问"), 2, "要一起给"),
        (("questions", "missing", "\ud800"), 1, "应是一句话"),
    ],
)
def test_wrong_use(policybot, arguments, code, said):
    """Exit 2 for wrong use, 1 for what cannot be done, always with the reason."""
    found, lines, errors = policybot(*arguments)
    assert (found, lines) == (code, [])
    assert said in errors


def test_a_damaged_log(desk: Desk, policybot):
    """One clear line."""
    desk.records.close()
    (desk.site.config.data_dir / DATABASE).write_bytes(b"no database" * 99)
    for name in (f"{DATABASE}-wal", f"{DATABASE}-shm"):
        (desk.site.config.data_dir / name).unlink(missing_ok=True)
    code, lines, errors = policybot("questions", "unanswered")
    assert (code, lines, errors.count("\n")) == (1, [], 1)
    assert "从备份恢复" in errors
