"""What a document says of itself, for the admin to confirm: read from its text and its file, never invented."""

import re
from collections.abc import Sequence
from pathlib import Path

from index.places import NATION
from index.proposals.days import effective_from, history, published_on, signatures, term_of
from index.proposals.declared import declared
from index.proposals.types import Proposal, Proposed
from index.proposals.words import (
    NUMBER,
    TITLE_END,
    known_place,
    lines_of,
    read_period,
    read_region,
    within,
)
from index.readers.types import StoredText
from index.types import Period, Span

__all__ = ["Proposal", "Proposed", "propose"]

_HEAD = 3000  # characters in which a document introduces itself
_HEAD_LINES = 40
_TITLE_LINES = 5  # a title may be printed on so many
_MAX_TITLE = 120
_FILE_NAME = "文件名"

_PASSED_ON = re.compile(
    r"^[(\uff08\[【](?:转载|转发|图文|附件?)[)\uff09\]】]"
)  # said by the page, not by the document
_LINE_NUMBER = re.compile(rf"[(\uff08]?(?P<number>{NUMBER})[)\uff09]?")
_ADOPTED_BY = re.compile(
    r"(?:^|[\s日(\uff08])(?P<organ>[\u4e00-\u9fff]{0,8}第[^\s\n]{1,4}届[\u4e00-\u9fff]{0,12}?人民代表大会(?:常务委员会)?)(?=第)"
)
_ORDER = re.compile(rf"(?P<number>{NUMBER})")
_ISSUED_BY = re.compile(r"(?P<organ>[\u4e00-\u9fff\s\u3000、0-9]{3,80}?)(?:关于|转发|印发|批转)")


def _squeezed(words: str) -> str:
    return "".join(words.split())


def _head(text: str) -> list[Span]:
    return [*lines_of(text, 0, _HEAD)][:_HEAD_LINES]


def _in_text(text: str, words: str, lines: Sequence[Span]) -> Span | None:
    """Find words that may be printed over several lines; blanks do not count."""
    wanted = _squeezed(words)
    for at, first in enumerate(lines):
        if not wanted.startswith(_squeezed(first.of(text))[:4]):
            continue
        for last in lines[at : at + _TITLE_LINES]:
            if _squeezed(text[first.start : last.end]) == wanted:
                return Span(first.start, last.end)
    return None


def _join(text: str, span: Span) -> str:
    return "".join(line.strip() for line in span.of(text).split("\n"))


def _printed_title(text: str, lines: Sequence[Span]) -> Span | None:
    """Find the first lines that together read like a title."""
    for at, first in enumerate(lines):
        for last in lines[at : at + _TITLE_LINES]:
            words = _squeezed(text[first.start : last.end])
            if len(words) > _MAX_TITLE or re.search(r"[。;:,\uff1b\uff1a\uff0c]", words):
                break
            if len(words) > 4 and TITLE_END.search(words) and not _LINE_NUMBER.fullmatch(words):
                return Span(first.start, last.end)
    return None


def _title(stored: StoredText, path: Path, lines: Sequence[Span]) -> Proposed[str]:
    for key, printed in declared(stored, "title"):
        value = _PASSED_ON.sub("", printed)
        span = _in_text(stored.text, value, lines)
        if span is not None:
            return Proposed(value, span, span.of(stored.text))
        if TITLE_END.search(value):
            return Proposed(value, None, f"{key}: {printed}")
    span = _printed_title(stored.text, lines)
    if span is None and stored.headings and stored.headings[0].span in Span(0, _HEAD):
        span = stored.headings[0].span
    if span is not None:
        return Proposed(_join(stored.text, span), span, span.of(stored.text))
    return Proposed(path.stem, None, f"{_FILE_NAME}: {path.name}")


def _number(stored: StoredText, lines: Sequence[Span]) -> Proposed[str] | None:
    """Read the number that has a line of its own at the head: numbers inside sentences are other documents'."""
    for line in lines:
        match = _LINE_NUMBER.fullmatch(line.of(stored.text))
        if match:
            start = line.start + match.start("number")
            span = Span(start, start + len(match["number"]))
            return Proposed("".join(match["number"].split()), span, match["number"])
    for line in history(stored.text, lines):
        if order := _ORDER.search(line.of(stored.text)):
            return Proposed("".join(order["number"].split()), within(line, order, "number"), order["number"])
    for key, value in declared(stored, "number"):
        if re.search(r"\d", value):
            return Proposed("".join(value.split()), None, f"{key}: {value}")
    return None


def _issuer(stored: StoredText, title: Proposed[str], lines: Sequence[Span]) -> Proposed[str] | None:
    text = stored.text
    match = _ISSUED_BY.match(title.value)
    if match:
        words = " ".join(match["organ"].split())
        found = text.find(match["organ"], title.span.start, title.span.end) if title.span else -1
        return Proposed(words, Span(found, found + len(match["organ"])) if found >= 0 else None, title.source)
    if signed := next(signatures(text), None):
        return Proposed(" ".join(signed[0].of(text).split()), signed[0], signed[0].of(text))
    for key, value in declared(stored, "issuer"):
        return Proposed(value, None, f"{key}: {value}")
    for line in history(text, lines):
        adopted = _ADOPTED_BY.search(line.of(text))
        if adopted:
            return Proposed(adopted["organ"], within(line, adopted, "organ"), adopted[0])
    return None


def _shifted(title: Proposed[str], text: str, words: str) -> Span | None:
    """Find words of the title where the title stands in the text on one line."""
    at = text.find(words, title.span.start, title.span.end) if title.span else -1
    return Span(at, at + len(words)) if at >= 0 else None


def _period(stored: StoredText, title: Proposed[str]) -> Proposed[Period] | None:
    found = read_period(title.value)
    if found is None:
        return None
    words = found[1].of(title.value)
    return Proposed(found[0], _shifted(title, stored.text, words), words)


def _region(
    stored: StoredText,
    title: Proposed[str],
    issuer: Proposed[str] | None,
    number: Proposed[str] | None,
) -> Proposed[str] | None:
    """Read whose document it is: as title or issuer open, as a title names it, or as an order of the state's organs."""
    for named in (title, issuer):
        found = read_region(named.value) if named else None
        if found and named:
            return Proposed(found[0], _shifted(named, stored.text, found[1].of(named.value)), named.source)
    if inside := known_place(title.value, stored.text):
        return Proposed(inside[0], _shifted(title, stored.text, inside[1].of(title.value)), title.source)
    nation = read_region(number.value) if number else None
    return Proposed(nation[0], None, number.source) if number and nation and nation[0] == NATION else None


def propose(stored: StoredText, path: Path) -> Proposal:
    """Read what a document says of itself: from its head, its signature, its closing clause and its file.

    :param path: the document's file; its name stands for a title where nothing else does
    """
    lines = _head(stored.text)
    title = _title(stored, path, lines)
    issuer = _issuer(stored, title, lines)
    number = _number(stored, lines)
    published = published_on(stored, lines)
    valid_years, valid_until = term_of(stored)
    return Proposal(
        title,
        number,
        issuer,
        published,
        effective_from(stored, published, lines),
        valid_years,
        valid_until,
        _period(stored, title),
        _region(stored, title, issuer, number),
    )
