"""Where the markers of a text stand.

A marker opens a clause: 第三章, 一、, (四), 3., ①, ——, 具体路径:. It is *plain* where it starts a line or follows the
label that does. Text that lost its line ends also has markers behind the end of a sentence; those, like a 第三条 run
into its sentence, are doubtful: they count only in a numbered run together with markers that do start a line. So
a list inside a sentence, "包括:(1)…;(2)…", never becomes clauses. A text pasted as one line has none that start one:
there a run from 一、 on vouches for itself.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from index.marker_forms import (
    COLON,
    FAMILY,
    GAP,
    HAN,
    HEADINGS,
    MARKER,
    ON_HEADING_LINE,
    PASTED_MARKER,
    Kind,
    Marker,
    identify,
)
from index.marker_runs import Candidate, believed
from index.types import Span

__all__ = ["Kind", "Marker", "find_markers"]

# What a label such as 具体路径: may introduce.
_LISTED = frozenset({Kind.HAN_PAREN, Kind.NUM, Kind.NUM_PAREN, Kind.NUM_HALF, Kind.CIRCLE, Kind.DASH})
_MAX_TITLE = 60  # characters: a longer line is prose, not a heading
_PROSE = re.compile(r"[。;,\uff1b\uff0c]")
_LONG_LINE = 400  # characters of a line, on average: a paragraph has 100 to 200; a text of longer ones was pasted as one
_STOP_OR_BLANK = re.compile(r"[。!?\uff01\uff1f][”’)\uff09]?[^\S\n]*$|[^\S\n]$")
_SEPARATED = re.compile(rf"\s|{COLON}|、|\Z")
_BEFORE_LIST = re.compile(rf"{GAP}{COLON}?\s*")
_CELLS = frozenset("—─")  # alone on its line: no value, in a table that lost its rows
# A salutation or the lead-in of a sentence is no label: 各有关单位:, 主要包括:
_NO_LABEL = re.compile(r"^各|[以如]下|下列|包括|分别|做好|[是为有要]$")


def _is_plain(kind: Kind, rest: str) -> bool:
    """Whether what follows on the line lets a marker at its start stand for itself."""
    prose = len(rest) > _MAX_TITLE or _PROSE.search(rest)
    if kind in FAMILY:
        return bool(_SEPARATED.match(rest)) or (kind is not Kind.ARTICLE and not prose)
    if kind is Kind.HAN:  # 二、三产业 may be the rest of 第一、二、三产业
        return not re.match(HAN, rest)
    return kind is not Kind.ANNEX or not prose


def _line_rest(text: str, start: int, end: int) -> str:
    """Return what follows on the line, as far as a heading can reach."""
    reach = min(end, start + 2 * _MAX_TITLE)
    stop = text.find("\n", start, reach)
    return text[start : stop if stop >= 0 else reach]


def _is_annex(marker: Marker, rest: str) -> bool:
    return bool(marker.ordinal or _SEPARATED.match(rest) or rest[0] in "“《")


def _inner(marker: Marker, rest: str) -> Candidate | None:
    """Find an article on the line of its chapter's heading."""
    match = ON_HEADING_LINE.search(rest, 0, 2 * _MAX_TITLE) if marker.kind in HEADINGS else None
    if match is None:
        return None
    kind, ordinal, segment = identify(match)
    span = Span(marker.span.end + match.start(), marker.span.end + match.end())
    return Candidate(Marker(kind, ordinal, span, match[0], segment), False, True)


def _is_pasted(text: str) -> bool:
    """Whether a text lost its line ends."""
    return len(text) > _LONG_LINE * (text.strip().count("\n") + 1)


def _candidates(text: str, start: int, end: int, pasted: bool) -> Iterator[Candidate]:
    """Yield everything between two offsets that may be a marker, in order."""
    for match in (PASTED_MARKER if pasted else MARKER).finditer(text, start, end):
        kind, ordinal, segment = identify(match)
        marker = Marker(kind, ordinal, Span(*match.span("marker")), match["marker"], segment)
        starts_line = match.start() == 0 or text[match.start() - 1] == "\n"
        rest = _line_rest(text, marker.span.end, end)
        if kind is Kind.ANNEX and not (starts_line and _is_annex(marker, rest)):
            continue
        if marker.text in _CELLS and not rest.strip():
            continue
        before = text[max(start, marker.span.start - 4) : marker.span.start]
        began = pasted and (starts_line or bool(_STOP_OR_BLANK.search(before)))
        yield Candidate(marker, starts_line, starts_line and _is_plain(kind, rest), began)
        if starts_line and (inner := _inner(marker, rest)):
            yield inner


def _introduced(candidates: Sequence[Candidate], at: int, text: str) -> bool:
    """Whether a list begins right behind candidate ``at``."""
    if at + 1 == len(candidates):
        return False
    marker, following = candidates[at].marker, candidates[at + 1].marker
    begin = _BEFORE_LIST.match(text, marker.span.end)
    return (
        begin is not None
        and begin.end() == following.span.start
        and following.kind in _LISTED
        and following.ordinal <= 1
    )


def _is_label(candidate: Candidate) -> bool:
    return candidate.marker.kind is Kind.LABEL and not _NO_LABEL.search(candidate.marker.segment)


def _vouch(candidates: Sequence[Candidate], text: str) -> list[Candidate]:
    """Make the first item on the line of a label or annex as plain as the label."""
    made = list(candidates)
    for at, candidate in enumerate(candidates):
        opens = candidate.starts_line and (_is_label(candidate) or candidate.marker.kind is Kind.ANNEX)
        if opens and _introduced(candidates, at, text):
            made[at + 1] = replace(candidates[at + 1], plain=True)
    return made


def find_markers(text: str, hidden: Sequence[Span] = ()) -> list[Marker]:
    """Return the markers of a text in order.

    :param hidden: spans to pass over (tables, a table of contents), ordered, not overlapping
    """
    edges = [0, *(edge for span in hidden for edge in (span.start, span.end)), len(text)]
    stretches, pasted = zip(edges[::2], edges[1::2], strict=True), _is_pasted(text)
    candidates = _vouch([c for start, end in stretches for c in _candidates(text, start, end, pasted)], text)
    numbered = believed(candidates)
    found = []
    for at, candidate in enumerate(candidates):
        marker = candidate.marker
        listed = _introduced(candidates, at, text) and (
            candidates[at + 1].marker in numbered or candidates[at + 1].plain
        )
        if (
            marker in numbered
            or (marker.kind is Kind.DASH and candidate.plain)
            or (marker.kind is Kind.ANNEX and (candidate.plain or listed))
            or (_is_label(candidate) and listed)
        ):
            found.append(marker)
    return found
