"""JSON frames to and from WeCom.

Formats: developer.work.weixin.qq.com, path/101463 (长连接), 101031 (流式消息), and the SDK wecom-aibot-python-sdk 1.0.2.
"""

import json
import re
from collections.abc import Mapping
from secrets import token_hex
from typing import Any

from bot.channels.wecom.types import Frame, Message, Robot
from bot.errors import InputError

SUBSCRIBE, PING = "aibot_subscribe", "ping"
MESSAGE, EVENT = "aibot_msg_callback", "aibot_event_callback"
_REPLY, _WELCOME, _SEND = "aibot_respond_msg", "aibot_respond_welcome_msg", "aibot_send_msg"
_MENTION = re.compile(r"^\s*@\S+\s*")
_CHARS = 4000  # of a question; more is no question


def _frame(command: str, request: str, body: Mapping[str, Any] | None = None) -> str:
    made: dict[str, Any] = {"cmd": command, "headers": {"req_id": request}}
    return json.dumps(made | ({"body": body} if body else {}), ensure_ascii=False)


def request_id(command: str) -> str:
    """Make up the id of a request of ours."""
    return f"{command}_{token_hex(8)}"


def subscribe(request: str, robot: Robot) -> str:
    """Say who we are; the first frame of a connection."""
    return _frame(SUBSCRIBE, request, {"bot_id": robot.id, "secret": robot.secret})


def ping(request: str) -> str:
    """Ask whether the connection is alive."""
    return _frame(PING, request)


def stream(message: Message, stream_id: str, content: str, *, finish: bool) -> str:
    """Show markdown as the answer to a message, in place of what the same stream showed before."""
    body = {"msgtype": "stream", "stream": {"id": stream_id, "finish": finish, "content": content}}
    return _frame(_REPLY, message.request, body)


def welcome(message: Message, text: str) -> str:
    """Greet somebody who opened the chat."""
    return _frame(_WELCOME, message.request, {"msgtype": "text", "text": {"content": text}})


def push(request: str, target: str, content: str) -> str:
    """Send markdown to a person or a group that is no reply."""
    body = {"chatid": target, "msgtype": "markdown", "markdown": {"content": content}}
    return _frame(_SEND, request, body)


def _mapping(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def read_frame(raw: str | bytes) -> Frame:
    """Read what came.

    :raises InputError: it is no JSON object
    """
    try:
        read = json.loads(raw)
    except (ValueError, RecursionError) as error:
        raise InputError(f"企业微信送来的不是 JSON：{type(error).__name__}") from None
    if not isinstance(read, dict):
        raise InputError(f"企业微信送来的不是 JSON 对象，而是 {type(read).__name__}")
    errcode = read.get("errcode", 0)
    request = _text(_mapping(read.get("headers")).get("req_id"))
    known = errcode if isinstance(errcode, int) else -1
    return Frame(_text(read.get("cmd")), request, _mapping(read.get("body")), known)


def _words(body: Mapping[str, Any], kind: str) -> str:
    """Return the words of a message: as written, as heard, or those between its pictures."""
    if kind == "mixed":
        items = _mapping(body.get("mixed")).get("msg_item")
        parts = [_text(_mapping(_mapping(one).get("text")).get("content")) for one in items or ()]
        return " ".join(filter(None, parts))
    return _text(_mapping(body.get(kind)).get("content")) if kind in {"text", "voice"} else ""


def message_of(frame: Frame) -> Message:
    """Return the message of a frame; in a group the name it was called by is left out of its words.

    :raises InputError: it does not say who sent it, or what it answers to
    """
    body, is_event = frame.body, frame.command == EVENT
    sender = _text(_mapping(body.get("from")).get("userid"))
    event = _text(_mapping(body.get("event")).get("eventtype")) if is_event else ""
    if not event and not (sender and frame.request and _text(body.get("msgid"))):
        raise InputError("企业微信送来的消息没有 msgid、发送人或 req_id")
    kind = "event" if is_event else _text(body.get("msgtype"))
    group = _text(body.get("chatid")) if body.get("chattype") == "group" else ""
    words = _words(body, kind)
    text = (_MENTION.sub("", words) if group else words).strip()[:_CHARS]
    return Message(_text(body.get("msgid")), frame.request, sender, group, kind, text, event)
