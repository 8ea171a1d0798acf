"""Where the sentences of a text begin and end."""

import re
from collections.abc import Iterator

from index.types import Span

# A pair whose end is farther away is a pair the author forgot to close.
_MAX_PAIR = 80
_PAIRS = re.compile(
    "|".join(
        rf"{opening}[^{opening}{closing}\n]{{0,{_MAX_PAIR}}}{closing}"
        for opening, closing in ("“”", "‘’", "《》", "「」", "『』", "〔〕", "【】")
    )
    + rf"|[(\uff08][^()\uff08\uff09\n]{{0,{_MAX_PAIR}}}[)\uff09]"
)
_END = re.compile(r"[。!?;\uff01\uff1f\uff1b]+[”’」』)\uff09]*")
_QUOTES = "“‘「『"
# Where a sentence too long to quote may be cut; a comma inside 18,000 is no such place.
_BREAKS = (re.compile(r"(?<!\d)[,\uff0c]|[,\uff0c](?!\d)|[:\uff1a]"), re.compile("、"))


def _pairs(text: str, start: int, end: int) -> list[Span]:
    return [Span(*match.span()) for match in _PAIRS.finditer(text, start, end)]


def _ends(text: str, start: int, end: int) -> Iterator[int]:
    """Yield the offsets in one line behind which a new sentence starts."""
    pairs = iter(_pairs(text, start, end))
    pair = next(pairs, None)
    begin = start
    for match in _END.finditer(text, start, end):
        while pair and pair.end <= match.start():
            pair = next(pairs, None)
        inside = pair is not None and pair.start < match.start()
        whole = inside and pair is not None and pair.end == match.end() and text[pair.start] in _QUOTES
        opens = pair is not None and not text[begin : pair.start].strip()
        if not inside or (whole and (opens or match.end() == end)):
            begin = match.end()
            yield match.end()
    if begin < end:
        yield end


def _trim(text: str, start: int, end: int) -> Span:
    words = text[start:end]
    left = start + len(words) - len(words.lstrip())
    return Span(left, max(left, start + len(words.rstrip())))


def _cut(text: str, start: int, end: int, max_chars: int) -> Iterator[Span]:
    """Cut a sentence into pieces of at most ``max_chars``: behind a comma, else an enumeration comma, else anywhere."""
    while end - start > max_chars:
        limit = start + max_chars
        for breaks in _BREAKS:
            at = max((match.end() for match in breaks.finditer(text, start, limit)), default=start)
            if at > start:
                break
        at = at if at > start else limit
        yield _trim(text, start, at)
        start = at
    yield _trim(text, start, end)


def split_sentences(text: str, span: Span, max_chars: int) -> list[Span]:
    """Split a span of a text into sentences, blanks around them left out.

    A sentence ends behind 。!?; in either width or at a line end, never inside a pair of quotation marks or brackets
    that closes soon; closing marks stay with it. One longer than ``max_chars`` is cut at its commas.

    :return: ordered spans of at most ``max_chars`` characters that do not overlap, each with a letter or digit in it
    """
    sentences: list[Span] = []
    start = span.start
    while start < span.end:
        line_end = text.find("\n", start, span.end)
        line_end = span.end if line_end < 0 else line_end
        for end in _ends(text, start, line_end):
            sentences += _cut(text, start, end, max_chars)
            start = end
        start = line_end + 1
    return [sentence for sentence in sentences if any(map(str.isalnum, sentence.of(text)))]
