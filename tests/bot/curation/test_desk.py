"""The admin's round: what waits, what is decided, what that changes."""

import json

import pytest

from bot.admin.types import GateError
from bot.curation import staged
from bot.errors import InputError
from bot.records.audit import entries, verify_chain
from bot.records.decisions import decided
from bot.records.types import DecisionKind
from index.errors import CorpusError, PolicybotError
from tests.bot.curation.conftest import Desk
from tests.bot.records.conftest import NOON

FUND = "公积金怎么提取"
DRONE = "学开无人机找谁"
MOBILE = "13812345678"


def _decisions(desk: Desk) -> list[tuple[str, str, str | None, str | None]]:
    made = desk.records.read(lambda c: decided(c, NOON))
    return [(one.kind.value, one.question, one.document, one.clause) for one in made]


def _cases(desk: Desk) -> list[dict[str, str]]:
    return [json.loads(line) for line in desk.files()["regression.jsonl"].decode().splitlines()]


def test_what_waits(desk: Desk):
    """The same question of several people is one; a thumbs down makes an answered one wait; numbers are masked."""
    assert desk.ask(FUND, asker="web:1") == ["not_found"]
    desk.ask("公积金怎么提取?", "你好", asker="web:2")
    desk.ask(f"我电话{MOBILE},驾照怎么换", asker="web:2")
    assert desk.ask("每年培训多少农民工", asker="web:3", useless="数不对,打我电话13812345678") == ["answered"]
    found = {cluster.question: cluster for cluster in desk.curation.open().clusters}
    assert set(found) == {"公积金怎么提取?", "我电话[手机号],驾照怎么换", "每年培训多少农民工"}
    fund, training = found["公积金怎么提取?"], found["每年培训多少农民工"]
    assert (fund.count, fund.askers, fund.statuses, fund.wordings) == (2, 2, {"not_found": 2}, (FUND,))
    assert (training.useless, training.reasons) == (1, {"wrong": 1})
    assert training.comments == ("数不对,打我电话[手机号]",)
    assert desk.waiting()[0] == "公积金怎么提取?"


def test_attach(desk: Desk):
    """The clause answers from the next publication on; until then the question is no longer open."""
    desk.ask(DRONE)
    (cluster,) = desk.curation.open().clusters
    done = desk.curation.attach(cluster.id, "甲市", "一(二)")
    assert done.files == ("questions/plan.yaml", "regression.jsonl")
    assert desk.files()["questions/plan.yaml"].decode().endswith(f"- clause: 一/(二)\n  ask:\n  - {DRONE}\n")
    assert _cases(desk) == [{"question": DRONE, "expect": "plan", "clause": "一/(二)"}]
    assert _decisions(desk) == [("attached", DRONE, "plan", "一/(二)")]
    desk.ask(DRONE)  # of the index as it was: nothing new
    assert desk.waiting() == []
    desk.site.library.update()
    assert desk.site.quotes(DRONE)[0].startswith("培训。")
    (audited,) = desk.records.read(lambda c: entries(c, 5))
    assert (audited.actor, audited.action, audited.subject) == ("管理员", "question.attached", DRONE)
    assert desk.records.read(verify_chain) is None


def test_open_again(desk: Desk):
    """Asked again after the publication and still no use, it waits again, with what was decided before."""
    desk.ask(FUND)
    desk.curation.out_of_scope(FUND, "归住建局", publish=True)
    assert desk.waiting() == []
    assert desk.ask(FUND, asker="web:9") == ["not_found"]
    (cluster,) = desk.curation.open().clusters
    assert (cluster.question, cluster.count, cluster.decided.kind) == (FUND, 1, DecisionKind.OUT_OF_SCOPE)
    assert cluster.decided.note == "归住建局"


def test_out_of_scope(desk: Desk):
    """The question and near-identical ones are told so; others of the same words are not."""
    asked = "灵活就业人员怎么补贴"
    assert desk.ask(asked) == ["partial"]
    desk.curation.out_of_scope(asked, publish=True)
    told = "这件事不在收录的文件管的范围里\uff0c这里答不了。"
    for question in (asked, "灵活就业人员怎么补贴?", "请问灵活就业人员怎么补贴"):
        answer = desk.site.ask(question)
        assert (answer.status.value, answer.statements[0].text, answer.citations) == ("not_found", told, ())
    others = desk.ask("灵活就业人员补贴多少钱", "灵活就业人员社会保险补贴")
    assert others == ["partial", "answered"]
    assert _cases(desk) == [{"question": asked, "expect": "not_found"}]


def test_attaching_brings_it_back_into_scope(desk: Desk):
    """The later decision holds: in the list, in the regression set, in answers."""
    desk.curation.out_of_scope(DRONE, publish=True)
    desk.curation.attach(DRONE, "plan", "一/(二)", publish=True)
    assert desk.files()["out_of_scope.yaml"].decode().endswith("[]\n")
    assert _cases(desk) == [{"question": DRONE, "expect": "plan", "clause": "一/(二)"}]
    assert desk.site.ask(DRONE).status.value != "not_found"


def test_synonym(desk: Desk):
    """A phrase is understood at once, and its example is a regression case."""
    desk.ask("打黑工被坑了找谁")
    done = desk.curation.synonym(
        "被坑了", ["欠薪", "欠薪保障金"], question="被坑了怎么办", document="plan", address="一(三)"
    )
    assert (done.report.generation, desk.live()) == (2, 2)
    assert (
        desk.files()["lexicon.yaml"].decode()
        == "entries:\n  - say: [被坑了]\n    official: [欠薪, 欠薪保障金]\n"
    )
    assert desk.site.quotes("被坑了怎么办")[0].startswith("欠薪。")
    assert desk.waiting() == []
    assert _cases(desk) == [{"question": "被坑了怎么办", "expect": "plan", "clause": "一/(三)"}]


