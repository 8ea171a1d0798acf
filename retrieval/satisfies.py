"""Does the evidence hold the kind of fact a question asks for? An amount needs money, a telephone question a number.

Only kinds with an unmistakable form are judged; for the others the evidence is taken to answer.
"""

import re
from collections.abc import Sequence

from retrieval.types import FactKind

_DIGITS = r"(?:\d|[一二三四五六七八九十两百千])"
_FORMS: dict[FactKind, re.Pattern[str]] = {
    FactKind.TELEPHONE: re.compile(
        r"(?<!\d)(?:1\d{10}|0\d{2,3}-?\d{7,8}|\d{7,8}|1[0-9]{4}|9\d{4})(?!\d|[年人元万亿个户])"
    ),
    # 2421元, 五千元, 最高不超过10万元, 处1万元以上5万元以下的罚款, 50%, 百分之八十, 二倍的工资, 7个月的本人工资, 不收费;
    # not the 24019.22万元 that a programme spent in all
    FactKind.AMOUNT: re.compile(
        r"\d\s*元|[一二三四五六七八九两][十百千万]*元|%|百分之|[0-9.一二两三四五六七八九十]+倍|"
        r"(?:最高|不超过|最多|上限|额度|每人|每月|每年|人均|每户|每次|等奖|奖励|补助|资助|给予|罚款)[^。;,]{0,12}万元|"
        r"万元(?:以上|以下|以内)|个月[^。;,]{0,8}(?:工资|金)|免费|不收费"
    ),
    FactKind.MATERIAL: re.compile(
        r"(?:身份证|户口|证明|资料|病历|护照|通行证|回执|照片|相片|出院记录|承诺书|表》|申请表|营业执照|复印件|凭证|证书|材料包括|提交下列|提供下列|以下材料)"
    ),
    FactKind.PROCEDURE: re.compile(
        r"申请(?!.{0,2}兑现)|申领|办理|流程|提交|登录|扫码|受理|填写|办结|审核|自行|预约|登记|通过.{1,12}(?:渠道|平台|网站|窗口)|举报|投诉"
    ),
    FactKind.DATE: re.compile(
        r"\d{4}年|(?<!\d)(?:19|20)\d{2}[.\-/]\d{1,2}[.\-/]\d{1,2}(?!\d)|\d{1,2}月|\d+\s*(?:个)?(?:工作)?(?:日|天|周|月|年|小时)|[一二三四五六七八九十两]+(?:个)?(?:月|年|天|日|周|季度)|"
        r"每(?:年|季度|月|周|半年)|期末|当天|当场|即时"
    ),
    FactKind.COUNT: re.compile(_DIGITS + r"|零|动态|指标"),
    FactKind.SHARE: re.compile(r"[%‰\uff05]|百分之|[一二三四五六七八九\d]成|分之|零(?!工)|动态|指标之内"),
    # 建在, 位于, 12号; a hall or a street by its name
    FactKind.SITE: re.compile(
        r"位于|坐落|选址|地址|[路街巷道弄]\s*\d+\s*号|[设建]在|在[^,。;]{2,12}(?:区|县|镇|乡|街道|村|地区|园区|馆|中心)(?:建|设|举办|举行|召开)"
    ),
    FactKind.REASON: re.compile(r"因为|由于|原因|鉴于|为了|考虑到|受[^,。;]{1,12}影响|导致|之所以"),
}


def lacking(kinds: frozenset[FactKind], quotes: Sequence[str]) -> tuple[FactKind, ...]:
    """Return the kinds asked for that no quote holds, in the order of ``FactKind``."""
    words = "\n".join(quotes)
    return tuple(
        kind for kind in FactKind if kind in kinds and kind in _FORMS and not _FORMS[kind].search(words)
    )


# Kinds whose form few sentences have by chance; any plan is full of counts and of 办理
_RARE = (FactKind.TELEPHONE, FactKind.AMOUNT, FactKind.DATE)


def forms_of(kinds: frozenset[FactKind]) -> tuple[re.Pattern[str], ...]:
    """What gives away the facts asked for: one pattern for each kind whose form is rare."""
    return tuple(_FORMS[kind] for kind in _RARE if kind in kinds)
