"""Words that head the columns of an indicator table, and what stands below them."""

import re

_YEAR = r"(?:(?:19|20)\d\d\s?年?(?:底|末|度)?|“?十[二三四五六]五”?(?:期?末|时期|期间)?)"
_ROLE = r"(?:基准|基期|基数|现状|目标|规划|预期|计划|完成|实际|实现)(?:数值|值|数|目标|情况)?|目标任务|指标值|数值"
_HEADS = {
    "index": r"序\s?号|编号|序",
    "category": r"(?:指标)?(?:类\s?别|分类|领域|一级指标|大类|维度|方面)|领域分类",
    "attribute": r"(?:指标)?(?:属\s?性|性\s?质)|指标类型",
    "unit": r"(?:计量)?单\s?位",
    "value": rf"{_YEAR}(?:{_ROLE})?|(?:{_ROLE})|年均增[长速](?:率|速度)?|[五三]年累计|增[速幅]",
    "name": r"(?:主要|具体|核心|[二三]级)?(?:指\s?标|项目|任务|工程|内容|事项)(?:名\s?称|内容)?|名\s?称|主要指标",
}
_BRACKETED = r"(?:\s*[(\uff08\[][^()\uff08\uff09\n]{1,14}[)\uff09\]])?"
_KINDS = {kind: re.compile(rf"\s*(?:{words}){_BRACKETED}\s*") for kind, words in _HEADS.items()}
# Heads of other tables: who does what, by when, for how much.
_OTHER = re.compile(
    rf"[一-龥、/\s]{{0,8}}(?:单位|部门|时限|时间|年限|措施|任务|内容|规模|投资|资金|人数|数量|名称|类别|要求|地点|地址|备注|说明|"
    rf"标准|项目|进度|责任人|主体|来源|条件|对象|方式|来源|依据|形式|金额|额度|学历|专业|岗位|职责|分工|目标){_BRACKETED}\s*"
)
_UNIT = re.compile(
    r"[%‰\uff05]|[十百千万亿]{0,2}(?:[一-龥]{1,4}|㎡|m[²2³3]|km²?|kWh)(?:/[十百千万亿]{0,3}[一-龥]{1,3})*|1?/1?0?[十百千万亿\d]{1,3}[一-龥]{0,2}"
)
_ATTRIBUTE = re.compile(r"(?:约束|预期|指导|引导|参考)性?")
_BLANK = re.compile(r"[-—–\uff0d/\\…]{1,2}|无")
_VALUE = re.compile(
    r"[<>=≤≥≧≦\uff1c\uff1e\uff1d~约+]?\s?[(\[〔【\uff3b\uff08]?\s?[<>≤≥]?\d[\d.,%‰\uff05]*.{0,14}|[^\d。;\uff1b]{0,14}\d[\d.,]*.{0,10}|[一-龥、]{2,16}"
)
_NAME = re.compile(r"[^。;\uff1b!?]*[一-龥]{2}[^。;\uff1b!?]*")
_LABEL = re.compile(rf"[^。;\uff1b,\uff0c:\uff1a\d]*[一-龥][^。;\uff1b,\uff0c:\uff1a\d]*{_BRACKETED}")
_TEXT = re.compile(r"[^。]*")
_CELLS = {"name": _NAME, "unit": _UNIT, "attribute": _ATTRIBUTE, "value": _VALUE}
_MAX_HEAD = 16
_MAX_NAME = 60


def heads_a_column(words: str) -> bool:
    """Whether words are a head as tables print them everywhere: 序号, 指标名称, 2025年, 牵头单位."""
    known = any(pattern.fullmatch(words) for pattern in _KINDS.values())
    return known or (len(words) <= _MAX_HEAD and _OTHER.fullmatch(words) is not None)


def is_label(words: str) -> bool:
    """Whether words may head a column: short, neither a number nor a sentence."""
    return len(words) <= _MAX_HEAD and (heads_a_column(words) or _LABEL.fullmatch(words) is not None)


def kind_of_head(words: str) -> str:
    """Return what a column headed so holds: index, category, attribute, unit, value, name, or other."""
    return next((kind for kind, pattern in _KINDS.items() if pattern.fullmatch(words)), "other")


def looks_like(kind: str, cell: str) -> bool:
    """Whether a cell may stand in a column of a kind; a dash may stand anywhere but under a name or a number."""
    if kind == "index":
        return cell.rstrip(".、 ").isdigit()
    if kind != "name" and _BLANK.fullmatch(cell):
        return True
    if kind in {"unit", "value"} and _ATTRIBUTE.fullmatch(cell):
        return False
    fits = _CELLS.get(kind, _TEXT)
    return len(cell) <= _MAX_NAME and fits.fullmatch(cell) is not None
