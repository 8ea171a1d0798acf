"""Where a text's table of contents stands, so that its lines are not taken for headings."""

import re
from collections.abc import Iterator

from index.markers import Marker, find_markers
from index.normalize import fold, squeeze
from index.types import Span

_TITLE = re.compile(r"(?m)^[^\S\n]*目[^\S\n]*[录次][^\S\n]*$")
_LINE = re.compile(r"[^\n]*")
_PAGE = re.compile(r"[\s.·•…—-]*\d*\s*$")
_PAGE_REFERENCE = re.compile(r"(?:\.{3,}|…|·{3,}|\s)\s*\d{1,3}\s*$")
_MAX_ENTRY = 60  # characters of an entry; what is longer, or ends a sentence, is text


def _lines(text: str, start: int) -> Iterator[Span]:
    while start < len(text):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        yield Span(start, end)
        start = end + 1


def _entry(line: str) -> str:
    """Reduce a line to what its heading repeats: no page number, no leaders, no gaps."""
    return squeeze(_PAGE.sub("", fold(line).text))


def _marker(line: str) -> Marker | None:
    return next(iter(find_markers(line)), None)


def _recurs(line: str, later: set[str]) -> bool:
    return _entry(line) in later or bool(_PAGE_REFERENCE.search(fold(line).text))


def _entries(text: str, start: int) -> list[Span]:
    """Collect the lines behind the title that look like entries, up to where the first of them comes again."""
    entries: list[Span] = []
    first: Marker | None = None
    texts: set[str] = set()
    later: set[str] | None = None
    for line in _lines(text, start):
        words = line.of(text)
        if not words.strip():
            continue
        marker = _marker(words[: _MAX_ENTRY + 1])
        again = marker and first and (marker.kind, marker.ordinal) == (first.kind, first.ordinal)
        if len(words.strip()) > _MAX_ENTRY or words.rstrip()[-1] in "。;" or again:
            break
        if _entry(words) in texts and not marker:
            break
        if marker is None:
            later = {_entry(part.of(text)) for part in _short(text, line.end)} if later is None else later
            if not _recurs(words, later):
                break
        first = first or marker
        texts.add(_entry(words))
        entries.append(line)
    return entries


def _short(text: str, start: int) -> Iterator[Span]:
    return (line for line in _lines(text, start) if line.end - line.start <= _MAX_ENTRY)


def find_contents(text: str) -> Span | None:
    """Return the span of the table of contents with its title 目录, ``None`` where there is none.

    It counts as one when two entries or more follow the title and one of them comes again as a line of its own, by
    its words or its marker.
    """
    title = _TITLE.search(text)
    entries = _entries(text, title.end() + 1) if title else []
    if title is None or len(entries) < 2:
        return None
    wanted = {_entry(line.of(text)) for line in entries}
    markers = {(m.kind, m.ordinal) for line in entries if (m := _marker(line.of(text)))}
    for line in _short(text, entries[-1].end + 1):
        marker = _marker(line.of(text))
        if _entry(line.of(text)) in wanted or (marker and (marker.kind, marker.ordinal) in markers):
            return Span(title.start(), entries[-1].end)
    return None
