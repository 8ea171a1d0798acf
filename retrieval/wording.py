"""Every sentence the program says in its own words, one place for all channels."""

import re
from collections.abc import Sequence

from index.types import Indicator, Role

NOT_FOUND = "现有文件里没有提到这件事。"
GREETING = "你好!我只回答收录的政策文件里写了的事,请直接问,例如“灵活就业有补贴吗”。"
THANKS = "不客气,还有想问的请直接说。"
FAREWELL = "再见。"
ABOUT_ME = "我是政策问答助手:照收录的文件原文回答,注明在哪一条;文件没写的,我会直说。"
ELSEWHERE = "现有文件不涉及{places},只收录了{regions}的文件。"
EMPTY = "请输入一个问题,例如“灵活就业有补贴吗”。"
UNREADABLE = "没看懂这个问题,请用一两句话说说想问的事,例如“拖欠工资找谁”。"
TOO_LONG = "问题太长了({length} 字),请缩短到 {limit} 字以内再问。"
NO_PHRASE = "文件里没有“{phrase}”这几个字。"
NO_CLAUSE = "文件里没有“{address}”这一条。"

_MISSING = {
    "amount": "具体金额",
    "telephone": "电话号码",
    "material": "需要哪些材料",
    "procedure": "怎么申请、到哪里办",
    "date": "具体时间",
    "count": "具体数量",
    "share": "具体比例",
}


def missing(kind: str) -> str:
    """Name what was asked and the documents do not state."""
    return _MISSING[kind]


def missing_year(years: Sequence[int]) -> str:
    """Name the years asked about that lie beyond the documents' periods."""
    return "、".join(f"{year}年" for year in years) + "的安排"


def partial(what: Sequence[str], contacts: Sequence[str]) -> str:
    """Say what the documents leave out, and where to ask."""
    ask = f"可拨 {'、'.join(contacts)},或到当地办事窗口问" if contacts else "请到当地办事窗口问"
    return f"文件没有写{'、'.join(what)}。{ask}。"


# of one of several regions, under its name
NO_MENTION = "文件没有提到。"
NO_VALUE = "文件没有写这项指标的数。"


ABOUT = {"number": "文号", "issuer": "发文机关", "published": "发布日期", "validity": "规划期"}


def about(title: str, name: str, fact: str) -> str:
    """Word a fact about a document, or that it states none."""
    if name == "validity" and fact:
        return f"《{title}》的{fact}"
    return f"《{title}》的{ABOUT[name]}:{fact}" if fact else f"《{title}》没有写{ABOUT[name]}。"


def validity(period: str, ended: bool) -> str:
    """Word a document's plan period and whether it has ended."""
    return f"规划期{period}" + (",已结束" if ended else "")


ROLE_NAMES = {Role.TARGET: "目标", Role.BASELINE: "基准", Role.ACTUAL: "完成"}
_COMPARATORS = {">=": "不低于", "<=": "不超过", ">": "超过", "<": "低于", "~": "约"}
_PLAN = re.compile(r"^(十[一二三四五六七八九]?五|二十五)")


def period_name(period: str) -> str:
    """Word a period: ``十三五期末`` → ``“十三五”期末``, ``2025`` → ``2025年``."""
    return f"{period}年" if period.isdigit() else _PLAN.sub(r"“\1”", period)


def comparator_name(comparator: str, value: str) -> str:
    """Word a comparator before its value; nothing where it is plain equality or the value is words."""
    has_digits = any(character.isdigit() for character in value)
    return _COMPARATORS.get(comparator, "") if has_digits else ""


def value(row: Indicator) -> str:
    """Word one value: ``年均新增就业岗位:18000个(2025年目标,约束性)``; a rule of a law has no period and no role."""
    facts = [period_name(row.period) + ROLE_NAMES[row.role]] if row.period else []
    facts += [row.attribute] if row.attribute else []
    tail = f"({','.join(facts)})" if facts else ""
    unit = row.unit if any(character.isdigit() for character in row.value) else ""  # words count nothing
    return f"{row.name}:{comparator_name(row.comparator, row.value)}{row.value}{unit}{tail}"
