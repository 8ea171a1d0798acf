"""Telegram's HTML, read as strictly as Telegram reads it: anything it would refuse is an error here."""

import re
from html import unescape

_TAGS = frozenset(
    "b strong i em u ins s strike del code pre a blockquote tg-spoiler span tg-emoji".split()  # noqa: SIM905
)
_NAMES = {"strong": "bold", "b": "bold", "em": "italic", "i": "italic", "a": "text_link"}
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9-]*)((?:\s+[a-z-]+(?:=\"[^\"]*\")?)*)\s*>")
_ENTITY = re.compile(r"&(?:lt|gt|amp|quot|#\d+|#x[0-9a-fA-F]+);")


class MarkupError(ValueError):
    """The markup is not Telegram's; the words are those of its own error."""


def units(text: str) -> int:
    """Count a text as Telegram does: in UTF-16 units."""
    return len(text.encode("utf-16-le")) // 2


def parse(html: str) -> tuple[str, list[dict[str, object]]]:
    """Split HTML into its visible text and its entities (type, offset and length in UTF-16 units).

    :raises MarkupError: an unknown, unclosed or wrongly nested tag, or a bare ``<``
    """
    text, at = "", 0
    entities: list[dict[str, object]] = []
    stack: list[tuple[str, int, str]] = []
    while at < len(html):
        if html[at] != "<":
            end = html.find("<", at) if "<" in html[at:] else len(html)
            text += _ENTITY.sub(lambda found: unescape(found[0]), html[at:end])
            at = end
            continue
        tag = _TAG.match(html, at)
        if not tag or tag[2].lower() not in _TAGS:
            raise MarkupError(f'Unsupported start tag "{html[at + 1 : at + 9]}" at byte offset {at}')
        name = tag[2].lower()
        if not tag[1]:
            if name == "blockquote" and any(opened == name for opened, _, _ in stack):
                raise MarkupError("blockquote can't be nested")
            stack.append((name, units(text), tag[3].strip()))
        else:
            if not stack or stack[-1][0] != name:
                raise MarkupError(f'Unmatched end tag at byte offset {at}, found "</{name}>"')
            _, start, attributes = stack.pop()
            kind = "expandable_blockquote" if attributes == "expandable" else _NAMES.get(name, name)
            entities.append({"type": kind, "offset": start, "length": units(text) - start})
        at = tag.end()
    if stack:
        raise MarkupError(f'Can\'t find end tag corresponding to start tag "{stack[-1][0]}"')
    return text, [entity for entity in entities if entity["length"]]
