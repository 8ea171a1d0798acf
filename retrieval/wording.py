"""Every sentence the program says in its own words, one place for all channels."""

import re
from collections.abc import Sequence
from datetime import date

from index.types import Document, Indicator, Role
from retrieval.arithmetic import quantity
from retrieval.types import Difference

NOT_FOUND = "现有文件里没有提到这件事。"
OUT_OF_SCOPE = "这件事不在收录的文件管的范围里\uff0c这里答不了。"
GREETING = "你好!我只回答收录的政策文件里写了的事,请直接问,例如“灵活就业有补贴吗”。"
THANKS = "不客气,还有想问的请直接说。"
FAREWELL = "再见。"
ABOUT_ME = "我是政策问答助手:照收录的文件原文回答,注明在哪一条;文件没写的,我会直说。"
ELSEWHERE = "现有文件不涉及{places},只收录了{regions}的文件。"
EMPTY = "请输入一个问题,例如“灵活就业有补贴吗”。"
UNREADABLE = "没看懂这个问题,请用一两句话说说想问的事,例如“拖欠工资找谁”。"
TOO_LONG = "问题太长了({length} 字),请缩短到 {limit} 字以内再问。"
NO_PHRASE = "文件里没有“{phrase}”这几个字。"
WHICH = "收录了 {count} 份文件\uff0c请说是哪一份\uff0c例如把《{title}》写在问题前面。"
CUT = "{place}共{total}段\uff0c以上是前{shown}段\uff1b要看其余的\uff0c可以接着问其中的内容\uff0c或打开原文。"
NO_CLAUSE = "文件里没有“{address}”这一条。"
NO_FURTHER = "到头了\uff0c那边没有别的条款。"
FROM_WHERE = "不知道从哪一条数起\uff0c请说出是哪一条\uff0c例如“第三章第一节的下一条”。"

UNDERSTOOD = "按“{terms}”理解。"
# beside the Chinese answer to a question in another language, by status
_ENGLISH = {
    "answered": "The answer is quoted from the documents in Chinese. / 以上为文件原文。",
    "partial": "The documents (in Chinese) mention this but leave out part of what you asked. / 文件只写了一部分。",
    "clarify": "Please ask in a sentence or two, in Chinese if you can. / 请用一两句话再问一次。",
    "not_found": "The documents here do not mention this. Asking in Chinese may help. / 可以换成中文再问一次。",
}


def understood(meant: Sequence[str], foreign: str) -> tuple[str, ...]:
    """Say which terms were read for what was typed, and to a question in another language where the answer stands.

    :param foreign: the status of the answer to such a question, empty where it was asked in Chinese
    """
    told = (UNDERSTOOD.format(terms="”“".join(meant)),) if meant else ()
    return (*told, _ENGLISH[foreign]) if foreign else told


HELD = "{asked}的文件没有写到\uff0c这是{held}文件里的规定。"


def held(asked: str, other: str) -> str:
    """Say that the documents of another place answer, one around the place asked or inside it."""
    return HELD.format(asked=asked, held=other)


INSTEAD = "没有收录{asked}的文件\uff0c这是{held}文件里的规定。"


def instead(asked: str, other: str) -> str:
    """Say that the documents of its province answer for a place that has none of its own."""
    return INSTEAD.format(asked=asked, held=other)


_MISSING = {
    "amount": "具体金额",
    "telephone": "电话号码",
    "material": "需要哪些材料",
    "procedure": "怎么申请、到哪里办",
    "date": "具体时间",
    "count": "具体数量",
    "share": "具体比例",
    "site": "具体地点",
    "reason": "原因",
}


def missing(kind: str) -> str:
    """Name what was asked and the documents do not state."""
    return _MISSING[kind]


def missing_year(years: Sequence[int]) -> str:
    """Name the years asked about that lie beyond the documents' periods."""
    return "、".join(f"{year}年" for year in years) + "的安排"


def _ask(contacts: Sequence[str]) -> str:
    return f"可拨 {'、'.join(contacts)},或到当地办事窗口问" if contacts else "请到当地办事窗口问"


def partial(what: Sequence[str], contacts: Sequence[str]) -> str:
    """Say what the documents leave out, and where to ask."""
    return f"文件没有写{'、'.join(what)}。{_ask(contacts)}。"


def where(contacts: Sequence[str]) -> str:
    """Say where to turn to: a plan says what is done, seldom at which counter."""
    return f"要找人办的,{_ask(contacts)}。"


# of one of several regions, under its name
NO_MENTION = "文件没有提到。"
NO_VALUE = "文件没有写这项指标的数。"


ABOUT = {
    "number": "文号",
    "issuer": "发文机关",
    "published": "发布日期",
    "effective": "施行日期",
    "validity": "规划期",
}


def about(title: str, name: str, fact: str) -> str:
    """Word a fact about a document, or that it states none."""
    if name == "validity" and fact:
        return f"《{title}》的{fact}"
    return f"《{title}》的{ABOUT[name]}:{fact}" if fact else f"《{title}》没有写{ABOUT[name]}。"


