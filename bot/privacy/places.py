"""Where to find a person: addresses with a house number, number plates, e-mail. Patterns read narrowed text."""

import re
from collections.abc import Iterator

from bot.privacy.types import Found, Kind
from index.types import Span

_HAN = r"\u4e00-\u9fff"
_SMALL = "[0-9〇零一二三四五六七八九十百]"
# what a street's name does not hold: the place above it, and the words that lead to it
_BEFORE_STREET = "省市区县镇乡在住是到于的家我搬从往去叫址为了和对"
_STREET = r"(?:大道|(?<![轨频通渠赛])道|路|街|巷|弄|胡同|新村|村|镇|乡|组|苑|园|庄|屯|寨|湾|庭|公寓|大厦|广场|小区|坊|桥|坡)"
_NUMBER = rf"(?:{_SMALL}{{1,5}}(?:-{_SMALL}{{1,4}})?号(?!线|文|令|公告|台风|提案|地块|指标)|[0-9]{{1,5}}弄)"
_UNIT = r"(?:号楼|号院|号|支弄|弄|栋|幢|座|单元|室|层|楼|户|门|房|#)"
_INSIDE = rf"(?:[ -]?[0-9a-z一二三四五六七八九十]{{1,4}}{_UNIT})*(?:[ -]?[0-9]{{3,4}}(?![0-9]))?"

# 汉江路128号3单元402室; what stands above the street is no secret and stays
_ADDRESSES = tuple(
    map(
        re.compile,
        (
            rf"(?:(?![{_BEFORE_STREET}])[{_HAN}0-9a-z]){{0,8}}{_STREET}{_NUMBER}{_INSIDE}",
            rf"[0-9]{{1,5}}弄{_SMALL}{{1,4}}号{_INSIDE}",
            r"[0-9]{1,4}(?:栋|幢|座|号楼)[ -]?(?:[0-9]{1,2}单元)?[ -]?[0-9]{2,4}(?![0-9])[室号房户]?",
            r"[0-9]{1,3}单元[ -]?[0-9]{2,4}(?![0-9])[室号房户]?",
        ),
    )
)
_PLATE = re.compile(
    r"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][a-hj-np-z][ .\u00b7-]?"
    r"(?=[a-z]{0,5}[0-9])[a-hj-np-z0-9]{4,5}[a-hj-np-z0-9挂学警港澳](?![a-z0-9])"
)
# an input method may type the full stop of Chinese
_EMAIL = re.compile(r"(?<![a-z0-9._%+-])[a-z0-9._%+-]+ ?@ ?[a-z0-9-]+(?:[.。][a-z0-9-]+)+")
# kind, what every match of it holds one of, the patterns: most questions hold none, and need no further look
_TABLE = (
    (Kind.ADDRESS, "号弄栋幢座元", _ADDRESSES),
    (Kind.PLATE, "0123456789", (_PLATE,)),
    (Kind.EMAIL, "@", (_EMAIL,)),
)


def find_places(narrowed: str) -> Iterator[Found]:
    """Find addresses, number plates and e-mail; the same one may be found twice."""
    for kind, signs, patterns in _TABLE:
        if not any(sign in narrowed for sign in signs):
            continue
        for pattern in patterns:
            yield from (Found(kind, Span(*match.span())) for match in pattern.finditer(narrowed))
