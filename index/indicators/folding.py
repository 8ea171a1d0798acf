"""A same-length view of the text to match on: full-width forms folded, what is never a value hidden.

Both steps replace characters one for one, so a position in the view is a position in the stored text.
"""

import re
from collections.abc import Iterable

from index.types import Clause

_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_WIDTH |= {ord("\u3000"): ord(" "), ord("\u00a0"): ord(" "), ord("｡"): ord("。"), ord("﹪"): ord("%")}

HIDDEN = "\ufffd"

_YEAR = r"(?:19|20)\d\d"
_NEVER = re.compile(
    r"《[^《》\n]{1,80}》"  # titles of laws and documents
    r"|〔[^〔〕\n]{1,12}〕(?:第?\d{1,5}号)?"  # document numbers
    r"|“(?![^“”\n]{0,19}圈)[^“”\n]{1,20}”"  # slogans: “1+1+N”, “24小时”
    r'|"(?![^"\n]{0,19}圈)[^"\n]{1,20}"'
    rf"|{_YEAR}\s?(?:年?\s?[-—–~至到]\s?(?:19|20)?\d\d\s?)?年"  # calendar years
    r"|\d{1,2}月(?:\d{1,2}[日号])?"
    r"|\d{1,2}日(?=前|起|止|至)"
    r"|(?<![\d.])\d{1,2}:\d\d(?!\d)|(?<![\d.])\d{1,2}[时点]\d{1,2}分?"  # times of day
    r"|\d{1,5}号(?:院|楼|\d{1,4}(?:号?楼|[栋幢座室层]|单元))+|\d{1,3}[栋幢座]\d{1,4}(?:单元|[室层楼])"  # addresses
    r"|\d{1,3}章\d{1,3}[节条]"
    r"|(?<=\n)\s*\d{1,2}(?:\.\d{1,2}){1,3}(?=[^\S\n]+[^\s万亿%‰元\d])"  # 7.2 numbers a paragraph
    r"|\d{1,4}\s?(?:周年|年代|世纪)"
    r"|\d{1,3}\s?[x×]\s?\d{1,3}\s?(?:小时|天)"
)
_DIGIT = re.compile(r"\d")
# In 1.3个乡镇 the point belongs to the marker, or the 3 would be a decimal.
_MARKER = re.compile(r"[\d.]")


def fold(text: str) -> str:
    """Return ``text`` with full-width ASCII and spaces narrowed, character for character."""
    return text.translate(_WIDTH)


def hide(folded: str, clauses: Iterable[Clause]) -> str:
    """Return ``folded`` with the digits of markers, dates, titles, document numbers and slogans hidden."""
    view = _NEVER.sub(lambda m: _DIGIT.sub(HIDDEN, m[0]), folded)
    parts, done = [], 0
    for clause in clauses:
        start, end = clause.span.start, clause.span.start + len(clause.marker)
        if clause.marker and start >= done and _DIGIT.search(view, start, end):
            parts += [view[done:start], _MARKER.sub(HIDDEN, view[start:end])]
            done = end
    return "".join([*parts, view[done:]])
