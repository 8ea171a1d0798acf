"""Nobody gets in who may not: every route of the console, for everybody, with and without their own form."""

import pytest

from bot.access import ConsoleRole, Deed, may
from bot.channels.web.admin.guard import COOKIE
from tests.bot.channels.web.admin.conftest import USERS, person_of

OPEN = {("GET", "/admin/sign-in"), ("POST", "/admin/sign-in")}
PARTS = {"name": "plan", "token": "0" * 16, "job": "0" * 16, "at": "0", "cluster": "0" * 8}
# what editors and admins may and viewers may not; everything else a viewer may look at
EDITORS = {
    "/admin/update",
    "/admin/upload",
    "/admin/upload/{token}",
    "/admin/words/{at}",
    "/admin/documents/{name}/values/{at}",
}
ADMINS = {"/admin/documents/{name}/withdraw", "/admin/documents/{name}/restore", "/admin/rollback"}
VIEWERS_SEND = {"/admin/sign-out"}


def routes(made) -> list[tuple[str, str]]:
    """Every route under /admin, however it was added."""
    found: set[tuple[str, str]] = set()

    def walk(listed) -> None:
        for route in listed:
            inside = getattr(route, "original_router", None)
            if inside is not None:
                walk(inside.routes)
            elif getattr(route, "path", "").startswith("/admin"):
                found.update((method, route.path) for method in route.methods)

    walk(made.router.routes)
    return sorted(found)


def address(path: str) -> str:
    for part, value in PARTS.items():
        path = path.replace("{" + part + "}", value)
    return path


async def test_strangers(shared):
    """Without a session every page leads to the sign-in, every form is refused."""
    _, _, made = shared
    stranger = person_of(made)
    let_in = []
    for method, path in routes(made):
        if (method, path) in OPEN:
            continue
        answer = await stranger.client.request(
            method, address(path), data={"csrf": "0"} if method == "POST" else None
        )
        led = answer.status_code == 303 and "/sign-in?next=admin" in answer.headers["location"]
        if not (led if method == "GET" else answer.status_code == 401):
            let_in.append((method, path, answer.status_code))
    assert let_in == []
    assert len(routes(made)) >= 34


@pytest.mark.parametrize("cookie", ["x", "0" * 43, "'; DROP TABLE users; --", "é"])
async def test_forged_cookies(shared, cookie):
    """A cookie nobody was given is none."""
    answer = await person_of(shared[2]).client.get(
        "/admin/documents", headers={"Cookie": f"{COOKIE}={cookie}".encode()}
    )
    assert answer.status_code == 303


@pytest.mark.parametrize("user", list(USERS))
async def test_forms_that_are_not_their_own(shared, user):
    """A form without the session's token changes nothing, whoever sends it; who may not hears that first."""
    made = shared[2]
    person = person_of(made, user)
    await person.sign_in()
    other = person_of(made, "guan")
    await other.sign_in()
    foreign = (await other.form("/admin/documents", "/admin/sign-out"))["csrf"]
    let_in = []
    for method, path in routes(made):
        if method == "GET" or (method, path) in OPEN:
            continue
        for sent in (
            {},
            {"csrf": ""},
            {"csrf": "0" * 64},
            {"csrf": foreign},
            {"csrf": "\ud800".encode("utf-8", "replace")},
        ):
            answer = await person.client.post(address(path), data=sent)
            if answer.status_code != 403:
                let_in.append((path, sent, answer.status_code))
    assert let_in == []
    assert (await person.open("/admin/documents")).status_code == 200


@pytest.mark.parametrize("user", list(USERS))
async def test_roles(shared, user):
    """Each role gets to the pages of its deeds and to no other, also with its own form token."""
    made, role = shared[2], USERS[user]
    person = person_of(made, user)
    await person.sign_in()
    token = (await person.form("/admin/documents", "/admin/sign-out"))["csrf"]
    wrong = []
    for method, path in routes(made):
        if (method, path) in OPEN or path in VIEWERS_SEND:
            continue
        needed = (
            Deed.UNDO if path in ADMINS else Deed.EDIT if path in EDITORS or method == "POST" else Deed.LOOK
        )
        if method == "POST" and may(role, needed):
            continue  # what it does is tested where it is described
        answer = await person.client.request(
            method, address(path), data={"csrf": token} if method == "POST" else None
        )
        if (answer.status_code == 403) is may(role, needed) or answer.status_code >= 500:
            wrong.append((method, path, answer.status_code))
    assert wrong == []


async def test_headers(shared):
    """The cookie is out of reach of scripts and other sites; pages stay in no cache and in no frame."""
    person = person_of(shared[2], "guan", "https://policy.test")
    answer = await person.sign_in()
    (cookie,) = [c for c in answer.headers.get_list("set-cookie") if c.startswith(COOKIE)]
    assert [part in cookie for part in ("HttpOnly", "SameSite=strict", "Secure", "Path=/admin")] == [True] * 4
    shown = await person.open("/admin/documents")
    assert (shown.headers["cache-control"], shown.headers["x-frame-options"]) == ("no-store", "DENY")


async def test_signed_in_and_out(shared):
    """After signing in the page that was wanted comes; after signing out its cookie is worth nothing."""
    person = person_of(shared[2], "bian")
    wanted = await person.open("/admin/audit")
    asked = await person.client.get("/admin/" + wanted.headers["location"].rpartition("/admin/")[2])
    fields = {"user": "bian", "password": person.password}
    assert 'name="next" value="admin/audit"' in asked.text
    answer = await person.send(str(asked.request.url), "/admin/sign-in", **fields)
    assert answer.headers["location"] == "../admin/audit"
    kept = dict(person.client.cookies)
    await person.send("/admin/documents", "/admin/sign-out")
    assert (await person.open("/admin/documents")).status_code == 303
    stolen = person_of(shared[2])
    stolen.client.cookies.update(kept)
    assert (await stolen.open("/admin/documents")).status_code == 303


@pytest.mark.parametrize(
    "onwards",
    [
        "https://evil.test/",
        "//evil.test",
        "/evil",
        "admin/../../evil",
        "javascript:alert(1)",
        "admin\r\nx: y",
    ],
)
async def test_never_led_elsewhere(shared, onwards):
    """After signing in one is in the console, whatever the link said."""
    person = person_of(shared[2], "kan")
    fields = {"user": "kan", "password": person.password, "next": onwards}
    answer = await person.send("/admin/sign-in", "/admin/sign-in", **fields)
    assert answer.headers["location"] == "../admin"


async def test_locked_out(own):
    """Five wrong passwords: 429, how long to wait in words and as a header; a sign-in form of elsewhere counts for nothing."""
    person = person_of(own[2], "bian")
    forged = await person.client.post("/admin/sign-in", data={"user": "bian", "password": person.password})
    assert forged.status_code == 403
    wrong = [await person.sign_in("不是这个口令") for _ in range(5)]
    assert {answer.status_code for answer in wrong} == {401}
    assert "用户名或密码不对" in wrong[0].text
    answer = await person.sign_in()
    assert answer.status_code == 429
    assert 0 < int(answer.headers["retry-after"]) <= 900
    assert "分钟后再试" in answer.text


async def test_role_taken_away(own):
    """Who is disabled is out with their next click."""
    site, assistant, made = own
    person = person_of(made, "guan")
    await person.sign_in()
    from bot.accounts.accounts import Accounts

    Accounts(assistant.records, site.config.settings.bot.web.console).disable("测试", "guan")
    assert (await person.open("/admin/documents")).status_code == 303
    assert may(ConsoleRole.ADMIN, Deed.FORCE)
