"""The marks a page shows before the items of a numbered list: they live in the list, not in its words."""

import re
from typing import TYPE_CHECKING

from index.readers.parts.numbering import LOWER_LETTER, LOWER_ROMAN, UPPER_LETTER, UPPER_ROMAN, written

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_FORMATS = {"a": LOWER_LETTER, "A": UPPER_LETTER, "i": LOWER_ROMAN, "I": UPPER_ROMAN}
_NUMBER = re.compile(r"-?\d{1,6}")
# An item whose words begin with a mark of their own shows that one.
_MARKED = re.compile(
    r"\s*(?:[(\uff08\[]?[\d一二三四五六七八九十]+[)\uff09\].、\uff0e]|第.{1,6}[条章节款项]|[①-⑳⑴-⒛])"
)
_MARK_REACH = 20  # characters in which a mark of an item's own ends


def _number(value: str | None) -> int | None:
    return int(value) if value and _NUMBER.fullmatch(value.strip()) else None


def _beginning(item: "HtmlElement") -> str:
    words = ""
    for part in item.itertext():
        words = (words + part).lstrip()
        if len(words) >= _MARK_REACH:
            break
    return words


def mark_of(item: "HtmlElement", counts: "dict[HtmlElement, int]") -> str:
    """Count a list item and return its mark with the blank behind it, such as ``3. ``; empty where it shows a bullet.

    :param counts: how far each list has counted; the items of a list must come in order
    """
    ordered = item.getparent()
    if ordered is None or ordered.tag != "ol":
        return ""
    own, start = _number(item.get("value")), _number(ordered.get("start"))
    first = start if start is not None else 1
    counts[ordered] = own if own is not None else counts.get(ordered, first - 1) + 1
    if _MARKED.match(_beginning(item)):
        return ""
    return f"{written(counts[ordered], _FORMATS.get(ordered.get('type') or '', ''))}. "
