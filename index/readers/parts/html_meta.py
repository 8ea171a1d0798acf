"""What a page says of itself: its encoding, its meta tags, the box of facts over the article."""

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import TYPE_CHECKING

from index.readers.parts.types import Block, Line
from index.readers.parts.words import tidy

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_CHARSET = re.compile(rb"""(?i)<(?:meta|\?xml)[^>]*?(?:charset|encoding)\s*=\s*["']?\s*([\w-]{3,20})""")
_HEAD = 8192
# What pages declare and what it is read as: GB18030 holds all of GB2312 and GBK. Other names are not believed.
_KNOWN = {
    **dict.fromkeys(("utf-8", "utf8"), "utf-8"),
    **dict.fromkeys(("gb2312", "gbk", "gb18030", "gb_2312-80", "x-gbk"), "gb18030"),
    **dict.fromkeys(("big5", "big5-hkscs"), "big5hkscs"),
}
_NAMES = frozenset(
    [
        "articletitle",
        "pubdate",
        "contentsource",
        "docnumber",
        "source",
        "publishdate",
        "author",
        "description",
        "keywords",
        "sitename",
        "columnname",
        "url",
    ]
)
# Labels of the box of facts that 政府信息公开 pages print over a document.
_FACT = re.compile(
    r"(标题|名称|文件名称|发文机关|发布机构|发布机关|制发机关|发文单位|发文字号|文号|文件编号|"
    r"成文日期|发布日期|公开日期|生效日期|实施日期|施行日期|失效日期|废止日期)[:\uff1a](.*)"
)
_MAX_FACT = 300
_SITE = re.compile(r"\s*[-_|—–]+\s*[^-_|—–]*(?:网|网站|平台|门户|政府)\s*$")
_COLON = re.compile(r"[:\uff1a]")
_PASSED_ON = re.compile(r"^[(\uff08\[【][^)\uff09\]】]{1,6}[)\uff09\]】]")  # (转载)
TITLE = "title"


def charset_of(data: bytes) -> str | None:
    """Return the encoding a page declares, by the name Python knows; ``None`` where it declares none of use."""
    match = _CHARSET.search(data[:_HEAD])
    return _KNOWN.get(match[1].decode("ascii", "replace").lower()) if match else None


def _meta(page: "HtmlElement") -> Iterator[tuple[str, str]]:
    for element in page.iter("meta"):
        name = (element.get("name") or element.get("property") or "").strip()
        words = tidy(element.get("content") or "")
        if name.lower() in _NAMES and words:
            yield name, words


def _leaves(page: "HtmlElement") -> list[str]:
    """Return the words of the elements that hold no other: cells, items and spans of the box."""
    found = []
    for element in page.iter("td", "th", "li", "dt", "dd", "span", "p", "label", "div", "b", "strong"):
        if not any(child.tag in ("td", "li", "p", "div", "table", "span", "dd", "tr") for child in element):
            words = tidy("".join(element.itertext()))
            if 0 < len(words) <= _MAX_FACT:
                found.append(words)
    return found


def _fact(words: str) -> tuple[str, str] | None:
    """Split a labelled fact, its label printed with gaps between the characters or not: 标　　题:…."""
    colon = _COLON.search(words)
    if colon is None:
        return None
    match = _FACT.fullmatch("".join(words[: colon.end()].split()))
    return (match[1], words[colon.end() :].strip()) if match else None


def _facts(page: "HtmlElement") -> Iterator[tuple[str, str]]:
    """Yield label and value; a label alone in its cell has its value in the next."""
    for words, following in pairwise([*_leaves(page), ""]):
        if fact := _fact(words):
            value = fact[1] or ("" if _fact(following) else following)
            if value:
                yield fact[0], value


def declared_of(page: "HtmlElement") -> tuple[tuple[str, str], ...]:
    """Return the meta tags, title and facts of a page, in this order, each name's first value."""
    found: dict[str, str] = {}
    for name, value in _meta(page):
        found.setdefault(name, value)
    title = page.find(".//title")
    words = tidy("".join(title.itertext())) if title is not None else ""
    if words:
        found.setdefault(TITLE, _SITE.sub("", words) or words)
    for name, value in _facts(page):
        found.setdefault(name, value)
    return tuple(found.items())


def _squeezed(words: str) -> str:
    return "".join(words.split())


def titled(blocks: Iterable[Block], declared: Iterable[tuple[str, str]]) -> Iterator[Block]:
    """Put the page's title before its article where the article's first lines do not say it."""
    listed = list(blocks)
    named = {name.lower(): value for name, value in declared}
    title = named.get("articletitle") or named.get("标题") or named.get(TITLE, "")
    opening = ""
    for block in listed[:12]:
        opening += _squeezed(block.text) if isinstance(block, Line) else ""
    if listed and title and _squeezed(_PASSED_ON.sub("", title)) not in opening:
        yield Line(title)
    yield from listed
