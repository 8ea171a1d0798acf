"""The words of a Word paragraph, as they stand after its tracked changes."""

from collections.abc import Iterator
from typing import Any

from index.readers.parts.docx_styles import W, value

BREAK = "\n"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_SKIPPED = frozenset(
    [f"{W}{name}" for name in ("del", "moveFrom", "pPr", "rPr", "instrText", "delText", "delInstrText")]
    + [
        f"{W}{name}"
        for name in ("footnoteReference", "endnoteReference", "annotationRef", "txbxContent", "rt")
    ]
    + [f"{_MC}Fallback"]
)
_SHOWN = {
    f"{W}tab": " ",
    f"{W}ptab": " ",
    f"{W}cr": BREAK,
    f"{W}noBreakHyphen": "-",
}
_OFF = ("0", "false", "off", "none")


def _is_hidden(run: Any) -> bool:
    vanish = run.find(f"{W}rPr/{W}vanish")
    return vanish is not None and (vanish.get(f"{W}val") or "1") not in _OFF


def _pieces(element: Any) -> Iterator[str]:
    stack = [iter(element)]
    while stack:
        child = next(stack[-1], None)
        if child is None:
            stack.pop()
        elif child.tag == f"{W}t":
            yield child.text or ""
        elif child.tag == f"{W}br":
            yield "" if child.get(f"{W}type") in ("page", "column") else BREAK
        elif child.tag in _SHOWN:
            yield _SHOWN[child.tag]
        elif isinstance(child.tag, str) and child.tag not in _SKIPPED and not _is_hidden(child):
            stack.append(iter(child))


def words_of(paragraph: Any) -> str:
    """Return what a paragraph shows; line breaks inside it are newlines. Notes and text boxes are not its words."""
    return "".join(_pieces(paragraph))


def boxes_of(paragraph: Any) -> list[Any]:
    """Return the text boxes that hang on a paragraph, each once, none inside another."""
    found = []
    for box in paragraph.iter(f"{W}txbxContent"):
        above = [ancestor.tag for ancestor in box.iterancestors()]
        upto = above[: above.index(paragraph.tag)] if paragraph.tag in above else above
        if f"{_MC}Fallback" not in upto and f"{W}txbxContent" not in upto:
            found.append(box)
    return found


def is_deleted(element: Any) -> bool:
    """Whether a table row was deleted by a tracked change."""
    return element.find(f"{W}trPr/{W}del") is not None


def property_of(paragraph: Any, name: str) -> str | None:
    """Return ``w:val`` of a paragraph property such as ``pStyle``."""
    return value(paragraph, f"{W}pPr/{W}{name}")
