"""Where a page's article stands.

Content systems of Chinese government sites name the element that holds it; where none is named, the article is the
smallest element that holds nearly all of the page's prose. Own code, because the libraries for it clean as they
look: of the 690 longer cells in the tables of 8 real pages readability-lxml 0.9 kept the words of 445 and trafilatura
2.3 those of 479, and trafilatura gives text without the merges.
"""

import re
from typing import TYPE_CHECKING

from index.readers.parts.html_page import drop, is_furniture

if TYPE_CHECKING:
    from lxml.html import HtmlElement

# The elements that TRS, UCAP, 开普, 南方 and other common systems put an article in.
_NAMED = re.compile(
    r"(?:^|\s)(?:ucap-content|trs_editor|trs_ueditor|view|zoom(?:con)?|pages_content|article[-_]?(?:content|con|body|text)|"
    r"info_cont(?:ent)?|news_?content(?:_text)?|content_?(?:body|text)|main-?text|art_?con|xxgk_?content|"
    r"detail[-_]?content|text_?con(?:tent)?|con_?text|conTxt|rich_media_content)(?:\s|$)",
    re.IGNORECASE,
)
_PROSE = re.compile(r"[\u4e00-\u9fff]")
_SENTENCE = re.compile(r"[。,;!?\uff0c\uff1b\uff01\uff1f]")
_PUNCTUATION = re.compile(r"[。,;:、\uff0c\uff1b\uff1a]")
_PUNCTUATION_WEIGHT = 10  # a mark of punctuation counts like so many characters: menus have none
_ENOUGH = 30  # weight below which an element holds no article
_NAMED_SHARE = 0.4  # of a page's prose that a named element must hold to be believed
_NEARLY_ALL = 0.85
_LINKED_SHARE = 0.5  # of an unnamed element's characters in links from which on it is a list of links


def _weight(words: str) -> int:
    return len(_PROSE.findall(words)) + _PUNCTUATION_WEIGHT * len(_PUNCTUATION.findall(words))


def _weights(page: "HtmlElement") -> "dict[HtmlElement, int]":
    """Weigh the prose outside links of every element with all below it."""
    weights: dict[HtmlElement, int] = {}
    for element in [*page.iter()][::-1]:  # children stand behind their parents
        own = 0 if element.tag == "a" else _weight(element.text or "")
        for child in element:
            own += weights[child] + _weight(child.tail or "")
        weights[element] = 0 if element.tag == "a" else own
    return weights


def _names(element: "HtmlElement") -> str:
    return f"{element.get('class') or ''} {element.get('id') or ''}"


def _named(page: "HtmlElement", weights: "dict[HtmlElement, int]") -> "HtmlElement | None":
    """Find the named element with most prose; the innermost where one stands in another."""
    found = [e for e in page.iter() if _NAMED.search(_names(e)) and weights[e] >= _ENOUGH]
    best = max(found, key=lambda e: weights[e], default=None)
    if best is None or weights[best] < _NAMED_SHARE * weights[page]:
        return None
    return next(e for e in reversed(found) if weights[e] >= _NEARLY_ALL * weights[best])


def _densest(page: "HtmlElement", weights: "dict[HtmlElement, int]") -> "HtmlElement":
    found = page.find("body")
    at = page if found is None else found
    while weights[at]:
        inner = max(at, key=lambda child: weights[child], default=None)
        if inner is None or inner.tag in ("p", "tr", "tbody") or weights[inner] < _NEARLY_ALL * weights[at]:
            break
        at = inner
    return at


def _is_article(main: "HtmlElement") -> bool:
    """Whether an unnamed element says something: sentences or a table, not a list of links or a line of owners."""
    linked = sum(len(_PROSE.findall("".join(link.itertext()))) for link in main.iter("a"))
    words = "".join(main.itertext())
    says = bool(_SENTENCE.search(words)) or main.find(".//table") is not None
    return says and linked <= _LINKED_SHARE * len(_PROSE.findall(words))


def _drop_furniture(element: "HtmlElement", weights: "dict[HtmlElement, int]") -> None:
    """Drop what stands around or inside an article, but never what holds much of the prose or a named element."""
    named = [e for e in element.iter() if _NAMED.search(_names(e)) and weights[e] >= _ENOUGH]
    kept = {above for e in named for above in (e, *e.iterancestors())}
    inside = [e for e in element.iter() if e is not element and e.tag != "body" and is_furniture(e)]
    for found in inside:
        if found not in kept and weights[found] < _NAMED_SHARE * weights[element]:
            drop(found)


def main_of(page: "HtmlElement") -> "HtmlElement | None":
    """Return the element of a page's article, what is no part of it dropped; ``None`` where it has none."""
    _drop_furniture(page, _weights(page))
    weights = _weights(page)
    main = _named(page, weights)
    if main is not None:
        _drop_furniture(main, weights)
        return main
    main = _densest(page, weights)
    return main if _is_article(main) else None
