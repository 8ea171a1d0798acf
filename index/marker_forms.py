"""The catalogue of clause markers: their kinds, how they are printed, what they add to a clause's path."""

import re
from dataclasses import dataclass
from enum import StrEnum
from unicodedata import normalize

from index.numerals import parse_chinese_numeral, to_chinese
from index.types import Span


class Kind(StrEnum):
    """The kinds of markers; the value is a specimen."""

    BOOK = "第一编"
    PART = "第一部分"
    CHAPTER = "第一章"
    SECTION = "第一节"
    ARTICLE = "第一条"
    HAN = "一、"
    HAN_PAREN = "(一)"
    NUM = "1."
    NUM_PAREN = "(1)"
    NUM_HALF = "1)"
    CIRCLE = "①"
    DASH = "——"
    LABEL = "具体路径:"
    ANNEX = "附件1"


@dataclass(frozen=True, slots=True)
class Marker:
    """A marker where it stands. ``segment`` is what it adds to a clause's path: (四), 3, 第三节, 附件1."""

    kind: Kind
    ordinal: int  # 0 where the print has none: a label, a dash, an unnumbered annex
    span: Span
    text: str  # as printed
    segment: str


FAMILY = (Kind.BOOK, Kind.PART, Kind.CHAPTER, Kind.SECTION, Kind.ARTICLE)  # outermost first
HEADINGS = frozenset(FAMILY[:-1])

_FAMILY_OF = dict(zip("编卷篇部章节条", (Kind.BOOK, Kind.BOOK, Kind.PART, *FAMILY[1:]), strict=True))

GAP = r"[^\S\n]*"
_NUM = r"[0-9\uff10-\uff19]"
HAN = r"[一二三四五六七八九十百廿]"
_FAMILY_HAN = rf"(?:[零〇千]|{HAN})"  # the Civil Code has 1,260 articles: 第一千二百三十四条
_OPEN, _CLOSE, _DOT, COLON = r"[(\uff08]", r"[)\uff09]", r"[.\uff0e]", r"[:\uff1a]"
_WORD = r"[\u4e00-\u9fff“”A-Za-z]"
# 3.0, 1.593 and 2021.12 are numbers; "1.2021年底前…" is a clause that opens with a year.
_NOT_DECIMAL = rf"(?:(?!{_NUM})|(?={_NUM}{{4}}年))"

# What explains a document's words at its end: a line that says 名词解释 and no more.
_GLOSSARY = r"(?:(?:专业|专有|有关|相关|部分|重要|主要)?(?:名词|术语|词语|指标|概念)(?:解释|注释|释义)|注释)"
_BEHIND_STOP = r"(?<=[。!?;:”\uff01\uff1f\uff1b\uff1a])"
_MARKER = rf"""(?P<marker>
    第{GAP}(?P<family_no>{_FAMILY_HAN}(?:{GAP}{_FAMILY_HAN}){{0,7}}|{_NUM}(?:{GAP}{_NUM}){{0,5}}){GAP}(?P<family>[编卷篇章节条]|部{GAP}分)
        (?:{GAP}之{GAP}(?P<inserted>{HAN}{{1,2}})(?=[\s【]))?
    |(?P<han>{HAN}{{1,4}}){GAP}(?:、|{_DOT})
    |{_OPEN}{GAP}(?P<han_paren>{HAN}{{1,4}}){GAP}{_CLOSE}|(?P<han_sign>[㈠-㈩])
    |(?P<num>{_NUM}{{1,3}}){GAP}(?:、|{_DOT}){_NOT_DECIMAL}|(?P<num_sign>[⒈-⒛])
    |{_OPEN}{GAP}(?P<num_paren>{_NUM}{{1,2}}){GAP}{_CLOSE}|(?P<num_paren_sign>[⑴-⒇])
    |(?P<num_half>{_NUM}{{1,2}}){_CLOSE}
    |(?P<circle_sign>[①-⑳])
    |(?P<dash>(?:—{{1,2}}|─{{1,2}}|--)(?!\s*{_NUM}+\s*[—─-]))
    |(?P<annex>附{GAP}[件表录图]|专{GAP}栏|附(?={GAP}{COLON})|{_GLOSSARY}(?={GAP}(?:{COLON}{GAP})?$))(?:{GAP}(?P<annex_no>{_NUM}{{1,2}}|{HAN}{{1,3}}))?
        (?=\s|{COLON}|\Z|{_WORD}|[《(\uff08])
    |(?P<label>{_WORD}(?:{GAP}{_WORD}){{1,11}})(?={GAP}{COLON})
    )"""
