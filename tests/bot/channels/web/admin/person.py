"""A person at the console without a browser: opens pages, fills their forms in, sends them."""

import asyncio
import re
from html.parser import HTMLParser

import httpx

PATIENCE_S = 30


class _Forms(HTMLParser):
    """The forms of a page: action → fields with their values, the first choice of each list."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str]]] = []
        self._select = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "form":
            self.found.append((given.get("action") or "", {}))
        elif tag in ("input", "textarea") and self.found and given.get("type") not in ("file", "submit"):
            if given.get("name"):
                self.found[-1][1][given["name"]] = given.get("value") or ""
        elif tag == "select" and self.found:
            self._select = given.get("name") or ""
        elif (
            tag == "option"
            and self._select
            and (self._select not in self.found[-1][1] or "selected" in given)
        ):
            self.found[-1][1][self._select] = given.get("value") or ""


def forms_of(page: str) -> list[tuple[str, dict[str, str]]]:
    parser = _Forms()
    parser.feed(page)
    return parser.found


class Person:
    """Their client holds the cookies."""

    def __init__(self, client: httpx.AsyncClient) -> None:
        self.client, self.name, self.password = client, "", ""

    async def open(self, path: str) -> httpx.Response:
        return await self.client.get(path)

    async def form(self, page: str, action: str) -> dict[str, str]:
        """The fields of the form of a page that goes to ``action``."""
        answer = await self.open(page)
        assert answer.status_code == 200, answer.text
        found = [
            fields
            for where, fields in forms_of(answer.text)
            if where.endswith(action.lstrip("/")) and "csrf" in fields
        ]
        assert found, (action, [where for where, _ in forms_of(answer.text)])
        return found[0]

    async def send(self, page: str, action: str, files=None, **fields: str) -> httpx.Response:
        """Fill in the form of a page and send it."""
        filled = {**await self.form(page, action), **fields}
        return await self.client.post(action, data=filled, files=files)

    async def sign_in(self, password: str = "") -> httpx.Response:
        return await self.send(
            "/admin/sign-in", "/admin/sign-in", user=self.name, password=password or self.password
        )

    async def upload(self, name: str, content: bytes, target: str = "") -> str:
        """Upload a file; return the address of its preview."""
        page = f"/admin/upload?target={target}" if target else "/admin/upload"
        answer = await self.send(page, "/admin/upload", files={"file": (name, content)})
        assert answer.status_code == 303, answer.text
        return "/admin/upload/" + answer.headers["location"].rpartition("/")[2]

    async def finish(self, answer: httpx.Response) -> str:
        """Wait until what was begun has ended; return the page that says how."""
        assert answer.status_code == 303, answer.text
        job = "/admin/jobs/" + answer.headers["location"].rpartition("/")[2]
        async with asyncio.timeout(PATIENCE_S):
            while (await self.open(f"{job}/state")).json()["state"] == "running":
                await asyncio.sleep(0.02)
        return (await self.open(job)).text


def texts(page: str, pattern: str) -> list[str]:
    """What stands between tags that match."""
    return [re.sub(r"<[^>]+>", "", found).strip() for found in re.findall(pattern, page, re.DOTALL)]
