"""Who may call the API and how often: by key where one is sent, by address where none is."""

import hmac
from collections.abc import Awaitable, Callable
from hashlib import sha256
from http import HTTPStatus
from ipaddress import IPv6Address, ip_address
from typing import Annotated

from fastapi import Header, Request
from fastapi.params import Depends as Dependency

from bot.channels.web.problems import RequestError
from bot.limits import Limiter, next_turn
from bot.settings import ApiKey, Scope, WebSettings

KEY_HEADER = "X-API-Key"
_IPV6_PREFIX = 64  # one household's addresses: a single one of them counts for nothing
# a header and not a security scheme: those are described as needed always, and this one is not
_Key = Annotated[str, Header(alias=KEY_HEADER, description="API 密钥;不填也能用,按地址限量")]
_TOO_OFTEN = "请求太频繁了,请 {seconds} 秒后再试。"


def address_of(request: Request) -> str:
    """Name the client's network address; all of an IPv6 network count as one."""
    host = request.client.host if request.client else ""
    try:
        address = ip_address(host)
    except ValueError:
        return host
    if isinstance(address, IPv6Address) and address.ipv4_mapped is None:
        return str(int(address) >> (128 - _IPV6_PREFIX))
    return host


def _find_key(keys: tuple[ApiKey, ...], sent: str) -> ApiKey:
    digest = sha256(sent.encode("utf-8", "surrogateescape")).hexdigest()
    found = [key for key in keys if hmac.compare_digest(key.sha256, digest)]
    if not found:
        raise RequestError(HTTPStatus.UNAUTHORIZED)
    return found[0]


def gate(scope: Scope, settings: WebSettings, limiter: Limiter) -> Dependency:
    """Make the dependency of the routes of a scope.

    It raises RequestError: 401 unknown key, 403 the key lacks the scope, 429 too often, with ``Retry-After``.
    """
    public = {
        Scope.ASK: settings.asks_per_minute,
        Scope.READ: settings.reads_per_minute,
        Scope.FEEDBACK: settings.asks_per_minute,
    }[scope]

    async def check(request: Request, key: _Key = "") -> None:
        caller, allowed = f"address {address_of(request)}", public
        if key:
            known = _find_key(settings.api_keys, key)
            if scope not in known.scopes:
                raise RequestError(HTTPStatus.FORBIDDEN, f"这个密钥没有 {scope.value} 权限。")
            caller, allowed = f"key {known.name}", known.per_minute
        seconds = await next_turn(limiter, f"{scope.value} {caller}", allowed)
        if seconds:
            raise RequestError(
                HTTPStatus.TOO_MANY_REQUESTS,
                _TOO_OFTEN.format(seconds=seconds),
                {"Retry-After": str(seconds)},
            )

    checked: Callable[..., Awaitable[None]] = check
    return Dependency(checked)
