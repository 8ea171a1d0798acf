"""A web page's tree, without what no reader sees."""

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_UNSEEN = frozenset(
    [
        "script",
        "style",
        "noscript",
        "template",
        "svg",
        "canvas",
        "iframe",
        "object",
        "embed",
        "applet",
        "audio",
        "video",
        "map",
        "select",
        "button",
        "textarea",
        "input",
        "datalist",
        "dialog",
        "rp",
        "rt",
        "nav",
    ]
)
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none", re.IGNORECASE)
_MISSPELT = re.compile(r"&(?:n|nb|b)?sp;")  # what editors leave of &nbsp;
# Names that content systems give to what stands around and behind an article.
_FURNITURE = re.compile(
    r"(?:^|[\s_-])(?:(?:bd|social|jia)?share\w*|\w*[_-]share|qr\w*|\w*qrcode|ewm|erweima|breadcrumbs?|crumbs?|"
    r"sidebar|footer|foot|header|pagination|pagebreak|print|related|recommend|comments?|toolbar|"
    r"weixin|wechat|weibo|sr-only)(?:$|[\s_-])",
    re.IGNORECASE,
)


def _is_unseen(element: "HtmlElement") -> bool:
    return element.tag in _UNSEEN


def is_furniture(element: "HtmlElement") -> bool:
    """Whether an element's own names and style say that it is no part of an article."""
    if element.tag in ("footer", "aside", "header") or element.get("hidden") is not None:
        return True
    if _HIDDEN_STYLE.search(element.get("style") or ""):
        return True
    names = f"{element.get('class') or ''} {element.get('id') or ''}"
    return bool(names.strip()) and bool(_FURNITURE.search(names))


def drop(element: "HtmlElement") -> None:
    """Take an element out of its tree; the words behind it stay."""
    if element.getparent() is not None:
        element.drop_tree()


def parse_page(source: str) -> "HtmlElement | None":
    """Parse a page's source; ``None`` where it holds no element, or nests deeper than the parser follows (2048)."""
    from lxml import etree, html

    # huge_tree lifts only limits on depth and length: the parser of HTML resolves no entity a file declares
    parser = html.HTMLParser(
        encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True, huge_tree=True
    )
    try:
        page = html.document_fromstring(_MISSPELT.sub(" ", source).encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError):
        return None
    if any("depth" in error.message for error in parser.error_log):  # the rest of the page would be lost
        return None
    for element in [e for e in page.iter() if isinstance(e.tag, str) and _is_unseen(e)]:
        drop(element)
    return page
