"""The web console, the API and WeChat: routes, scopes and signatures of those who may not."""

import re
import time
from collections.abc import AsyncIterator, Iterator, Mapping
from itertools import product

import httpx
from fastapi import FastAPI

from bot.access import ConsoleRole, Deed, may
from bot.channels.web.admin.api_guard import PREFIX as PROGRAMS
from bot.channels.web.admin.guard import COOKIE
from bot.channels.wechat import wire
from tests.bot.barred.site import KEYS, PASSWORD, USERS, WECHAT, Try, browser

PARTS = {"name": "jia", "token": "0" * 16, "job": "0" * 16, "at": "0", "cluster": "0" * 8}
OPEN = {("GET", "/admin/sign-in"), ("POST", "/admin/sign-in")}
FOR_ADMINS = re.compile(r"/(?:withdraw|restore|rollback)$")
FOR_VIEWERS = "/admin/sign-out"  # the only thing that a viewer may send
BARRED = {401, 403}


def console_routes(web: FastAPI, within: str = "/admin") -> list[tuple[str, str]]:
    """Every route of the console, or of the verbs for programs, however it was added, with a name in place of each parameter."""
    found: set[tuple[str, str]] = set()

    def walk(routes: object) -> None:
        for route in routes:  # type: ignore[attr-defined]
            inside = getattr(route, "original_router", None)
            if inside is not None:
                walk(inside.routes)
            elif getattr(route, "path", "").startswith(within):
                found.update(
                    (method, re.sub(r"{(\w+)[^}]*}", lambda m: PARTS[m[1]], route.path))
                    for method in route.methods
                )

    walk(web.router.routes)
    return sorted(found - OPEN)


async def token_of(client: httpx.AsyncClient, path: str) -> str:
    """The token in the first form of a page."""
    found = re.search(r'name="csrf" value="([^"]+)"', (await client.get(path)).text)
    assert found
    return found[1]


async def signed_in(client: httpx.AsyncClient, name: str) -> str:
    """Sign in; return the token of the session's forms."""
    csrf = await token_of(client, "/admin/sign-in")
    said = {"csrf": csrf, "user": name, "password": PASSWORD, "next": "admin"}
    assert (await client.post("/admin/sign-in", data=said)).status_code == 303
    return await token_of(client, "/admin/documents")


def _barred(answer: httpx.Response) -> bool:
    return answer.status_code in BARRED or "/sign-in?next=" in answer.headers.get("location", "")


async def console(web: FastAPI) -> AsyncIterator[Try]:
    """Strangers and forged sessions on every route; lower roles and foreign tokens on all that changes something."""
    routes = console_routes(web)
    for cookie in ("", "0" * 43, "'; DROP TABLE users; --"):
        async with browser(web) as client:
            for method, path in routes:
                headers = {"Cookie": f"{COOKIE}={cookie}"} if cookie else {}
                sent = await client.request(
                    method, path, headers=headers, data={"csrf": "0"} if method == "POST" else None
                )
                yield Try(
                    "console", f"{method} {path}", "伪造的会话" if cookie else "没登录", not _barred(sent)
                )
    for name, role in USERS.items():
        async with browser(web) as client, browser(web) as other:
            csrf, foreign = await signed_in(client, name), await signed_in(other, "guan")
            for method, path in routes:
                if method != "POST":
                    continue
                may_not = role == ConsoleRole.VIEWER or (
                    role == ConsoleRole.EDITOR and FOR_ADMINS.search(path)
                )
                forms = [
                    {},
                    {"csrf": foreign},
                    *([{"csrf": csrf}] if may_not and path != FOR_VIEWERS else []),
                ]
                for form in forms:
                    sent = await client.post(path, data=form)
                    yield Try(
                        "console",
                        f"POST {path}",
                        f"{role.value} {list(form)}",
                        sent.status_code not in BARRED,
                    )


def _needs(method: str, path: str) -> Deed:
    """The deed of a verb for programs, by its address."""
    if method == "GET":
        return Deed.LOOK
    return Deed.UNDO if FOR_ADMINS.search(path) else Deed.EDIT


async def _with_useless(web: FastAPI, spent: Mapping[str, str]) -> AsyncIterator[Try]:
    made_up = {
        "没有": "",
        "编的": "Bearer policybot_0",
        "注入": "Bearer ' OR 1=1 --",
        "别的": "Basic Z3Vhbjp4",
    }
    ended = {who: f"Bearer {secret}" for who, secret in spent.items()}
    async with browser(web) as client:
        await signed_in(client, "guan")  # a cookie of the console opens nothing here
        for who, header in (made_up | ended).items():
            for method, path in console_routes(web, PROGRAMS):
                sent = await client.request(method, path, headers={"Authorization": header} if header else {})
                yield Try("programs", f"{method} {path}", who, sent.status_code != 401)


