"""What the OpenAPI description says of an admin's verbs: the forms they take, the objects they answer with."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from bot.channels.web.admin.api_guard import PREFIX, Verb
from bot.channels.web.admin.publishing import FIELDS
from bot.channels.web.examples import problem

LONGEST = 300  # characters of a field
_ID = {"type": "string", "minLength": 1, "maxLength": LONGEST}
_FILE = {"type": "string", "format": "binary"}
_TEXT = {"type": "string", "maxLength": LONGEST}
_GIVEN = {key: {**_TEXT, "description": label} for key, label in FIELDS.items()}
_FORCE = {**_TEXT, "description": "检查没过也发布,写明理由;另要 force 权限"}
_JOB = {
    "type": "object",
    "properties": {
        "job": {"type": "string"},
        "state": {"enum": ["running", "done", "refused", "failed"]},
        "stage": {"type": "string"},
        "done": {"type": "integer"},
        "total": {"type": "integer"},
        "lines": {"type": "array", "items": {"type": "string"}},
    },
    "required": ["job", "state", "stage", "done", "total", "lines"],
}


def _form(needed: tuple[str, ...], **fields: object) -> dict[str, Any]:
    return {"properties": fields, "required": list(needed)}


def _json(schema: Mapping[str, Any], told: str, status: int = HTTPStatus.OK) -> dict[int | str, Any]:
    return {status: {"description": told, "content": {"application/json": {"schema": schema}}}}


_OBJECT = {"type": "object"}
_BEGUN = _json(_JOB, f"开始做了;进度在 {PREFIX}/jobs/编号", HTTPStatus.ACCEPTED)
_SHOWN = _json(_OBJECT, "读出了什么、会变成什么;什么也没有改")
_UPLOAD = {"file": _FILE, **_GIVEN}
_SUPERSEDES = {**_TEXT, "description": "它替代哪一份"}
_REPLACES = {**_TEXT, "description": "它是哪一份的新版本"}
_VERSION = {"type": "string", "maxLength": 12, "description": "版本;不写就是最近一版"}
_LIVE = {"type": "integer", "description": "现行索引的编号:不符就不回滚"}

PREVIEW = Verb(
    "看一份文件发布后的样子",
    _form(("file",), **_UPLOAD, replaces=_REPLACES, supersedes=_SUPERSEDES),
    _SHOWN,
)
ADD = Verb("添加一份文件并发布", _form(("file",), **_UPLOAD, supersedes=_SUPERSEDES, force=_FORCE), _BEGUN)
REPLACE = Verb(
    "发布一份文件的新版本", _form(("file", "document"), **_UPLOAD, document=_ID, force=_FORCE), _BEGUN
)
WITHDRAW = Verb("撤下一份文件", _form(("document", "reason"), document=_ID, reason=_ID, force=_FORCE), _BEGUN)
RESTORE = Verb(
    "恢复撤下的文件或旧版本", _form(("document",), document=_ID, version=_VERSION, force=_FORCE), _BEGUN
)
ROLLBACK = Verb("退回上一次发布之前", _form(("generation",), generation=_LIVE), _BEGUN)
HISTORY = Verb("一份文件的历史", None, {**_json(_OBJECT, "从新到旧"), **problem(404)})
JOB = Verb("一件事做到哪里了", None, {**_json(_JOB, "进度和结果"), **problem(404)})
