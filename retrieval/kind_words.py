"""The words in which a question says what kind of fact it asks for: 要带材料, 一个月补, 办理时限."""

import re
from dataclasses import replace

from retrieval.types import FactKind, Question

# As the ways of asking leave them: 要带什么材料 → 要带 材料, 一个月补多少 → 一个月补
_SAID: dict[FactKind, re.Pattern[str]] = {
    FactKind.MATERIAL: re.compile(
        r"(?:需?要|应当?|得)?\s*(?:准备|提交|提供|备齐|带|交)?\s*(?:申请|申报|办理|所需)?(?:材料|证件|资料)|(?:需?要|应当?|得)?\s*带(?=\s|$)"
    ),
    FactKind.AMOUNT: re.compile(
        r"(?:最[多高少低]|一?个?人|一个?[月年次天]|每个?[人月年次天])?(?:能|可以?|要|会)?[贷补领发拿给交缴赔奖罚返](?:到|得|给)?(?=\s|$)"
        r"|(?:最[多高少低]|一个?[月年次天]|每个?[人月年次天])(?=\s|$)|(?:需?要)?(?:收费|花钱|交钱)"
    ),
    FactKind.DATE: re.compile(
        r"(?:需?要|能|得)?\s*(?:多久|多长时间|多少天|几天|几个月|什么时候|啥时候|何时|哪天)|(?:办理|办结|申请|审批)?(?:时限|期限|时间)"
    ),
    FactKind.TELEPHONE: re.compile(r"(?:咨询|联系|服务|监督|投诉)?(?:电话|热线|号码|联系方式)"),
    FactKind.PLACE: re.compile(r"(?:办理|申请)?(?:地点|地址|地方|窗口)"),
    FactKind.CONDITION: re.compile(r"(?:需?要|有)?\s*(?:申请|申领|受理|认定)?条件"),
    FactKind.PROCEDURE: re.compile(r"(?:办理|申请|申领|经办)?(?:流程|程序|步骤)"),
}


def without_kinds(before: Question, question: Question) -> Question:
    """Cut from a question what only says which kind of fact it asks for, where the one behind it asks for another."""
    core = before.core
    for kind in before.kinds - question.kinds:
        core = _SAID[kind].sub(" ", core) if kind in _SAID else core
    core = " ".join(core.split())
    if not core or core == before.core:
        return before
    return replace(
        before,
        core=core,
        terms=tuple(term for term in before.terms if term in core),
        synonyms=tuple(pair for pair in before.synonyms if pair[0] in core),
    )
