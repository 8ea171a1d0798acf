"""From upload to publication and back, over the real app and a real index."""

import pytest

from bot.admin.library import LOCK
from bot.records.audit import entries, verify_chain
from index.publish import writer_lock
from tests.bot.admin.site import NOTICE, PLAN, REVISED
from tests.bot.channels.web.admin.conftest import person_of

HOSTILE = "<img src=x onerror=alert(1)>"


async def ask(person, question: str) -> str:
    answer = await person.client.post("/api/v1/ask", json={"question": question})
    return "".join(citation["quote"] for citation in answer.json()["citations"])


def refresh(assistant) -> None:
    """See what was published now, and not within the second."""
    assistant._answerer.refresh()


async def test_the_whole_way(own):
    """Upload, preview, difference, publish, another answer; roll back, the answer of before; all on record."""
    _site, assistant, made = own
    person = person_of(made, "guan")
    await person.sign_in()
    assert "450人" in await ask(person, "每年培训多少农民工")
    preview = await person.upload("new.txt", REVISED.encode(), "plan")
    page = (await person.open(preview)).text
    assert "目标值 培训农民工 450人→500人" in page
    ended = await person.finish(await person.send(preview, preview, act="publish"))
    assert "plan 已发布" in ended
    refresh(assistant)
    assert "500人" in await ask(person, "每年培训多少农民工")
    assert (await person.open(preview)).status_code == 409
    ended = await person.finish(await person.send("/admin/rollback", "/admin/rollback"))
    assert "已回滚" in ended
    refresh(assistant)
    assert "450人" in await ask(person, "每年培训多少农民工")
    done = assistant.records.read(lambda c: entries(c, 6))
    assert [(entry.actor, entry.action, entry.subject) for entry in done[:5]] == [
        ("web:guan", "index.rollback.done", ""),
        ("web:guan", "index.rollback", ""),
        ("web:guan", "document.replace.done", "plan"),
        ("web:guan", "document.replace", "plan"),
        ("web:guan", "upload.received", "new.txt"),
    ]
    assert assistant.records.read(verify_chain) is None


async def test_a_new_document(own):
    """Fields the text does not say are asked for and kept; then it is published, withdrawn and restored."""
    site, _assistant, made = own
    person = person_of(made, "guan")
    await person.sign_in()
    preview = await person.upload("通知.txt", NOTICE.replace("乙市", "").encode())
    page = (await person.open(preview)).text
    assert "看不出是哪个地方的文件" in page
    assert "--" not in page.partition("<main")[2]
    assert 'value="publish"' not in page
    await person.send(preview, preview, act="save", region="乙市", number="乙府发〔2024〕1号", id="notice")
    assert 'value="乙府发〔2024〕1号"' in (await person.open(preview)).text
    ended = await person.finish(await person.send(preview, preview, act="publish"))
    assert "notice 已发布" in ended
    page = "/admin/documents/notice"
    ended = await person.finish(await person.send(page, f"{page}/withdraw", reason="发错了"))
    assert "notice 已撤下" in ended
    shown = (await person.open(page)).text
    assert ("已经撤下" in shown, "发错了" in shown) == (True, True)
    ended = await person.finish(await person.send(page, f"{page}/restore"))
    assert "notice 已恢复" in ended
    assert [document.id for document in site.library.listed()] == ["plan", "notice"]


async def test_held_back_and_forced(own):
    """What the gate finds is shown and nothing changes; only an admin may force it, with a reason, on record."""
    site, assistant, made = own
    case = '{"question": "有没有欠薪保障金", "expect": "plan"}\n'
    (site.config.corpus_dir / "regression.jsonl").write_text(case, encoding="utf-8")
    short = (
        PLAN.split("二、")[0]
        .replace("(三)欠薪。建立欠薪保障金。\n", "")
        .replace("(一)补贴。对灵活就业人员给予社会保险补贴。\n", "")
    )
    editor, admin = person_of(made, "bian"), person_of(made, "guan")
    await editor.sign_in()
    await admin.sign_in()
    preview = await editor.upload("short.txt", short.encode(), "plan")
    before = site.corpus()
    ended = await editor.finish(await editor.send(preview, preview, act="publish"))
    assert "回归题“有没有欠薪保障金”应答 plan" in ended
    assert site.corpus() == before
    token = (await editor.form(preview, preview))["csrf"]
    refused = await editor.client.post(preview, data={"csrf": token, "act": "force", "reason": "急"})
    assert refused.status_code == 403
    assert 'value="force"' not in (await editor.open(preview)).text
    assert (await admin.send(preview, preview, act="force", reason=" ")).status_code == 409
    ended = await admin.finish(await admin.send(preview, preview, act="force", reason="条款确已废止"))
    assert "强制发布" in ended
    forced = [e for e in assistant.records.read(lambda c: entries(c, 9)) if e.detail.get("forced")]
    assert [(e.actor, e.action, e.detail["forced"]) for e in forced] == [
        ("web:guan", "document.replace", "条款确已废止")
    ]


