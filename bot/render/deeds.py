"""What history and audit log name in terms of the program → in words: document.replace.done → 更新文件 · 做完."""

from typing import Any, Final

from index.history import Action, Event

# what was done to a document, in its history
ACTIONS: Final = {
    Action.ADDED: "添加",
    Action.REPLACED: "更新文件",
    Action.CHANGED: "修改信息",
    Action.WITHDRAWN: "撤下",
    Action.ROLLED_BACK: "回滚",
}
_THINGS: Final = {
    "document": "文件",
    "upload": "上传",
    "index": "索引",
    "user": "用户",
    "synonym": "词条",
    "similar": "相似问",
    "value": "指标值",
    "question": "问题",
    "token": "令牌",
}
_VERBS: Final = {
    "add": "收录",
    "added": "添加",
    "replace": "更新",
    "restore": "恢复",
    "restored": "恢复",
    "withdraw": "撤下",
    "rollback": "回滚",
    "update": "发布",
    "received": "收到",
    "discarded": "丢弃",
    "change": "修改",
    "remove": "删去",
    "removed": "删去",
    "corrected": "更正",
    "hidden": "隐去",
    "disabled": "停用",
    "enabled": "启用",
    "issued": "发出",
    "revoked": "作废",
    "refused": "拒绝",
}
_WHOLE: Final = {"user.signed_in": "登录", "user.password": "换密码", "synonym.add": "加词条"}
_ENDINGS: Final = {"done": "做完", "refused": "检查没过", "failed": "没做成"}
_SEPARATOR: Final = " · "


def deed(action: str) -> str:
    """Word the name of an action; one this does not know stays as it is."""
    name, _, ending = action.rpartition(".") if action.count(".") > 1 else (action, "", "")
    thing, _, verb = name.partition(".")
    said = _WHOLE.get(name) or (
        _VERBS[verb] + _THINGS[thing] if verb in _VERBS and thing in _THINGS else name
    )
    return _SEPARATOR.join(filter(None, (said, _ENDINGS.get(ending, ending))))


def detail_of(detail: Any) -> str:
    """Word the details of an action in one line."""
    if not isinstance(detail, dict):
        return str(detail)
    said = [
        "\uff1b".join(map(str, value)) if isinstance(value, list) else f"{key}: {value}"
        for key, value in detail.items()
    ]
    return _SEPARATOR.join(said)


def event_object(event: Event) -> dict[str, Any]:
    """Return what became of a document once, as JSON has it; the time is UTC."""
    return {
        "at": event.at.isoformat(timespec="seconds") + "Z",
        "actor": event.actor,
        "action": event.action.value,
        "document": event.document,
        "version": event.version or None,
        "generation": event.generation,
        "note": event.note,
    }
