"""The life of a document: added, replaced, withdrawn, rolled back; refused where it must be."""

from dataclasses import replace

import pytest

import index.build
from bot.admin import versions
from bot.admin.library import LOCK
from bot.admin.types import GateError
from bot.errors import InputError
from bot.render.difference import summary, wording_line
from index import manifest
from index.errors import CorpusError, StoreError
from index.history import Action
from index.publish import writer_lock
from retrieval.types import AnswerStatus
from tests.bot.admin.site import NOTICE, PLAN, REVISED, Site


def test_an_added_document_answers(site: Site):
    """What is added is in the manifest, in the history, and answers at once."""
    (document,) = manifest.load(site.config.corpus_dir)
    assert (document.id, document.title, document.region) == ("plan", "甲市就业规划", "甲市")
    assert site.quotes("灵活就业有补贴吗")[0] == "补贴。对灵活就业人员给予社会保险补贴。"
    (event,) = versions.history(site.config, "plan")
    assert (event.action, event.actor, event.version) == (Action.ADDED, "测试员", document.version)


def test_a_preview_writes_nothing(site: Site):
    """A preview says what would be published and leaves everything as it is."""
    before = site.corpus()
    preview = site.library.preview(site.file("notice.txt", NOTICE), {"region": "乙市"})
    assert (preview.entry["title"], preview.passages, preview.indicators) == ("乙市养老补贴通知", 1, 1)
    assert site.corpus() == before


def test_a_replacement(site: Site):
    """The new words answer, the old ones do not; the difference names clauses and values."""
    old = manifest.load(site.config.corpus_dir)[0]
    outcome = site.library.replace("plan", site.file("new.txt", REVISED), {})
    assert outcome.preview is not None
    assert outcome.preview.difference is not None
    assert summary(outcome.preview.difference) == "+1 条,−1 条,1 条改动;目标值 培训农民工 450人→500人"
    (value,) = [v for v in outcome.preview.difference.values if v.before and v.after]
    assert (value.before.value, value.after.value) == ("450", "500")
    assert not any("欠薪" in quote for quote in site.quotes("欠薪保障金"))
    assert "500人" in site.quotes("每年培训多少农民工")[0]
    assert versions.read(site.config, "plan", old.version).text == PLAN
    assert [e.action for e in versions.history(site.config, "plan")] == [Action.REPLACED, Action.ADDED]


def test_a_withdrawn_document_is_silent_and_kept(site: Site):
    """Its words are gone from answers and kept in the history."""
    version = manifest.load(site.config.corpus_dir)[0].version
    site.library.add(site.file("notice.txt", NOTICE), {"region": "乙市"})
    site.library.withdraw("plan", "重复")
    assert [document.id for document in manifest.load(site.config.corpus_dir)] == ["notice"]
    answer = site.ask("灵活就业人员社会保险补贴")
    assert {citation.document for citation in answer.citations} <= {"notice"}
    assert versions.read(site.config, "plan", version).text == PLAN
    event = versions.history(site.config, "plan")[0]
    assert (event.action, event.note, event.version) == (Action.WITHDRAWN, "重复", "")


def test_rollback_brings_files_and_answers_back(site: Site):
    """One command undoes a publication: manifest, files and index together; a second goes further back."""
    first = site.corpus()
    site.library.replace("plan", site.file("new.txt", REVISED), {})
    second = site.corpus()
    site.library.withdraw("plan", force=True)
    site.library.rollback()
    assert site.corpus() == second
    assert "500人" in site.quotes("每年培训多少农民工")[0]
    site.library.rollback()
    assert site.corpus() == first
    assert "450人" in site.quotes("每年培训多少农民工")[0]
    assert versions.history(site.config, "plan")[0].action is Action.ROLLED_BACK


def test_after_a_rollback_the_index_is_up_to_date(site: Site):
    """The documents' folder agrees with the index: nothing rolls forward again by itself."""
    site.library.replace("plan", site.file("new.txt", REVISED), {})
    site.library.rollback()
    report = site.library.update()
    assert (report.changed, report.published) == ((), False)


def test_a_superseded_document_answers_only_when_asked_for(site: Site):
    """The newer one answers; the older one by its title, with a note."""
    newer = PLAN.replace("甲市就业规划", "甲市就业规划(修订)").replace("社会保险补贴", "一次性补贴")
    site.library.add(site.file("newer.txt", newer), {"region": "甲市"}, supersedes="plan")
    assert {c.document for c in site.ask("灵活就业有补贴吗").citations} == {"newer"}
    asked = site.ask("旧版里灵活就业有补贴吗")
    assert "plan" in {c.document for c in asked.citations}
    assert "已被《甲市就业规划(修订)》替代" in next(
        c.validity for c in asked.citations if c.document == "plan"
    )


