"""The admin's verbs over HTTP, by token: the same library, jobs and audit log as the pages."""

import asyncio
import json
from datetime import timedelta

import httpx
import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import GenerationMode
from schemathesis.specs.openapi.checks import negative_data_rejection

from bot.access import Deed
from bot.accounts.accounts import Accounts
from bot.channels.web.admin.api_guard import PREFIX
from bot.cli.main import main
from bot.errors import InputError
from bot.records.audit import entries, verify_chain
from bot.settings import ConsoleSettings
from tests.bot.admin.site import NOTICE, PLAN, REVISED

ALL = frozenset(Deed)
_EXAMPLES = 10  # of each verb: seconds


def accounts_of(assistant) -> Accounts:
    return Accounts(assistant.records, ConsoleSettings())


def program(made, assistant, user: str = "guan", scopes: frozenset[Deed] = ALL) -> httpx.AsyncClient:
    """A program with a token."""
    token = accounts_of(assistant).issue_token("测试", user, scopes, 1)
    transport = httpx.ASGITransport(made, raise_app_exceptions=False)
    headers = {"Authorization": f"Bearer {token.secret}"}
    return httpx.AsyncClient(transport=transport, base_url=f"http://policy.test{PREFIX}", headers=headers)


async def ended(client: httpx.AsyncClient, begun: httpx.Response) -> dict:
    """Wait until what was begun has ended."""
    assert begun.status_code == 202, begun.text
    while (job := (await client.get(f"/jobs/{begun.json()['job']}")).json())["state"] == "running":
        await asyncio.sleep(0.1)  # as often as a program may ask
    return job


def uploads(site) -> list[str]:
    folder = site.config.data_dir / "uploads"
    return [path.name for path in folder.iterdir()] if folder.is_dir() else []


async def test_the_whole_way(own):
    """Preview, replace, add, withdraw, restore, roll back, history: done, on record by token, nothing left lying."""
    site, assistant, made = own
    client = program(made, assistant)
    file, before = {"file": ("new.txt", REVISED.encode())}, site.corpus()
    preview = (await client.post("/preview", files=file, data={"replaces": "plan"})).json()
    assert (preview["document"], preview["difference"] is None) == ("plan", False)
    assert (site.corpus(), uploads(site)) == (before, [])
    job = await ended(client, await client.post("/replace", files=file, data={"document": "plan"}))
    assert (job["state"], job["lines"][-1]) == ("done", "发布前的检查都过了")
    notice = {"file": ("notice.txt", NOTICE.encode())}
    job = await ended(
        client, await client.post("/add", files=notice, data={"id": "tongzhi", "region": "乙市"})
    )
    assert job["state"] == "done", job
    said = {"document": "tongzhi", "reason": "过期"}
    assert (await ended(client, await client.post("/withdraw", data=said)))["lines"][0] == "tongzhi 已撤下"
    job = await ended(client, await client.post("/restore", data={"document": "tongzhi"}))
    assert job["lines"][0] == "tongzhi 已恢复"
    assistant._answerer.refresh()
    live = assistant.generation
    job = await ended(client, await client.post("/rollback", data={"generation": str(live)}))
    assert job["state"] == "done", job
    history = (await client.get("/documents/tongzhi/history")).json()["events"]
    assert [event["action"] for event in history] == ["rolled_back", "added", "withdrawn", "added"]
    assert {event["actor"] for event in history} == {"api:guan"}
    assert uploads(site) == []
    done = [entry for entry in assistant.records.read(lambda c: entries(c, 50)) if entry.actor == "api:guan"]
    assert {entry.action for entry in done} >= {"document.replace", "document.replace.done", "index.rollback"}
    known = {one.id for one in accounts_of(assistant).tokens()}
    assert {entry.detail["by_token"] for entry in done} <= known
    assert assistant.records.read(verify_chain) is None


