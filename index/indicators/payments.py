"""What is paid: per whom and how often (每人每月), and as what (给予运营补助)."""

import re
from dataclasses import dataclass

PAID = (
    r"(?:补贴|补助|奖励|奖补|奖金|津贴|资助|补助金|救助金|抚恤金|慰问金|安家费|生活费|补偿|补偿金|报酬|代偿)"
)
_EACH = r"每(?:[十百千万]{1,2})?(?:户|人次?|生|床|亩|头|台|辆|吨|公里|平方米|学位)"
_EACH_OF = r"每[个名位张家所间套件例][一-龥]{1,4}?"
_OFTEN = r"每(?:个月|个?学年|个?学期|季度|半年|[年月周天日])"
_VERB = r"(?:给予|发放|发给|支付|补助|补贴|奖励|为|达到?|不?[低高少多]于|不(?:得)?(?:超过|低于|高于|少于)|最[高低]|至少|约|按照?)*"
_RATE = re.compile(
    rf"(?P<by>按照?)?(?P<rate>(?:{_EACH}|{_EACH_OF})(?P<often>{_OFTEN})?|{_OFTEN}(?:{_EACH})?)(?P<verb>{_VERB})$"
)
_YEARLY = re.compile(r"每(?:年|季度|半年|周)")
_OWN_NAME = re.compile(_EACH_OF)
# 高级技师5000元 between a value and what all of them are paid as
_ITEMS = r"(?:[、,和][一-龥]{1,8}\d[\d.]*[万千百]?元){0,8}"
_AS = re.compile(
    rf"{_ITEMS}(?:的?(?:标准|额度))?,?(?:分别|予以)?(?:给予|发放|发给|落实|支付)(?P<paid>(?:[一-龥]{{0,10}}?){PAID})"
)
_BARE = re.compile(rf"(?:一次性)?{PAID}")
_WHOM = re.compile(r"(?:对于?|给予?|向|为)(?=[一-龥]{2})(?![口外接象标比应称立])")
# 按艰苦程度分三类: by what it is graded
_BY = re.compile(
    r"(?:按照?|根据|依据)(?:[一-龥、]{0,12}(?:标准|程度|情况|分[一-龥]类|工龄|年限|档次|比例|规定|等次))?$"
)
_MAX_WHOM = 30


@dataclass(frozen=True, slots=True)
class Rate:
    """The words before a value apart: ``each`` is 每人每月 or "", ``rest`` what stands before it."""

    each: str
    rest: str


def rate_before(before: str, money: bool, paid: str) -> Rate:
    """Part the rate from the words before a value.

    每年 alone is how often a plan does something, unless something is paid out; other units than money have a rate only
    behind 按照: 按照每百户不低于30平方米.
    """
    found = _RATE.search(before)
    if found is None or not (money or found["by"]):
        return Rate("", before)
    each, rest = found["rate"], before[: found.start()]
    if _YEARLY.fullmatch(each) and not paid:
        return Rate("", before)
    if _OWN_NAME.fullmatch(each) and rest and not found["by"]:
        # 新建的每张床位给予: whose it is, part of the name
        return Rate("", before)
    given = "给予" if found["verb"].startswith("给予") else ""
    return Rate(each, rest + given)


def paid_as(text: str, end: int, limit: int) -> str:
    """Return what the values that end at ``end`` are paid as: 6元的标准给予就餐补贴; "" where nothing says so."""
    found = _AS.match(text, end, limit)
    return found["paid"] if found else ""


def payee(words: str) -> str:
    """Reduce the words before a payment to whom it is for: 对认定的人才按照 → 认定的人才."""
    words = re.sub(r"(?:分别|予以|给予|发给|发放)+$", "", words)
    words = _BY.sub("", words).removesuffix("的")
    whom = _WHOM.match(words)
    return words[whom.end() :] if whom else words


def needs_payee(paid: str) -> bool:
    """Whether a payment says too little by itself: 奖励, 一次性补助."""
    return _BARE.fullmatch(paid) is not None


def payee_before(phrase: str) -> str:
    """Return whom a payment of the next phrase is for, 对…3人以上的, or "" where the phrase does not say."""
    whom = payee(phrase)
    return whom if _WHOM.match(phrase) and len(whom) <= _MAX_WHOM else ""


def with_rate(name: str, each: str) -> str:
    """Name a value with its rate: 基本报酬(每人每月)."""
    return f"{name}({each})" if name and each and each not in name else name