def test_a_superseded_document_of_the_same_title(site: Site):
    """Title alone asks the text in force; the number of the older one, or 旧版, asks the older one."""
    site.library.replace("plan", site.file("again.txt", PLAN + "\n"), {"number": "甲府发〔2021〕3号"})
    newer = PLAN.replace("社会保险补贴", "一次性补贴")
    site.library.add(
        site.file("newer.txt", newer), {"region": "甲市", "number": "甲府发〔2026〕5号"}, supersedes="plan"
    )
    asked = {
        question: {citation.document for citation in site.ask(question).citations}
        for question in (
            "甲市就业规划里灵活就业有补贴吗",
            "甲府发[2021]3号里灵活就业有补贴吗",
            "旧版甲市就业规划里灵活就业有补贴吗",
        )
    }
    assert asked == {
        "甲市就业规划里灵活就业有补贴吗": {"newer"},
        "甲府发[2021]3号里灵活就业有补贴吗": {"plan"},
        "旧版甲市就业规划里灵活就业有补贴吗": {"plan"},
    }


def test_what_was_withdrawn_can_be_restored(site: Site):
    """The last version comes back with its entry; an earlier version of a live document can, too."""
    first = manifest.load(site.config.corpus_dir)[0]
    site.library.replace("plan", site.file("new.txt", REVISED), {"contacts": ["12345"]})
    site.library.withdraw("plan")
    assert manifest.load(site.config.corpus_dir) == ()
    site.library.restore("plan")
    (document,) = manifest.load(site.config.corpus_dir)
    assert (document.contacts, document.period) == (("12345",), first.period)
    assert "500人" in site.quotes("每年培训多少农民工")[0]
    site.library.restore("plan", first.version)
    assert "450人" in site.quotes("每年培训多少农民工")[0]
    with pytest.raises(InputError, match=f"plan 现在就是版本 {first.version}"):
        site.library.restore("plan", first.version)


def test_a_difference_reads_both_versions_alike(site: Site):
    """The kept file is read with the same facts as the live one: nothing but the edit differs."""
    site.library.replace("plan", site.file("new.txt", PLAN.replace("450人", "500人")), {})
    older, newer, found = versions.difference(site.config, "plan")
    assert summary(found) == "1 条改动;目标值 培训农民工 450人→500人"
    assert [older, newer] == [event.version for event in reversed(versions.history(site.config, "plan"))]
    (change,) = found.changed
    assert wording_line(change.before, change.after) == "(二)培训。每年培训农民工[-450-][+500+]人。"


def test_only_the_last_versions_keep_their_files(site: Site):
    """The history names all versions; the files of old ones go once no generation holds them."""
    settings = site.config.settings
    short = settings.index.model_copy(update={"keep_versions": 2, "keep_generations": 2})
    few = replace(site, config=replace(site.config, settings=settings.model_copy(update={"index": short})))
    for amount in (500, 550, 600):
        few.library.replace("plan", few.file("new.txt", PLAN.replace("450", str(amount))), {})
    kept = [event.version for event in versions.history(few.config, "plan")]
    assert "550人" in versions.text(few.config, "plan", kept[1])
    with pytest.raises(StoreError, match=f"plan 的版本 {kept[3]} 没有留存文件.*index.keep_versions"):
        versions.text(few.config, "plan", kept[3])


def test_a_file_that_is_not_there(site: Site):
    """The path is named."""
    with pytest.raises(InputError, match=r"读不了 .*nowhere\.txt"):
        site.library.add(site.folder / "nowhere.txt", {"region": "乙市"})


def test_a_file_too_large(site: Site):
    """Two hundred megabytes are refused before they are read."""
    path = site.folder / "large.txt"
    with path.open("wb") as file:
        file.truncate(200 << 20)
    with pytest.raises(InputError, match=r"large\.txt 超过上限 100 MB"):
        site.library.add(path, {"region": "乙市"})


def test_a_broken_manifest(site: Site):
    """The line is named, and nothing is changed."""
    path = site.config.corpus_dir / "manifest.yaml"
    broken = path.read_bytes() + b"  - id: [\n"
    path.write_bytes(broken)
    with pytest.raises(CorpusError, match=r"manifest\.yaml 第 \d+ 行不是合法的 YAML"):
        site.library.add(site.file("notice.txt", NOTICE), {"region": "乙市"})
    assert path.read_bytes() == broken
    assert site.ask("灵活就业有补贴吗").status is AnswerStatus.ANSWERED


