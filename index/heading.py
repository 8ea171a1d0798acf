"""The title run of a clause: the words behind its marker that name it, not the words that state something."""

import re

from index.marker_forms import HEADINGS, Kind
from index.markers import Marker
from index.types import Span

_MAX_HEADING_LINE = 60  # characters behind 第三章 or 附件1; a longer line is text
_MAX_TITLE = 40  # characters of a title run; longer first sentences state something
# A title with a comma balances two short halves: 加强人社行风建设,深入推进“一网通办”.
_MAX_BALANCED_TITLE = 24

_SEPARATOR = re.compile(r"[^\S\n]*[:、\uff1a]?[^\S\n]*")
_SENTENCE_END = re.compile(r"[。!?;\uff01\uff1f\uff1b]")
_COMMA = re.compile(r"[,\uff0c]")
_IN_BRACKETS = re.compile(r"[【〔\[(\uff08]([^】〕\])\uff09\n]{1,30})[】〕\])\uff09]")
_BLANK_LINES = re.compile(r"\s*")


def content_start(text: str, marker_end: int) -> int:
    """Return where the words behind a marker begin, past its colon and blanks."""
    match = _SEPARATOR.match(text, marker_end)
    return match.end() if match else marker_end


def _trim(text: str, start: int, end: int) -> Span:
    words = text[start:end]
    return Span(start, start + len(words.rstrip(" \t\u3000\xa0\r:\uff1a。")))


def _line_end(text: str, start: int, edge: int) -> int:
    end = text.find("\n", start, edge)
    return edge if end < 0 else end


def _heading_line(text: str, start: int, edge: int) -> Span:
    end = _line_end(text, start, edge)
    if _SENTENCE_END.search(text, start, end) or end - start > _MAX_HEADING_LINE:
        return Span(start, start)
    return _trim(text, start, end)


def _next_line(text: str, start: int, edge: int) -> Span:
    """Take the line below a bare 附件1 for its title."""
    match = _BLANK_LINES.match(text, start, edge)
    begin = match.end() if match else start
    title = _heading_line(text, begin, edge)
    return title if title.start < title.end else Span(start, start)


def _title_run(text: str, start: int, edge: int, has_more: bool) -> Span:
    """Take the whole line, or its first sentence, when it is short and something else follows in the clause."""
    line_end = _line_end(text, start, edge)
    sentence = _SENTENCE_END.search(text, start, min(line_end, start + _MAX_TITLE + 1))
    end = sentence.start() if sentence else line_end
    commas = len(_COMMA.findall(text, start, min(end, start + _MAX_TITLE)))
    longest = (_MAX_TITLE, _MAX_BALANCED_TITLE, 0)[min(commas, 2)]
    alone = not text[end + 1 : line_end].strip() and not has_more
    titled = sentence is None or sentence[0] == "。"
    if alone or not titled or end - start > longest:
        return Span(start, start)
    return _trim(text, start, end)


def find_heading(text: str, marker: Marker, edge: int, has_more: bool) -> Span:
    """Return the span of a clause's title run, empty where it has none.

    :param edge: where the next clause, table or the end of the text stands
    :param has_more: whether the clause has anything below its first line
    """
    start = content_start(text, marker.span.end)
    if marker.kind in HEADINGS:
        return _heading_line(text, start, edge)
    if marker.kind is Kind.ANNEX and marker.segment.endswith(("释", "释义")):
        return marker.span  # 名词解释 is its own title
    if marker.kind is Kind.ANNEX:
        return (
            _heading_line(text, start, edge)
            if text[start : start + 1].strip()
            else _next_line(text, start, edge)
        )
    if marker.kind is Kind.LABEL:
        return Span(start, start)
    if marker.kind is Kind.ARTICLE:
        named = _IN_BRACKETS.match(text, start)
        return Span(*named.span(1)) if named else Span(start, start)
    return _title_run(text, start, edge, has_more)
