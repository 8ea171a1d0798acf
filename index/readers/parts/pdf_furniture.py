"""Headers, footers and page numbers: lines that recur where pages begin and end."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from index.readers.parts.pdf_lines import PrintedLine
from index.readers.parts.pdf_page import Page

_ZONE = 0.12  # of a page's height at its head and foot
_SHARE = 0.5  # of the pages a line must recur on
_FEWEST = 3  # pages; on fewer nothing recurs by rule
_SAME_PLACE = 8.0  # points; a line recurs at one height
_PAGE_NUMBER = re.compile(
    r"[-—–―─·•~\s]*(?:第\s*)?(?:\d{1,4}|[ivxIVX]{1,5})(?:\s*页)?(?:\s*[/,\uff0c共\s]+\s*\d{1,4}\s*页?)?[-—–―─·•~\s]*"
)
_NUMBERS = re.compile(r"\d+")


def _zone(page: Page, line: PrintedLine) -> str:
    if line.bottom < _ZONE * page.height:
        return "head"
    return "foot" if line.top > (1 - _ZONE) * page.height else ""


def _key(page: Page, line: PrintedLine) -> tuple[str, str, int]:
    """What recurs: the words with their numbers masked, at about the same height."""
    words = _NUMBERS.sub("#", "".join(line.text.split()))
    return _zone(page, line), words, round(line.top / _SAME_PLACE)


def _recurring(pages: Sequence[Page]) -> set[tuple[str, str, int]]:
    counts: Counter[tuple[str, str, int]] = Counter()
    for page in pages:
        lines = [line for line in page.content if isinstance(line, PrintedLine) and _zone(page, line)]
        counts.update({_key(page, line) for line in lines})
    most = max(_FEWEST, _SHARE * len(pages))
    # odd and even pages may carry headers of their own: half of the share, on half of the pages
    return {
        key
        for key, count in counts.items()
        if count >= most or (len(pages) >= 8 and count * 2.5 >= len(pages))
    }


def _is_page_number(page: Page, line: PrintedLine) -> bool:
    return bool(_zone(page, line)) and bool(_PAGE_NUMBER.fullmatch(line.text))


def without_furniture(pages: Sequence[Page]) -> list[Page]:
    """Leave out page numbers, and the lines at the head and foot that recur on half of the pages or more."""
    recurring = _recurring(pages)
    return [
        replace(
            page,
            content=tuple(
                printed
                for printed in page.content
                if not isinstance(printed, PrintedLine)
                or not (_key(page, printed) in recurring or _is_page_number(page, printed))
            ),
        )
        for page in pages
    ]
