"""The parts of a clause address as people write them: 第三章, 三、, (四), 第3点, 具体路径, 附件1."""

import re
from dataclasses import dataclass
from enum import StrEnum
from unicodedata import normalize

from index.marker_forms import Kind, inserted
from index.numerals import NUMERAL_CHARS, parse_chinese_numeral

# Full-width forms and blanks to ASCII, one character to one, so that offsets stay.
NARROW = {0xFEE0 + code: code for code in range(0x21, 0x7F)} | dict.fromkeys((0x3000, 0xA0), 0x20)


_NOT_CIRCLED = re.compile("[^①-⑳]+")


def fold_forms(text: str) -> str:
    """Fold widths and signs (㈠ is (一), ⒈ is 1.) but for the circled numbers, whose folds would run into others: 2②."""
    return _NOT_CIRCLED.sub(lambda match: normalize("NFKC", match[0]), text)


class Form(StrEnum):
    """Parts that are no marker of their own: a way of counting, a table."""

    POINT = "第1点"
    TABLE = "表1"


@dataclass(frozen=True, slots=True)
class Part:
    """One part of an address: its kind and number, for labels and annexes its words too."""

    kind: Kind | Form
    ordinal: int
    words: str = ""


_N = rf"(?:[{NUMERAL_CHARS}]{{1,8}}|\d{{1,4}})"
_HAN = "[一二三四五六七八九十百]{1,4}"
# 第一百三十三条之一 was put in behind 第一百三十三条; 第三条之一般规定 is of 第三条
_INSERTED = r"(?:\s?之\s?(?:[一二三四五六七八九十]{1,2}|\d{1,2})(?![般些样种旦定切律致]))?"
FAMILY = rf"第\s?{_N}\s?(?:部分|[编卷篇章节条]){_INSERTED}"
# 第3目 is a part of an item; 第3目标 is none
POINT = rf"第\s?(?:{_N}|\(\s?{_N}\s?\))\s?(?:[大小]?[点项款]|目(?![标录前击]|的[地是在]))"
HAN_PAREN = rf"\(\s?{_HAN}\s?\)"
NUM_PAREN = r"\(\s?\d{1,2}\s?\)"
CIRCLE = "[①-⑳]"
NAMED = rf"(?:附件|附表|附录|附图|专栏)\s?(?:\d{{1,2}}|{_HAN})"
TABLE = r"表\s?\d{1,2}"
DASH = r"——\d{1,3}"

_PART = re.compile(
    rf"(?P<family>{FAMILY})|(?P<point>{POINT})|(?P<han_paren>{HAN_PAREN})|(?P<num_paren>{NUM_PAREN})"
    rf"|(?P<num_half>\d{{1,2}}\))|(?P<circle>{CIRCLE})|(?P<named>{NAMED})|(?P<table>{TABLE})|(?P<dash>{DASH})"
    rf"|(?P<num>\d{{1,3}})|(?P<han>{_HAN}(?=[、./\s(\d-]|——|表|第|$|[①-⑳]))"
    r"|(?P<words>[^\s\d()/第①-⑳#>-]+)"
)
_SEPARATOR = re.compile(r"(?:[\s、./,:;>#的之-]|#\d+)*")
_FAMILY_KINDS = {
    "编": Kind.BOOK,
    "卷": Kind.BOOK,
    "篇": Kind.PART,
    "部分": Kind.PART,
    "章": Kind.CHAPTER,
    "节": Kind.SECTION,
    "条": Kind.ARTICLE,
}
_KINDS: dict[str, Kind | Form] = {
    "point": Form.POINT,
    "han_paren": Kind.HAN_PAREN,
    "num_paren": Kind.NUM_PAREN,
    "num_half": Kind.NUM_HALF,
    "table": Form.TABLE,
    "dash": Kind.DASH,
    "num": Kind.NUM,
    "han": Kind.HAN,
}
_NUMERAL = re.compile(rf"\d+|[{NUMERAL_CHARS}]+")


def _number(text: str) -> int:
    found = _NUMERAL.search(text)
    return parse_chinese_numeral(found[0]) if found else 0


def _part(match: re.Match[str]) -> Part:
    group, text = match.lastgroup or "", "".join(match[0].split())
    if group == "family":
        numbered, _, behind = text.partition("之")
        kind = next(kind for name, kind in _FAMILY_KINDS.items() if numbered.endswith(name))
        return Part(kind, _number(numbered), inserted(behind))
    if group == "circle":
        return Part(Kind.CIRCLE, ord(text) - ord("①") + 1)
    if group == "named":
        return Part(Kind.ANNEX, _number(text), text[:2])
    if group == "words":
        annex = text[:2] in ("附件", "附表", "附录", "附图", "专栏") and len(text) == 2
        return Part(Kind.ANNEX if annex else Kind.LABEL, 0, text)
    return Part(_KINDS[group], _number(text))


def read_parts(text: str) -> tuple[Part, ...]:
    """Read the parts of an address or of a clause's path; empty where some of it is no address."""
    narrow = text.translate(NARROW)
    parts, at = [], _end(_SEPARATOR, narrow, 0)
    while at < len(narrow):
        match = _PART.match(narrow, at)
        if match is None:
            return ()
        parts.append(_part(match))
        at = _end(_SEPARATOR, narrow, match.end())
    return tuple(parts)


def _end(pattern: re.Pattern[str], text: str, at: int) -> int:
    match = pattern.match(text, at)
    return match.end() if match else at