async def programs(web: FastAPI, tokens: Mapping[str, str]) -> AsyncIterator[Try]:
    """No token, made-up, expired and revoked ones, a session's cookie; tokens without the scope or of a lower role.

    :param tokens: secrets by ``user:scope``, and those that are of no use any more
    """
    async for each in _with_useless(web, {who: t for who, t in tokens.items() if ":" not in who}):
        yield each
    async with browser(web) as client:
        for who, secret in tokens.items():
            user, _, scope = who.partition(":")
            for method, path in console_routes(web, PROGRAMS) if scope else ():
                deed = _needs(method, path)
                if scope == deed and may(USERS[user], deed):
                    continue
                headers = {"Authorization": f"Bearer {secret}"}
                sent = await client.request(method, path, headers=headers)
                yield Try("programs", f"{method} {path}", who, sent.status_code != 403)
        headers = {"Authorization": f"Bearer {tokens[f'guan:{Deed.UNDO}']}"}
        fields = {"document": "jia", "reason": "试", "force": "试"}  # undo alone overrules no gate
        sent = await client.post(f"{PROGRAMS}/withdraw", data=fields, headers=headers)
        yield Try("programs", "POST force", "guan:undo", sent.status_code != 403)


async def interface(web: FastAPI) -> AsyncIterator[Try]:
    """Unknown keys, keys without the scope, forms that other sites send, deleting without an id."""
    base, who = "/api/v1", {"X-Asker": "0" * 32}
    asked = {"question": "补贴"}
    judged = {"id": "0" * 32, "verdict": "useful"}
    calls = [
        ("ask", "POST", "/ask", asked),
        ("feedback", "POST", "/feedback", judged),
        ("feedback", "DELETE", "/asker", None),
        *(("read", "GET", path, None) for path in ("/documents", "/documents/jia", "/indicators")),
    ]
    async with browser(web) as client:
        for scope, method, path, body in calls:
            wrong = ["x", "' OR 1=1 --", "0" * 64, *(key for other, key in KEYS.items() if other != scope)]
            for key in wrong:
                sent = await client.request(method, base + path, json=body, headers={**who, "X-API-Key": key})
                yield Try("api", f"{method} {path}", f"密钥 {key[:10]}", sent.status_code not in BARRED)
        for site, (method, path, body) in product(
            ("cross-site", "same-site"), (("POST", "/feedback", judged), ("DELETE", "/asker", None))
        ):
            headers = {**who, "Sec-Fetch-Site": site}
            sent = await client.request(method, base + path, json=body, headers=headers)
            yield Try("api", f"{method} {path}", site, sent.status_code != 403)
        for sent_id in ({}, {"X-Asker": ""}, {"X-Asker": "*"}, {"X-Asker": "0" * 31}):
            sent = await client.delete(f"{base}/asker", headers=sent_id)
            yield Try("api", "DELETE /asker", "没有编号", sent.status_code != 422)


def _seals() -> Iterator[tuple[str, dict[str, str]]]:
    now, nonce = str(int(time.time())), "n1"
    yield "没有签名", {}
    yield "空的签名", {"timestamp": now, "nonce": nonce, "signature": ""}
    for who, token, stamp in (
        ("别人的令牌", "other", now),
        ("过期", WECHAT, str(int(now) - 3600)),
        ("将来", WECHAT, str(int(now) + 3600)),
    ):
        yield who, {"timestamp": stamp, "nonce": nonce, "signature": wire.signature(token, stamp, nonce)}
    yield "换了时间", {"timestamp": now, "nonce": nonce, "signature": wire.signature(WECHAT, now, "n2")}


def _said(words: str, number: int) -> bytes:
    return (
        f"<xml><ToUserName>gh</ToUserName><FromUserName>o1</FromUserName><CreateTime>1</CreateTime>"
        f"<MsgType>text</MsgType><Content>{words}</Content><MsgId>{number}</MsgId></xml>"
    ).encode()


async def wechat(web: FastAPI) -> AsyncIterator[Try]:
    """Messages that WeChat did not sign, and signatures taken from another message."""
    verbs = ("灵活就业有补贴吗", "删除我的记录", "帮助")
    async with browser(web) as client:
        for who, seal in _seals():
            got = await client.get("/wechat", params={**seal, "echostr": "7"})
            yield Try("wechat", "验证", who, got.status_code != 403)
            for number, verb in enumerate(verbs):
                sent = await client.post("/wechat", params=seal, content=_said(verb, number))
                yield Try("wechat", verb, who, sent.status_code != 403)
        now = str(int(time.time()))
        seal = {"timestamp": now, "nonce": "r", "signature": wire.signature(WECHAT, now, "r")}
        assert (await client.post("/wechat", params=seal, content=_said("帮助", 100))).status_code == 200
        for number, verb in enumerate(verbs):
            sent = await client.post("/wechat", params=seal, content=_said(verb, 200 + number))
            yield Try("wechat", verb, "重放", sent.status_code != 403)
