"""Values, thesaurus, similar questions, the question log, verdicts, figures and the audit log, over the real app."""

import pytest

from bot.records.audit import entries
from index import overrides, questions
from index.lexicon import load as load_lexicon
from tests.bot.channels.web.admin.conftest import person_of

VALUES = "/admin/documents/plan/values"
SIMILAR = "/admin/documents/plan/similar"
LEXICON = """# 词库
entries:
  # 第一条
  - say: [打零工, 干散活]
    official: [灵活就业]
  - say: [工钱]   # 第二条
    official: [工资]
"""


async def signed_in(made, name: str = "bian"):
    person = person_of(made, name)
    await person.sign_in()
    return person


def actions(assistant, count: int) -> list[tuple[str, str, str]]:
    listed = assistant.records.read(lambda c: entries(c, count))
    return [(entry.actor, entry.action, entry.subject) for entry in listed]


async def publish(person, assistant) -> str:
    ended = await person.finish(await person.send("/admin/update", "/admin/update"))
    assistant._answerer.refresh()
    return ended


async def test_a_value_corrected_and_taken_back(own):
    """A unit is corrected with a reason, shows after publishing, and goes back as it was."""
    site, assistant, made = own
    person = await signed_in(made)
    page = f"{VALUES}/0"
    answer = await person.send(page, page, act="save", name="农民工培训", category="技能", why="原文漏读")
    assert (answer.status_code, answer.headers["location"].endswith("values?done=saved")) == (303, True)
    (kept,) = overrides.load(site.config.corpus_dir, "plan")
    assert (kept.words, kept.value, kept.change.name, kept.by) == ("450", "450", "农民工培训", "bian")
    assert actions(assistant, 1) == [("web:bian", "value.corrected", "plan")]
    assert "已发布" in await publish(person, assistant)
    assert [row.name for row in assistant.store.indicators] == ["农民工培训"]
    assert "更正\uff1a原文漏读" in (await person.open(VALUES)).text.replace(":", "\uff1a")
    await person.send(VALUES, VALUES)
    await publish(person, assistant)
    assert [row.name for row in assistant.store.indicators] == ["培训农民工"]
    assert overrides.load(site.config.corpus_dir, "plan") == ()


async def test_the_last_value_hidden(own):
    """What is no indicator is hidden; where a document has no other value the gate asks whether that is meant."""
    site, assistant, made = own
    person = await signed_in(made)
    await person.send(f"{VALUES}/0", f"{VALUES}/0", act="hide", why="不是指标")
    (kept,) = overrides.load(site.config.corpus_dir, "plan")
    assert (kept.action, kept.why) == (overrides.Action.HIDE, "不是指标")
    assert "指标从 1 条减到 0 条" in await publish(person, assistant)
    assert len(assistant.store.indicators) == 1


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"act": "save", "name": "别的"}, "请写明为什么"),
        ({"act": "save", "why": "试"}, "没有改动任何一项"),
        ({"act": "save", "value": "999", "why": "试"}, "“999”不在这一条的原文里"),
        ({"act": "save", "comparator": "??", "why": "试"}, "comparator"),
        ({"act": "save", "name": "别的", "why": "试", "key": "0-1-target-x"}, "打开之后变过"),
    ],
)
async def test_a_correction_that_cannot_be(shared, fields, message):
    """The reason is said, nothing is written."""
    site, _, made = shared
    person = await signed_in(made)
    answer = await person.send(f"{VALUES}/0", f"{VALUES}/0", **fields)
    assert (answer.status_code, message in answer.text) == (409, True)
    assert not (site.config.corpus_dir / "indicators.yaml").exists()


async def test_similar_questions(own):
    """A question is attached to a clause and taken out again; comments of the file stay."""
    site, assistant, made = own
    person = await signed_in(made)
    answer = await person.send(SIMILAR, SIMILAR, act="add", question="打零工给补钱吗", address="一(一)")
    assert answer.status_code == 303, answer.text
    path = site.config.corpus_dir / "questions" / "plan.yaml"
    path.write_text(f"# 手写的说明\n{path.read_text(encoding='utf-8')}", encoding="utf-8")
    assert questions.load(site.config.corpus_dir, "plan")[0].ask == ("打零工给补钱吗",)
    refused = await person.send(SIMILAR, SIMILAR, act="add", question="打零工给补钱吗", address="一(一)")
    assert (refused.status_code, "已经是" in refused.text) == (409, True)
    forms = (await person.open(SIMILAR)).text
    assert "打零工给补钱吗" in forms
    token = (await person.form(SIMILAR, SIMILAR))["csrf"]
    removed = await person.client.post(
        SIMILAR, data={"csrf": token, "act": "remove", "clause": "一/(一)", "question": "打零工给补钱吗"}
    )
    assert removed.status_code == 303
    assert questions.load(site.config.corpus_dir, "plan") == ()
    assert "# 手写的说明" in path.read_text(encoding="utf-8")
    assert actions(assistant, 2)[0] == ("web:bian", "similar.removed", "plan")