async def test_the_gate_holds_for_programs(own):
    """What the gate finds is said and nothing changes; force is a scope of its own, and its reason is on record."""
    site, assistant, made = own
    case = '{"question": "有没有欠薪保障金", "expect": "plan"}\n'
    (site.config.corpus_dir / "regression.jsonl").write_text(case, encoding="utf-8")
    short = PLAN.split("二、")[0].replace("(三)欠薪。建立欠薪保障金。\n", "")
    short = short.replace("(一)补贴。对灵活就业人员给予社会保险补贴。\n", "")
    file, data = {"file": ("short.txt", short.encode())}, {"document": "plan"}
    client = program(made, assistant, scopes=ALL - {Deed.FORCE})
    before = site.corpus()
    job = await ended(client, await client.post("/replace", files=file, data=data))
    assert (job["state"], "回归题“有没有欠薪保障金”应答 plan" in job["lines"][0]) == ("refused", True)
    forced = {**data, "force": "条款确已废止"}
    refused = await client.post("/replace", files=file, data=forced)
    assert (refused.status_code, "force" in refused.json()["error"]) == (403, True)
    assert site.corpus() == before
    client = program(made, assistant)
    job = await ended(client, await client.post("/replace", files=file, data=forced))
    assert (job["state"], "强制发布" in job["lines"][1]) == ("done", True)
    done = [entry for entry in assistant.records.read(lambda c: entries(c, 9)) if entry.detail.get("forced")]
    assert [(entry.actor, entry.detail["forced"]) for entry in done] == [("api:guan", "条款确已废止")]
    assert uploads(site) == []


@pytest.mark.parametrize(
    ("path", "files", "data", "status", "words"),
    [
        ("/add", {}, {"region": "甲市"}, 422, "缺少 file"),
        ("/add", {"file": ("a.txt", b"x")}, {"titel": "甲"}, 422, "titel 不认识"),
        ("/add", {"file": ("a.txt", b"x")}, {"title": ["甲", "乙"]}, 422, "title 写了不止一次"),
        ("/withdraw", {}, {"document": "plan", "reason": "长" * 301}, 422, "reason 太长"),
        ("/preview", {"file": ("plan.txt", PLAN.encode())}, {}, 409, "plan"),
        ("/preview", {"file": ("a.pdf", b"no pdf")}, {}, 409, "读不了 a.pdf"),
        ("/replace", {"file": ("a.txt", b"x")}, {"document": "nobody"}, 409, "没有编号为 nobody 的文件"),
        ("/withdraw", {}, {"document": "plan"}, 422, "缺少 reason"),
        ("/withdraw", {}, {"document": "nobody", "reason": "试"}, 409, "nobody"),
        ("/restore", {}, {"document": "plan", "version": "zzz"}, 409, "zzz"),
        ("/rollback", {}, {"generation": "999999"}, 409, "没有回滚"),
    ],
)
async def test_what_cannot_be_done(shared, path, files, data, status, words):
    """One sentence that names what is wrong; nothing is begun and no file is left."""
    site, assistant, made = shared
    sent = await program(made, assistant).post(path, files=files or None, data=data)
    assert (sent.status_code, words in sent.json()["error"]) == (status, True), sent.text
    assert uploads(site) == []


async def test_a_file_that_is_too_large(shared):
    """The same limit as in the console, known before the body is read."""
    site, assistant, made = shared
    client = program(made, assistant)
    length = str((site.config.settings.index.max_file_mb << 20) + (1 << 20))
    headers = {"Content-Length": length, "Content-Type": "multipart/form-data; boundary=b"}
    sent = await client.post("/add", headers=headers, content=b"--b--")
    assert sent.status_code == 413
    sent = await client.post("/withdraw", headers={**headers, "Content-Length": "1000000"}, content=b"--b--")
    assert sent.status_code == 413


async def test_tokens_end(own):
    """With their time, with their user, when they are revoked; a lower role takes its deeds away."""
    _site, assistant, made = own
    accounts, records = accounts_of(assistant), assistant.records
    clients = [program(made, assistant, user) for user in ("guan", "bian", "kan")]
    assert [(await client.get("/documents/plan/history")).status_code for client in clients] == [200] * 3
    file = {"file": ("a.txt", NOTICE.encode())}
    said = {"region": "乙市", "published": "2024-01-31"}
    sent = [await client.post("/preview", files=file, data=said) for client in clients]
    assert [one.status_code for one in sent] == [200, 200, 403], sent[0].text
    assert [(await client.post("/rollback")).status_code for client in clients] == [422, 403, 403]
    accounts.disable("测试", "bian")
    accounts.revoke_token("测试", next(one.id for one in accounts.tokens() if one.user == "kan"))
    assert [(await client.get("/documents/plan/history")).status_code for client in clients] == [
        200,
        401,
        401,
    ]
    clock = records.clock
    records.clock = lambda: clock() + timedelta(days=1)
    assert (await clients[0].get("/documents/plan/history")).status_code == 401
    assert (await clients[0].get("/documents/plan/history")).headers["WWW-Authenticate"] == "Bearer"


