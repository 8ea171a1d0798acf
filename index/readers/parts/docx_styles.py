"""What the styles of a Word document say of a paragraph: heading level, list, table of contents."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

_TOC = re.compile(r"(?i)toc\s*\d|toc heading|目录\s*\d")
_HEADING = re.compile(r"(?i)(?:heading|标题)\s*([1-9])")
_BODY_LEVEL = 9  # w:outlineLvl of body text
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@dataclass(frozen=True, slots=True)
class Style:
    """A paragraph style with what it inherits."""

    name: str
    level: int  # heading level from 1; 0 for what is none
    list_id: str | None
    list_level: str | None


def value(parent: Any, path: str) -> str | None:
    """Return ``w:val`` of the element at ``path`` below ``parent``, ``None`` where there is none."""
    found = parent.find(path) if parent is not None else None
    return None if found is None else found.get(f"{W}val")


def number(text: str | None, default: int) -> int:
    """Read a small whole number of the file, ``default`` where it is none."""
    return int(text) if text is not None and re.fullmatch(r"-?\d{1,6}", text) else default


def _chain(styles: Mapping[str, Any], style_id: str) -> Iterator[Any]:
    seen: set[str] = set()
    at: str | None = style_id
    while at is not None and at in styles and at not in seen:
        seen.add(at)
        yield styles[at]
        at = value(styles[at], f"{W}basedOn")


def _level(chain: list[Any], name: str) -> int:
    for style in chain:
        outline = value(style, f"{W}pPr/{W}outlineLvl")
        if outline is not None:
            level = number(outline, _BODY_LEVEL)
            return level + 1 if 0 <= level < _BODY_LEVEL else 0
        heading = _HEADING.fullmatch((value(style, f"{W}name") or "").strip())
        if heading:
            return int(heading[1])
    return 0


def _first(chain: list[Any], path: str) -> str | None:
    return next((found for style in chain if (found := value(style, path)) is not None), None)


def styles_of(document: Any) -> dict[str, Style]:
    """Return the paragraph styles of a document by their id; the default style also under ``""``."""
    root = document.styles.element
    raw = {style.get(f"{W}styleId", ""): style for style in root.iterchildren(f"{W}style")}
    found = {}
    for style_id, style in raw.items():
        chain = list(_chain(raw, style_id))
        name = value(style, f"{W}name") or ""
        made = Style(
            name,
            _level(chain, name),
            _first(chain, f"{W}pPr/{W}numPr/{W}numId"),
            _first(chain, f"{W}pPr/{W}numPr/{W}ilvl"),
        )
        found[style_id] = made
        if style.get(f"{W}default") in ("1", "true") and style.get(f"{W}type") == "paragraph":
            found[""] = made
    return found


def is_contents(style: Style) -> bool:
    """Whether a style is that of a generated table of contents."""
    return bool(_TOC.fullmatch(style.name.strip()))
