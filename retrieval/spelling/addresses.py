"""Clause addresses as people type them → as documents print them: 第叁章, 3章3节, 地三章 → 第三章, 第3章第3节, 第三章."""

import re

from index.numerals import NUMERAL_CHARS

_FORMAL = str.maketrans(
    "\u58f9\u8d30\u53c1\u8086\u4f0d\u9646\u67d2\u634c\u7396\u62fe\u4f70\u8cb3\u53c3\u9678",
    "一二三四五六七八九十百二三六",
)
_FORMAL_CHARS = "".join(map(chr, _FORMAL))
_NUMBER = rf"(?:[{NUMERAL_CHARS}]{{1,4}}|\d{{1,3}})"
_ASKED = r"(?=[\s,。?的里中讲说写是规\uff0c\uff1f]|$)"  # what an address is followed by, not a count
_NOT_COUNTED = rf"(?<![第共有哪几这那前后上下每某同另各分等整\d.{NUMERAL_CHARS}])"

_RULES: tuple[tuple[re.Pattern[str], str], ...] = (
    # 第 by its sound; 本地三章 is no address
    (re.compile(rf"(?<![本当各外工土属])[地弟递]({_NUMBER}[章节])"), r"第\1"),
    (re.compile(rf"(第{_NUMBER})[张掌](?={_ASKED}|第|{_NUMBER}节)"), r"\1章"),
    # 3章3节, 三章讲什么
    (re.compile(rf"{_NOT_COUNTED}({_NUMBER}章)(?=第?{_NUMBER}节|{_ASKED})"), r"第\1"),
    (re.compile(rf"(章)\s?({_NUMBER}节)"), r"\1第\2"),
    (re.compile(rf"{_NOT_COUNTED}({_NUMBER}条)(?=讲|说|写|是什么|规定|的?原文)"), r"第\1"),
)
_FORMAL_NUMBER = re.compile(rf"(?<=第)[{_FORMAL_CHARS}]+|[{_FORMAL_CHARS}]+(?=[章节])")


def plain_addresses(text: str) -> str:
    """Return ``text`` with its clause addresses written as documents write them."""
    text = _FORMAL_NUMBER.sub(lambda match: match[0].translate(_FORMAL), text)
    for slip, printed in _RULES:
        text = slip.sub(printed, text)
    return text
