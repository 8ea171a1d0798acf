"""The catalogue of clause markers, and where they stand in a text.

A marker opens a clause: 第三章, 一、, (四), 3., ①, ——, 具体路径:. It is *plain* where it starts a line (or follows
the marker that does). Text that lost its line ends also has markers behind the end of a sentence; those are
*doubtful*, like a 第三条 run into its sentence, and count only as members of a numbered run that also has a
plain member, so that a list inside a sentence, "一是(1)…;(2)…", never becomes clauses.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from index.numerals import NUMERAL_CHARS, parse_chinese_numeral, to_chinese
from index.types import Span


class Kind(StrEnum):
    """The kinds of markers, named by a specimen of their path segment."""

    BOOK = "第一编"
    PART = "第一部分"
    CHAPTER = "第一章"
    SECTION = "第一节"
    ARTICLE = "第一条"
    HAN = "一"
    HAN_PAREN = "(一)"
    NUM = "1"
    NUM_PAREN = "(1)"
    NUM_HALF = "1)"
    CIRCLE = "①"
    DASH = "——"
    LABEL = "标签"
    ANNEX = "附件"


@dataclass(frozen=True, slots=True)
class Marker:
    """A marker as printed. ``segment`` is its part of a clause's path; a dash is numbered by its tree."""

    kind: Kind
    ordinal: int  # 0 where it has none: a label, a dash, an unnumbered annex
    span: Span
    text: str
    segment: str
    plain: bool = True


# 第…编 and its like: they always nest in this order
FAMILY = (Kind.BOOK, Kind.PART, Kind.CHAPTER, Kind.SECTION, Kind.ARTICLE)
_FAMILY_OF = dict(zip("编卷部章节条", (Kind.BOOK, Kind.BOOK, *FAMILY[1:]), strict=True)) | {"篇": Kind.PART}
# what a label such as 具体路径: may introduce
_LISTED = (Kind.HAN_PAREN, Kind.NUM, Kind.NUM_PAREN, Kind.NUM_HALF, Kind.CIRCLE, Kind.DASH)

_GAP = r"[^\S\n]*"
_HAN = rf"[{NUMERAL_CHARS.translate(dict.fromkeys(map(ord, '零〇两万亿')))}]"
_NUM = r"[0-90-9]"
_CIRCLES = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_HAN_CIRCLES = "㈠㈡㈢㈣㈤㈥㈦㈧㈨㈩"
_NUM_PARENS = "⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽⑾⑿⒀⒁⒂⒃⒄⒅⒆⒇"
_NUM_DOTS = "⒈⒉⒊⒋⒌⒍⒎⒏⒐⒑⒒⒓⒔⒕⒖⒗⒘⒙⒚⒛"
# "3.0", "1.593", "2021.12" are numbers; "1.2021年底前…" is a clause that opens with a year
_NOT_DECIMAL = rf"(?!{_NUM})|(?={_NUM}{{4}}年)"
_MAX_TITLE = 60  # characters of a heading line; a longer line is a sentence

_MARKER = re.compile(
    rf"""(?m)(?:(?P<start>^)|(?<=[。!?!?;;::\s])){_GAP}(?:
    (?P<family>第{_GAP}(?P<family_no>(?:[{NUMERAL_CHARS}]|{_NUM})(?:{_GAP}(?:[{NUMERAL_CHARS}]|{_NUM}))*){_GAP}
        (?P<family_name>[编卷篇章节条]|部分))
    |(?P<han>(?P<han_no>{_HAN}+){_GAP}[、..])
    |(?P<han_paren>[((]{_GAP}(?P<han_paren_no>{_HAN}+){_GAP}[))]|[{_HAN_CIRCLES}])
    |(?P<num>(?P<num_no>{_NUM}{{1,3}}){_GAP}[.、.](?:{_NOT_DECIMAL})|[{_NUM_DOTS}])
    |(?P<num_paren>[((]{_GAP}(?P<num_paren_no>{_NUM}{{1,2}}){_GAP}[))]|[{_NUM_PARENS}])
    |(?P<num_half>(?P<num_half_no>{_NUM}{{1,2}})[))])
    |(?P<circle>[{_CIRCLES}])
    |(?P<dash>—{{1,2}}|─{{1,2}}|--)
    |(?P<annex>(?P<annex_name>附{_GAP}[件表录图]|专{_GAP}栏|附(?=[::])){_GAP}
        (?P<annex_no>{_NUM}{{1,2}}|{_HAN}{{1,3}}(?![\u4e00-\u9fff]))?{_GAP}[::]?)
    |(?P<label>[\u4e00-\u9fff“”A-Za-z](?:{_GAP}[\u4e00-\u9fff“”A-Za-z]){{1,11}}{_GAP}[::])
    )""",
    re.VERBOSE,
)
