"""Blanks and line ends inside words that stand together."""

import re

_CJK = r"[\u2e80-\u303f\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff00-\uffef]"
# invisible: controls, soft hyphen, zero-width blanks and marks, noncharacters, halves of surrogate pairs
_INVISIBLE = re.compile(
    r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u200b-\u200f\u2060-\u2064\ufeff\ufffe\uffff\ud800-\udfff]"
)
_WRAPPED = re.compile(rf"(?<={_CJK})[^\S\u3000\n]*\n[^\S\u3000]*(?={_CJK})")
_BLANKS = re.compile(r"[^\S\u3000]+")
_ENDS_IN_LATIN = re.compile(r"[A-Za-z]-$")
_LATIN = re.compile(r"[A-Za-z0-9]")
_LATIN_LINE = re.compile(r"[A-Za-z0-9,.;:)%]$")


def tidy(text: str) -> str:
    """Fold blanks to one and drop what cannot be seen; a line end between two Chinese characters goes.

    Ideographic spaces (U+3000) stay inside the words and go at their ends.
    """
    return _BLANKS.sub(" ", _WRAPPED.sub("", _INVISIBLE.sub("", text))).strip(" \u3000")


def join_wrapped(left: str, right: str) -> str:
    """Join two printed lines of one paragraph: Chinese without anything between, Latin words with a blank.

    A Latin word broken with a hyphen is closed.
    """
    if _ENDS_IN_LATIN.search(left) and right[:1].islower():
        return left[:-1] + right
    gap = " " if _LATIN_LINE.search(left) and _LATIN.match(right) and not _is_number(left, right) else ""
    return left + gap + right


def _is_number(left: str, right: str) -> bool:
    """Whether a number runs over the line end: 20|25."""
    return left[-1:].isdigit() and right[:1].isdigit()