def test_a_second_writer(site: Site):
    """One change at a time: the second is told who is at it and since when."""
    with (
        writer_lock(site.config.data_dir, LOCK),
        pytest.raises(StoreError, match=r"另一个进程正在更新 .*\(进程 \d+,始于 \d{4}-"),
    ):
        site.library.withdraw("plan")
    assert [d.id for d in manifest.load(site.config.corpus_dir)] == ["plan"]


@pytest.mark.parametrize(
    ("name", "words", "given", "message"),
    [
        ("again.txt", PLAN, {"region": "甲市"}, "已经收录了:plan"),
        ("other.txt", NOTICE, {"region": "乙市", "id": "plan"}, "id plan 已经有了"),
        ("nowhere.txt", "通知\n\n一、对象\n老人每月发放津贴。\n", {}, "请用 --region 说明"),
        ("blank.txt", "  \n", {"region": "乙市"}, "是空的"),
        ("data.xls", "x", {"region": "乙市"}, "不认识后缀"),
        ("page.pdf", "<html>不是 PDF</html>", {"region": "乙市"}, "page.pdf"),
        ("notice.txt", NOTICE, {"region": "乙市", "id": "../passwd"}, r"id = '../passwd':只能由小写字母"),
        ("notice.txt", NOTICE, {"region": "乙市", "period": "2025-2021"}, "period = '2025-2021':应写成"),
        ("notice.txt", NOTICE, {"region": "乙市", "published": "去年"}, "published = '去年':应写成"),
        (".", NOTICE, {"region": "乙市"}, "是文件夹;请给出一份文件的路径"),
    ],
)
def test_what_is_refused(site: Site, name, words, given, message):
    """The reason is said; the live index and the folder are untouched."""
    before = site.corpus()
    path = site.folder if name == "." else site.file(name, words)
    with pytest.raises((InputError, CorpusError), match=message):
        site.library.add(path, given)
    assert site.corpus() == before
    assert site.ask("灵活就业有补贴吗").status is AnswerStatus.ANSWERED


def test_a_number_that_is_live(site: Site):
    """A second document of the same number is refused, with the verbs that would be right."""
    site.library.add(site.file("a.txt", NOTICE), {"region": "乙市", "number": "乙府发〔2024〕1号"})
    with pytest.raises(InputError, match=r"docs replace yishi.*--supersedes yishi"):
        site.library.add(
            site.file("b.txt", NOTICE + "另行通知。\n"), {"region": "乙市", "number": "乙府发〔2024〕1号"}
        )


def test_the_gate_holds_back_what_breaks_a_known_answer(site: Site):
    """A question of the regression set that would no longer be answered stops the publication; --force does it."""
    (site.config.corpus_dir / "regression.jsonl").write_text(
        '{"question": "有没有欠薪保障金", "expect": "plan"}\n', encoding="utf-8"
    )
    before = site.corpus()
    short = (
        PLAN.split("二、")[0]
        .replace("(三)欠薪。建立欠薪保障金。\n", "")
        .replace("(一)补贴。对灵活就业人员给予社会保险补贴。\n", "")
    )
    with pytest.raises(GateError, match="回归题“有没有欠薪保障金”应答 plan"):
        site.library.replace("plan", site.file("short.txt", short), {})
    assert site.corpus() == before
    assert "欠薪保障金" in site.quotes("欠薪保障金")[0]
    outcome = site.library.replace("plan", site.file("short.txt", short), {}, force=True)
    assert len(outcome.forced) == 1
    note = versions.history(site.config, "plan")[0].note
    assert note == f"更新为 short.txt;强制发布,没过的检查:{outcome.forced[0]}"


def test_the_gate_holds_back_what_reads_worse(site: Site, monkeypatch):
    """A program that reads less of an unchanged file does not get past the gate; the old index goes on."""
    read = index.build.read_version
    monkeypatch.setattr("index.build.fingerprint", lambda: "another program")
    monkeypatch.setattr("index.build.read_version", lambda *given: replace(read(*given), indicators=()))
    with pytest.raises(GateError, match="plan 的指标从 1 条减到 0 条,文件却没有变"):
        site.library.update()
    assert "450人" in site.quotes("每年培训多少农民工")[0]


def test_a_regression_set_that_cannot_be_read(site: Site):
    """The line is named."""
    (site.config.corpus_dir / "regression.jsonl").write_text('{"question": "有吗"}\n', encoding="utf-8")
    with pytest.raises(CorpusError, match=r"regression\.jsonl 第 1 行没有 expect"):
        site.library.update()