def test_missing(desk: Desk):
    """Noted, with why; whatever a later document answers passes the gate."""
    desk.ask(FUND)
    desk.curation.missing(FUND, f"要办法原文,联系{MOBILE}")
    assert (desk.waiting(), _cases(desk)) == ([], [{"question": FUND, "expect": "missing"}])
    (made,) = desk.records.read(lambda c: decided(c, NOON))
    assert made.note == "要办法原文,联系[手机号]"
    paper = desk.site.file("fund.txt", "甲市公积金办法\n\n一、提取\n公积金凭身份证到窗口提取。\n")
    desk.site.library.add(paper, {"region": "甲市"})
    assert desk.ask(FUND) != ["not_found"]


def test_the_gate_refuses(desk: Desk):
    """Files, decisions and answers are as they were; the audit log has both."""
    before = desk.files()
    with pytest.raises(GateError, match="每年培训多少农民工"):
        # the thesaurus cannot make another clause answer this
        desk.curation.synonym(
            "黑中介", ["欠薪"], question="每年培训多少农民工", document="plan", address="二(一)"
        )
    assert (desk.files(), desk.live(), _decisions(desk)) == (before, 1, [])
    assert not (desk.site.config.data_dir / staged.NOTE).exists()
    actions = [one.action for one in desk.records.read(lambda c: entries(c, 5))]
    assert actions == ["question.refused", "question.synonym"]
    assert desk.site.quotes("每年培训多少农民工")


@pytest.mark.parametrize(
    ("refused", "why"),
    [
        (lambda c: c.attach(FUND, "plan", "九(九)"), "没有“九"),
        (lambda c: c.attach(FUND, "乙市", "一(一)"), "没有收录“乙市”"),
        (lambda c: c.attach("0a1b2c3d", "plan", "一(一)"), "没有编号为 0a1b2c3d"),
        (lambda c: c.attach("??", "plan", "一(一)"), "应是一句话"),
        (lambda c: c.missing("长" * 600), "最多 500 字"),
        (lambda c: c.synonym("薪", ["工资"]), "至少 2 个字"),
        (lambda c: c.synonym("工资", ["工资"]), "不能同时"),
        (lambda c: c.synonym("工钱", [" "]), "空的"),
    ],
)  # fmt: skip
def test_refused(desk: Desk, refused, why):
    """One line says why; nothing is changed."""
    before = desk.files()
    with pytest.raises(InputError, match=why):
        refused(desk.curation)
    assert (desk.files(), _decisions(desk)) == (before, [])


def test_not_twice(desk: Desk):
    """What is so already is not written again, and the two lists do not contradict each other."""
    desk.curation.attach(DRONE, "plan", "一(二)")
    desk.curation.out_of_scope(FUND)
    desk.curation.synonym("被坑了", ["欠薪"])
    before = desk.files()
    for again, why in (
        (lambda c: c.attach(f"{DRONE}?", "plan", "一(二)"), "已经是"),
        (lambda c: c.out_of_scope("公积金怎么提取?"), "已经列为超出范围"),
        (lambda c: c.out_of_scope(DRONE), "相似问"),
        (lambda c: c.synonym("被坑了", ["欠薪"]), "词库里已经有"),
    ):
        with pytest.raises(InputError, match=why):
            again(desk.curation)
    assert desk.files() == before


@pytest.mark.parametrize(
    ("name", "words"),
    [("regression.jsonl", "{"), ("out_of_scope.yaml", "a: 1"), ("questions/plan.yaml", "- [")],
)
def test_a_damaged_file(desk: Desk, name: str, words: str):
    """It is named, and left for a person to mend."""
    path = desk.site.config.corpus_dir / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(words, encoding="utf-8")
    before = desk.files()
    with pytest.raises(CorpusError, match=path.name):
        desk.curation.attach(DRONE, "plan", "一(二)")
    assert (desk.files(), _decisions(desk)) == (before, [])


@pytest.mark.parametrize("recorded", [False, True])
def test_after_a_crash(desk: Desk, recorded: bool):
    """The next verb takes back what was not recorded, and keeps what was."""
    before = desk.files()
    done = desk.curation.attach(DRONE, "plan", "一(二)")
    after = desk.files()
    for name in done.files:
        path = desk.site.config.corpus_dir / name
        if name in before:
            path.write_bytes(before[name])
        else:
            path.unlink()
    at = done.decision.at.isoformat() if recorded else "2020-01-01T00:00:00"
    staged.begin(desk.site.config, {name: after[name] for name in done.files}, DRONE, at)
    with pytest.raises(PolicybotError):
        desk.curation.synonym("工资", ["工资"])
    assert desk.files() == (after if recorded else before)
    assert not (desk.site.config.data_dir / staged.NOTE).exists()


def test_a_database_that_cannot_be_written(desk: Desk):
    """What is not in the log is not done."""
    before = desk.files()
    desk.records.flush()
    with desk.records.engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE audit RENAME TO elsewhere")
    with pytest.raises(PolicybotError, match="运行记录"):
        desk.curation.attach(DRONE, "plan", "一(二)")
    assert desk.files() == before
