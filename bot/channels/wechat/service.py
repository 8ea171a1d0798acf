"""客服消息: sends an answer after the five seconds are over, with an access token that is fetched and renewed.

Formats: developers.weixin.qq.com, 客服消息 (custom/send) and 获取稳定版接口调用凭据 (stable_token).
"""

import asyncio
import logging
import time
from dataclasses import dataclass, field
from typing import Any

import httpx

from bot.channels.wechat.types import Account

LOG = logging.getLogger(__name__)
OFFICIAL = "https://api.weixin.qq.com"
_TIMEOUT_S = 10.0
_TRIES = 3
_STALE = frozenset({40001, 40014, 42001})  # the access token is wrong, malformed or has expired
_BUSY = -1  # "system busy, try again"
_EARLY_S = 300  # a token is renewed this long before it ends; WeChat lets both count for five minutes
_LONGEST_PAUSE_S = 5.0  # while WeChat cannot be reached; words arrive that soon after it can
_NEVER_SENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)
# what an administrator can do about a refusal
_ADVICE = {
    45015: "对方 48 小时内没有发过消息,不能主动发",
    45047: "连续发给对方的客服消息太多,要等对方再发一条",
    48001: "这个公众号没有客服消息接口的权限;请去掉 POLICYBOT_WECHAT_SECRET",
    40013: "app_id 不对;请核对 bot.wechat.app_id",
    40125: "密钥不对;请核对 POLICYBOT_WECHAT_SECRET",
    40164: "服务器的地址不在公众平台的 IP 白名单里;请在公众平台加上",
}


class _RefusedError(Exception):
    """WeChat said no; ``code`` is its errcode, or the HTTP status."""

    def __init__(self, code: int) -> None:
        super().__init__(str(code))
        self.code = code


@dataclass(slots=True)
class Sender:
    """Sends 客服消息 for one account; for one event loop."""

    account: Account
    base_url: str = OFFICIAL
    pause_s: float = 1.0  # before a second try, doubled each time
    patience_s: float = 600.0  # how long WeChat may be out of reach; nobody waits longer for an answer
    _token: str = field(default="", repr=False)
    _until: float = 0.0
    _turn: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def _call(self, path: str, body: dict[str, Any], **query: str) -> dict[str, Any]:
        url = f"{self.base_url.rstrip('/')}/cgi-bin/{path}"
        async with httpx.AsyncClient(timeout=_TIMEOUT_S) as client:
            response = await client.post(url, params=query, json=body)
        if response.status_code >= 400:
            raise _RefusedError(response.status_code if response.status_code < 500 else _BUSY)
        try:
            found = response.json()
        except ValueError:
            raise _RefusedError(_BUSY) from None
        if not isinstance(found, dict):
            raise _RefusedError(_BUSY)
        if found.get("errcode"):
            raise _RefusedError(int(found["errcode"]))
        return found

    async def _access_token(self) -> str:
        async with self._turn:  # one fetch, however many wait
            if time.monotonic() >= self._until:
                own = {
                    "grant_type": "client_credential",
                    "appid": self.account.app_id,
                    "secret": self.account.secret,
                }
                found = await self._call("stable_token", own)
                self._token = str(found.get("access_token", ""))
                self._until = time.monotonic() + max(float(found.get("expires_in", 0)) - _EARLY_S, 1)
            return self._token

    async def _try(self, openid: str, text: str) -> None:
        body = {"touser": openid, "msgtype": "text", "text": {"content": text}}
        try:
            await self._call("message/custom/send", body, access_token=await self._access_token())
        except _RefusedError as refusal:
            if refusal.code in _STALE:
                self._until = 0.0
            raise

    async def _connected(self, openid: str, text: str) -> None:
        """Try once, and again for as long as WeChat cannot be reached and somebody may still wait."""
        pause, until = self.pause_s, 0.0
        while True:
            try:
                return await self._try(openid, text)
            except _NEVER_SENT as error:
                until = until or time.monotonic() + self.patience_s
                if time.monotonic() + pause > until:
                    raise
                if pause == self.pause_s:
                    LOG.warning("客服消息发不出去(%s),连上微信以后再发", type(error).__name__)
            await asyncio.sleep(pause)
            pause = min(2 * pause, _LONGEST_PAUSE_S)

    async def send(self, openid: str, text: str) -> bool:
        """Send words to a person; False when WeChat does not take them, and the log says why.

        Tried again where the words surely did not arrive: no connection, WeChat busy, the access token expired.
        """
        pause = self.pause_s
        for last in [False] * (_TRIES - 1) + [True]:
            try:
                await self._connected(openid, text)
                return True
            except _RefusedError as refusal:
                code = refusal.code
                if last or code not in _STALE | {_BUSY}:
                    LOG.error("客服消息没有送出:微信返回 %s。%s", code, _ADVICE.get(code, ""))
                    return False
                wait = 0.0 if code in _STALE else pause
            except httpx.HTTPError as error:
                LOG.error("客服消息没有送出:连不上微信(%s);请检查网络", type(error).__name__)
                return False
            await asyncio.sleep(wait)
            pause *= 2
        return False