def test_only_the_digest_is_stored(own):
    """The secret of a token is in no file of the installation, and not in what lists them."""
    site, assistant, _made = own
    token = accounts_of(assistant).issue_token("测试", "guan", {Deed.LOOK}, 30)
    assistant.records.flush()
    stored = b"".join(path.read_bytes() for path in site.config.data_dir.glob("service.db*"))
    assert (token.id.encode() in stored, token.secret.encode() in stored) == (True, False)
    assert (token.secret in repr(token), accounts_of(assistant).tokens()[0].secret) == (False, "")


@pytest.mark.parametrize(
    ("user", "scopes", "days", "words"),
    [
        ("nobody", {Deed.LOOK}, 1, "没有用户 nobody"),
        ("guan", set(), 1, "至少要有一种权限"),
        ("guan", {Deed.LOOK}, 0, "1 到 366"),
        ("guan", {Deed.LOOK}, 367, "1 到 366"),
    ],
)
def test_tokens_that_are_not_made(shared, user, scopes, days, words):
    """For nobody, for nothing, for ever."""
    with pytest.raises(InputError, match=words):
        accounts_of(shared[1]).issue_token("测试", user, scopes, days)


def test_the_commands(own, capsys):
    """Made once, listed without its secret, revoked, on record."""
    site, assistant, _made = own
    paths = ["--config", str(site.folder / "config.yaml"), "--data-dir", str(site.config.data_dir)]
    assert main(["users", "token", "bian", "--scopes", "look", "edit", "--json", *paths]) == 0
    made = json.loads(capsys.readouterr().out)
    session = accounts_of(assistant).bearer(made["token"])
    assert session is not None
    assert (session.user, session.granted) == ("bian", {Deed.LOOK, Deed.EDIT})
    assert main(["users", "tokens", "--json", *paths]) == 0
    row = json.loads(capsys.readouterr().out)
    assert (row["id"], row["scopes"], "token" in row) == (made["id"], ["edit", "look"], False)
    assert main(["users", "revoke", made["id"], *paths]) == 0
    assert accounts_of(assistant).bearer(made["token"]) is None
    assert main(["users", "revoke", made["id"], *paths]) == 1
    done = [entry.action for entry in assistant.records.read(lambda c: entries(c, 2))]
    assert done == ["token.revoked", "token.issued"]


@pytest.mark.parametrize(
    ("user", "mode"),
    [("kan", GenerationMode.POSITIVE), ("guan", GenerationMode.POSITIVE), ("guan", GenerationMode.NEGATIVE)],
)
def test_the_description(own, user, mode):
    """What schemathesis sends, allowed or not, is answered as described, to those who may and to those who may not."""
    _site, assistant, made = own
    secret = accounts_of(assistant).issue_token("测试", user, ALL, 1).secret
    api = schemathesis.openapi.from_asgi("/api/v1/openapi.json", made).include(path_regex=f"^{PREFIX}/")
    tried = set()
    for found in api.get_all_operations():
        operation = found.ok()

        @settings(
            max_examples=_EXAMPLES,
            derandomize=True,
            database=None,
            deadline=None,
            phases=[Phase.explicit, Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        @given(case=operation.as_strategy(generation_mode=mode))
        def check(case):
            tried.add(case.operation.path.removeprefix(PREFIX))
            # all fields of a form are strings: a number or a list that is sent as one cannot be told from it
            skipped = [negative_data_rejection] if mode is GenerationMode.NEGATIVE else []
            case.call_and_validate(headers={"Authorization": f"Bearer {secret}"}, excluded_checks=skipped)

        check()
    assert tried == {
        "/preview",
        "/add",
        "/replace",
        "/withdraw",
        "/restore",
        "/rollback",
        "/documents/{name}/history",
        "/jobs/{job}",
    }
