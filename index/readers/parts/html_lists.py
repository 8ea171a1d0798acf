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


def _number(value: str | None) -> int | None:
    return int(value) if value and _NUMBER.fullmatch(value.strip()) else None


def mark_of(item: "HtmlElement") -> str:
    """Return the mark of a list item with the blank behind it, such as ``3. ``; empty where it shows a bullet."""
    ordered = item.getparent()
    if ordered is None or ordered.tag != "ol" or _MARKED.match("".join(item.itertext())[:20]):
        return ""
    start = _number(ordered.get("start"))
    count = start if start is not None else 1
    for sibling in ordered.iterchildren("li"):
        own = _number(sibling.get("value"))
        count = own if own is not None else count
        if sibling is item:
            break
        count += 1
    return f"{written(count, _FORMATS.get(ordered.get('type') or '', ''))}. "