async def test_the_thesaurus(own):
    """An entry is added, changed and taken out, each published at once; the other lines stay byte for byte."""
    site, assistant, made = own
    path = site.config.corpus_dir / "lexicon.yaml"
    path.write_text(LEXICON, encoding="utf-8")
    person = await signed_in(made)
    await publish(person, assistant)
    ended = await person.finish(
        await person.send("/admin/words", "/admin/words", say="欠饷", official="欠薪")
    )
    assert "欠饷 → 欠薪" in ended
    page = "/admin/words/1"
    ended = await person.finish(
        await person.send(page, page, act="save", say="工钱、血汗钱", official="工资、劳动报酬")
    )
    assert "改为 工钱、血汗钱 → 工资、劳动报酬" in ended
    assert [(one.say, one.official) for one in load_lexicon(path).entries] == [
        (("打零工", "干散活"), ("灵活就业",)),
        (("工钱", "血汗钱"), ("工资", "劳动报酬")),
        (("欠饷",), ("欠薪",)),
    ]
    ended = await person.finish(await person.send("/admin/words/2", "/admin/words/2", act="remove"))
    assert "删去这一条" in ended
    assert path.read_text(encoding="utf-8").startswith(LEXICON.partition("  - say: [工钱]")[0])
    assert len(load_lexicon(path).entries) == 2
    assistant._answerer.refresh()
    assert assistant.store.id == 5


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"say": "x", "official": "工资"}, "至少 2 个字"),
        ({"say": "工资", "official": "工资"}, "不能同时是"),
        ({"was_say": "别的", "say": "工钱", "official": "薪金"}, "打开之后被人改过"),
    ],
)
async def test_an_entry_that_cannot_be(own, fields, message):
    """The job says why; the file is as it was."""
    site, assistant, made = own
    path = site.config.corpus_dir / "lexicon.yaml"
    path.write_text(LEXICON, encoding="utf-8")
    person = await signed_in(made)
    await publish(person, assistant)
    ended = await person.finish(await person.send("/admin/words/1", "/admin/words/1", act="save", **fields))
    assert message in ended
    assert path.read_text(encoding="utf-8") == LEXICON


async def asked(person, question: str) -> str:
    return (await person.client.post("/api/v1/ask", json={"question": question})).json()["id"]


async def test_questions_decided(own):
    """What nobody could answer is listed by how many ask, decided about, and gone from the list."""
    _site, assistant, made = own
    person = await signed_in(made)
    hostile = "<script>alert(1)</script>火星移民补多少钱"
    await asked(person, hostile)
    await asked(person, "给外星人办养老吗")
    page = (await person.open("/admin/questions")).text
    assert ("&lt;script&gt;" in page, "<script>alert" in page) == (True, False)
    form = await person.form("/admin/questions", "/admin/questions")
    answer = await person.client.post(
        "/admin/questions", data={**form, "question": "给外星人办养老吗", "act": "out_of_scope"}
    )
    assert answer.status_code == 303, answer.text
    page = (await person.open("/admin/questions?done=out_of_scope")).text
    assert ("给外星人办养老吗" in page, "下一次发布" in page) == (False, True)
    assert actions(assistant, 1) == [("web:bian", "question.out_of_scope", "给外星人办养老吗")]
    refused = await person.client.post("/admin/questions", data={**form, "act": "attach"})
    assert (refused.status_code, "要选文件" in refused.text) == (409, True)


async def test_verdicts_figures_and_the_log(own):
    """A verdict with its comment, the day's figures, and a chain that is whole until somebody breaks it."""
    _, assistant, made = own
    person = await signed_in(made, "kan")
    answer = await asked(person, "每年培训多少农民工")
    body = {"id": answer, "verdict": "useless", "reason": "incomplete", "comment": "<b>没写</b> 13812345678"}
    assert (await person.client.post("/api/v1/feedback", json=body)).status_code in (200, 202, 204)
    page = (await person.open("/admin/feedback")).text
    assert [word in page for word in ("没用", "不完整", "&lt;b&gt;没写&lt;/b&gt;", "13812345678")] == [
        True,
        True,
        True,
        False,
    ]
    page = (await person.open("/admin/usage?days=7")).text
    assert ("<svg" in page, "<b>1</b><span>问题</span>" in page, 'class="answered"' in page) == (
        True,
        True,
        True,
    )
    assert (await person.open("/admin/usage?days=x")).status_code == 200
    assert "没有被改动" in (await person.open("/admin/audit")).text
    with assistant.records.engine.begin() as connection:
        connection.exec_driver_sql("DROP TRIGGER audit_no_update")
        connection.exec_driver_sql("UPDATE audit SET subject = 'x' WHERE id = 2")
    assert "第 2 条对不上" in (await person.open("/admin/audit")).text


@pytest.mark.parametrize(
    "path",
    [
        "/admin/documents/nobody",
        "/admin/documents/x/values",
        "/admin/words/99999",
        "/admin/jobs/x",
        "/admin/documents/plan/changes",
    ],
)
async def test_what_is_not_there(shared, path):
    """A page says so in words; nothing breaks."""
    person = await signed_in(shared[2])
    answer = await person.open(path)
    assert (answer.status_code in (404, 409), 'role="alert"' in answer.text) == (True, True)