async def test_an_expired_session_loses_no_upload(own):
    """Signed out in the middle: the form says so, and after signing in the preview is as it was."""
    _, assistant, made = own
    person = person_of(made, "bian")
    await person.sign_in()
    preview = await person.upload("new.txt", REVISED.encode(), "plan")
    fields = await person.form(preview, preview)
    with assistant.records.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE sessions SET seen = '2020-01-01 00:00:00.000000'")
    answer = await person.client.post(preview, data={**fields, "act": "publish"})
    assert answer.status_code == 401
    assert ("登录已过期" in answer.text, f"sign-in?next={preview[1:]}" in answer.text) == (True, True)
    assert (await person.sign_in()).status_code == 303
    stale = await person.client.post(preview, data={**fields, "act": "publish"})
    assert (stale.status_code, "放得太久" in stale.text) == (403, True)
    assert "450人→500人" in (await person.open(preview)).text
    ended = await person.finish(await person.send(preview, preview, act="publish"))
    assert "plan 已发布" in ended


async def test_two_tabs(own):
    """The second of two tabs is told who is at it; a file published in one is gone in the other."""
    _site, _, made = own
    first, second = person_of(made, "guan"), person_of(made, "bian")
    await first.sign_in()
    await second.sign_in()
    preview = await first.upload("new.txt", REVISED.encode(), "plan")
    fields = await second.form(preview, preview)
    begun = await first.send(preview, preview, act="publish")
    busy = await second.client.post(preview, data={**fields, "act": "publish"})
    assert busy.status_code == 409
    assert ("guan 从" in busy.text and "正在发布 new.txt" in busy.text) or "已经处理过" in busy.text
    await first.finish(begun)
    gone = await second.client.post(preview, data={**fields, "act": "publish"})
    assert (gone.status_code, "已经处理过" in gone.text) == (409, True)


async def test_another_process_is_writing(own):
    """The page says which process and since when; the file waits on."""
    site, _, made = own
    person = person_of(made, "bian")
    await person.sign_in()
    preview = await person.upload("new.txt", REVISED.encode(), "plan")
    with writer_lock(site.config.data_dir, LOCK):
        ended = await person.finish(await person.send(preview, preview, act="publish"))
    assert "另一个进程正在更新" in ended
    assert "450人→500人" in (await person.open(preview)).text


async def test_a_rollback_of_what_was_not_seen(own):
    """The page to confirm was of another generation: nothing is rolled back."""
    person = person_of(own[2], "guan")
    await person.sign_in()
    answer = await person.send("/admin/rollback", "/admin/rollback", generation="0")
    assert (answer.status_code, "之后变过\uff0c没有回滚" in answer.text) == (409, True)


@pytest.mark.parametrize(
    "name", [HOSTILE + ".txt", "../../etc/passwd", "a\x00b.txt", "\u202etxt.exe", "", "x" * 300 + ".txt"]
)
async def test_hostile_names(shared, name):
    """A name is text, whatever is in it, and never a path."""
    site, _, made = shared
    person = person_of(made, "bian")
    await person.sign_in()
    answer = await person.send(
        "/admin/upload", "/admin/upload", files={"file": (name, f"通知\n\n一、{HOSTILE}\n".encode())}
    )
    if not name:
        assert answer.status_code == 409
        return
    page = (await person.open("/admin/upload/" + answer.headers["location"].rpartition("/")[2])).text
    assert HOSTILE not in page
    token = answer.headers["location"].rpartition("/")[2]
    inside = [path.name for path in (site.config.data_dir / "uploads" / token).iterdir()]
    assert len(inside) == 2
    assert all("/" not in one and "\x00" not in one for one in inside)


async def test_hostile_words(shared):
    """What a document says of itself is shown as text in every field."""
    person = person_of(shared[2], "bian")
    await person.sign_in()
    words = f"甲市{HOSTILE}办法\n\n一、对象\n{HOSTILE}发放津贴100元。\n"
    preview = await person.upload("x.txt", words.encode())
    await person.send(preview, preview, act="save", region=HOSTILE, title=f'"{HOSTILE}')
    page = (await person.open(preview)).text
    assert HOSTILE not in page
    assert "&lt;img src=x onerror=alert(1)&gt;" in page


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "是空的"),
        (b"\xff\xfe\x00\x01\x02\x81", ""),
        (b"%PDF-1.7 broken", ""),
    ],
)
async def test_broken_files(shared, content, message):
    """The page says what is wrong with a file; it is not offered for publication."""
    person = person_of(shared[2], "bian")
    await person.sign_in()
    preview = await person.upload("x.pdf" if content.startswith(b"%PDF") else "x.txt", content)
    page = (await person.open(preview)).text
    assert (message in page, 'role="alert"' in page, 'value="publish"' in page) == (True, True, False)


async def test_too_large(shared):
    """A body over the cap is refused before it is read, and a stranger's is not read at all."""
    person = person_of(shared[2], "bian")
    await person.sign_in()
    headers = {"content-length": str(101 << 20), "content-type": "multipart/form-data; boundary=x"}

    async def endless():
        yield b"--x\r\n"
        raise AssertionError("read on")

    answer = await person.client.post("/admin/upload", headers=headers, content=endless())
    assert (answer.status_code, "文件太大了" in answer.text) == (413, True)
    stranger = person_of(shared[2])
    assert (await stranger.client.post("/admin/upload", headers=headers, content=b"x")).status_code == 401


@pytest.mark.parametrize(
    "body",
    [b"", b"--x\r\n\r\n", b"nonsense", b'--x\r\nContent-Disposition: form-data; name="csrf"\r\n\r\n\xff'],
)
async def test_broken_forms(shared, body):
    """A form that cannot be read is refused in words."""
    person = person_of(shared[2], "bian")
    await person.sign_in()
    answer = await person.client.post(
        "/admin/upload", headers={"content-type": "multipart/form-data; boundary=x"}, content=body
    )
    assert answer.status_code in (400, 403)
    assert 'role="alert"' in answer.text