MARKER = re.compile(rf"(?m)(?:^|{_BEHIND_STOP}){GAP}{_MARKER}", re.VERBOSE)
# The same where a text lost its line ends: they may have become blanks.
PASTED_MARKER = re.compile(rf"(?m)(?:^|{_BEHIND_STOP}|(?<=[^\S\n])){GAP}{_MARKER}", re.VERBOSE)
# 第一章 总则 第一条 …: an article on its chapter's line
ON_HEADING_LINE = re.compile(
    rf"(?<=[^\S\n])第(?P<family_no>{_FAMILY_HAN}{{1,8}}|{_NUM}{{1,6}})(?P<family>[章节条])(?=\s)"
)
_NUMBERED = {
    "han": Kind.HAN,
    "han_paren": Kind.HAN_PAREN,
    "num": Kind.NUM,
    "num_paren": Kind.NUM_PAREN,
    "num_half": Kind.NUM_HALF,
}
_SIGNS = {
    "han_sign": ("㈠", Kind.HAN_PAREN),
    "num_sign": ("⒈", Kind.NUM),
    "num_paren_sign": ("⑴", Kind.NUM_PAREN),
    "circle_sign": ("①", Kind.CIRCLE),
}


def inserted(number: str) -> str:
    """What the segment of an article that was put in behind another one ends with: 之一 of 第一百三十三条之一."""
    return f"之{to_chinese(parse_chinese_numeral(number))}" if number else ""


def segment_of(kind: Kind, ordinal: int) -> str:
    """Write the path segment of a numbered marker: 第三章, 三, (三), 3, (3), 3), ③."""
    if kind in FAMILY:
        return f"第{to_chinese(ordinal)}{kind[2:]}"
    if kind is Kind.CIRCLE:
        return chr(ord("①") + ordinal - 1)
    number = to_chinese(ordinal) if kind in (Kind.HAN, Kind.HAN_PAREN) else str(ordinal)
    return {Kind.HAN_PAREN: f"({number})", Kind.NUM_PAREN: f"({number})", Kind.NUM_HALF: f"{number})"}.get(
        kind, number
    )


def _squeeze(text: str) -> str:
    return "".join(normalize("NFKC", text).split())


def identify(match: re.Match[str]) -> tuple[Kind, int, str]:
    """Return kind, ordinal and path segment of a match."""
    groups = {name: value for name, value in match.groupdict().items() if value}
    if "family" in groups:
        ordinal = parse_chinese_numeral("".join(groups["family_no"].split()))
        name = "".join(groups["family"].split())
        return (
            _FAMILY_OF[name[0]],
            ordinal,
            f"第{to_chinese(ordinal)}{name}{inserted(groups.get('inserted', ''))}",
        )
    for group, (first, kind) in _SIGNS.items():
        if group in groups:
            ordinal = ord(groups[group]) - ord(first) + 1
            return kind, ordinal, segment_of(kind, ordinal)
    for group, kind in _NUMBERED.items():
        if group in groups:
            ordinal = parse_chinese_numeral(groups[group])
            return kind, ordinal, segment_of(kind, ordinal)
    if "annex" in groups:
        ordinal = parse_chinese_numeral(groups.get("annex_no", "0"))
        return Kind.ANNEX, ordinal, _squeeze(groups["annex"]) + (str(ordinal) if ordinal else "")
    return (Kind.DASH, 0, "——") if "dash" in groups else (Kind.LABEL, 0, _squeeze(groups["label"]))