def validity(document: Document, today: date) -> str:
    """Word how long a document holds, whether it has ended and what took its place; empty where nothing is known."""
    said = []
    if document.period:
        said.append(f"规划期{document.period}" + (",已结束" if document.period.ended(today) else ""))
    if document.valid_until:
        over = document.valid_until < today
        said.append(f"有效期至{document.valid_until.isoformat()}" + (",已期满" if over else ""))
    if document.effective and document.effective > today:
        said.append(f"{document.effective.isoformat()}起施行")
    if document.superseded_by:
        said.append(f"已被《{document.superseded_by}》替代")
    return ";".join(said)


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


def amount(row: Indicator) -> str:
    """Word a value with comparator and unit alone: ``不低于98%``; words count nothing and have no unit."""
    counts = any(character.isdigit() for character in row.value) or quantity(row.value, "")
    unit = row.unit if counts else ""
    return f"{comparator_name(row.comparator, row.value)}{row.value}{unit}"


def facts(row: Indicator) -> str:
    """Word when a value holds and what it states: ``“十三五”期末完成``; empty for a rule of a law."""
    return period_name(row.period) + ROLE_NAMES[row.role] if row.period else ""


def value(row: Indicator) -> str:
    """Word one value: ``年均新增就业岗位:18000个(2025年目标,约束性)``; a rule of a law has no period and no role."""
    known = [fact for fact in (facts(row), row.attribute) if fact]
    tail = f"({','.join(known)})" if known else ""
    return f"{row.name}:{amount(row)}{tail}"


# what a question took for granted
DENIED = "文件写的是{printed},不是{said}。"
CONFIRMED = "对,文件写的就是{printed}。"


def meant(said: str, other: Indicator, row: Indicator) -> str:
    """Say of which period and role, and where it differs of which measure, a number is that was taken for another's."""
    name = "" if other.name == row.name else f"“{other.name}”的"
    return f"{said}是{name}{facts(other)};{facts(row)}是{amount(row)}。"


MISNAMED = "文件里没有“{said}”,写的是“{printed}”。"

_CHANGES = {1: ("增加", "提高"), -1: ("减少", "降低")}  # of an amount, of a share
_THAN = {1: ("多", "高"), -1: ("少", "低")}
_BOUNDS = frozenset({">=", "<=", ">", "<", "~"})


def _exact(found: Difference) -> str:
    """Say that a bound was taken at its number."""
    bounded = {found.before.comparator, found.after.comparator} & _BOUNDS
    return "(按文件写的数字算)" if bounded else ""


def _achievement(found: Difference) -> str:
    """Word an achievement against its target: ``…目标450人,年均完成超过500人,比目标多50人,约11.1%。``."""
    before, after = found.before, found.after
    ends = f"{after.name}:{facts(before)}{amount(before)},{facts(after)}{amount(after)}"
    if not found.sign:
        return f"{ends},与目标相同{_exact(found)}。"
    more = _THAN[found.sign][found.unit.endswith("百分点")]
    share = f",约{found.percent}%" if found.percent else ""
    return f"{ends},比目标{more}{found.change}{found.unit}{share}{_exact(found)}。"


def difference(found: Difference) -> str:
    """Word a change with its operands: ``新增就业岗位:超过18400个 → 18000个,减少400个,约2.2%(…)。``."""
    before, after = found.before, found.after
    if (before.role, after.role) == (Role.TARGET, Role.ACTUAL):
        return _achievement(found)
    ends = f"{facts(before)}{amount(before)} → {facts(after)}{amount(after)}"
    if not found.sign:
        return f"{after.name}:{ends},没有变化{_exact(found)}。"
    change = _CHANGES[found.sign][found.unit.endswith("百分点")]
    share = f",约{found.percent}%" if found.percent else ""
    return f"{after.name}:{ends},{change}{found.change}{found.unit}{share}{_exact(found)}。"


def contrast(one: str, other: str, found: Difference) -> str:
    """Word what the values of two regions differ by: ``两地目标:青浦区98%,襄阳市不低于99%,襄阳市高1个百分点。``."""
    ends = f"两地{ROLE_NAMES[found.after.role]}:{one}{amount(found.before)},{other}{amount(found.after)}"
    if not found.sign:
        return f"{ends},数字一样。"
    more = "高" if found.unit.endswith("百分点") else "多"
    return f"{ends},{other if found.sign > 0 else one}{more}{found.change}{found.unit}{_exact(found)}。"


def other_names(one: str, name: str, other: str, other_name: str) -> str:
    """Warn that two regions call a measure differently."""
    return f"注意口径:{one}写的是“{name}”,{other}写的是“{other_name}”,统计范围不一定相同。"


def two_names(before: str, after: str) -> str:
    """Warn that two periods call a measure differently."""
    return f"注意口径:两期叫法不同,前面是“{before}”,后面是“{after}”,统计范围不一定相同。"


NO_SUCH_YEAR = "文件没有单独写{years}的数。"
NOT_ANNUAL = "这是整个规划期的数,文件没有分年写。"

# why two values are not subtracted
UNLIKE = {
    "words": "“{one}”和“{other}”不都是数字,没法相减。",
    "units": "“{one}”和“{other}”单位不同,不能直接相减。",
    "rhythm": "“{one}”和“{other}”一个按年算、一个按整个规划期算,不能直接相减。",
}

LEFT_OUT = "{place}后面还有{left}项没有引出\uff0c请看原文。"


def left_out(place: str, left: int) -> str:
    """Say how much of a list stands in the document behind what is quoted of it."""
    return LEFT_OUT.format(place=place, left=left)
