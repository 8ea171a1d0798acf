"""What a document says of itself, for the admin to confirm: read from its text and its file, never invented."""

import re
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

from index.places import NATION
from index.proposals.days import effective_from, history, last_day, published_on, signatures, term_of
from index.proposals.declared import Fact, block_of, declared
from index.proposals.titles import passed_on, title_of
from index.proposals.types import Proposal, Proposed
from index.proposals.words import (
    DATE,
    NUMBER,
    known_place,
    lines_of,
    read_period,
    read_region,
    read_stated_period,
    within,
)
from index.readers.types import StoredText
from index.types import Period, Span

__all__ = ["Proposal", "Proposed", "propose"]

_HEAD = 3000  # characters in which a document introduces itself
_HEAD_LINES = 40

_LINE_NUMBER = re.compile(rf"[(\uff08]?(?P<number>{NUMBER})(?:\s+(?:{DATE})(?:印发|发布|公布)?)?[)\uff09]?")
_ORDER_LINES = re.compile(
    r"(?P<number>[\u4e00-\u9fff]{2,20}令\s*第\s*(?:\d{1,4}|[一二三四五六七八九十百〇零]{1,6})\s*号)"
)
_ADOPTED_BY = re.compile(
    r"(?:^|[\s日(\uff08])(?P<organ>[\u4e00-\u9fff]{0,8}第[^\s\n]{1,4}届[\u4e00-\u9fff]{0,12}?人民代表大会(?:常务委员会)?)(?=第)"
)
_ORDER = re.compile(rf"(?P<number>{NUMBER})")
_ISSUED_BY = re.compile(r"(?P<organ>[\u4e00-\u9fff\s\u3000、0-9]{3,80}?)(?:关于|转发|印发|批转)")


def _head(text: str) -> list[Span]:
    return [*lines_of(text, 0, _HEAD)][:_HEAD_LINES]


def _number(stored: StoredText, lines: Sequence[Span], block: Sequence[Fact]) -> Proposed[str] | None:
    """Read the number that has a line of its own at the head: numbers inside sentences are other documents'."""
    for line in lines:
        match = _LINE_NUMBER.fullmatch(line.of(stored.text))
        if match:
            start = line.start + match.start("number")
            span = Span(start, start + len(match["number"]))
            return Proposed("".join(match["number"].split()), span, match["number"])
    for line, following in pairwise(lines):  # 某市人民政府令 with 第5号 below it
        span = Span(line.start, following.end)
        if _ORDER_LINES.fullmatch(span.of(stored.text)):
            return Proposed("".join(span.of(stored.text).split()), span, span.of(stored.text))
    for line in history(stored.text, lines):
        if order := _ORDER.search(line.of(stored.text)):
            return Proposed("".join(order["number"].split()), within(line, order, "number"), order["number"])
    for fact in declared(stored, "number", block):
        if re.search(r"\d", fact.value):
            return Proposed("".join(fact.value.split()), fact.span, fact.source)
    return None


def _issuer(
    stored: StoredText, title: Proposed[str], lines: Sequence[Span], block: Sequence[Fact]
) -> Proposed[str] | None:
    text = stored.text
    match = _ISSUED_BY.match(title.value)
    if match:
        words = " ".join(match["organ"].split())
        found = text.find(match["organ"], title.span.start, title.span.end) if title.span else -1
        return Proposed(words, Span(found, found + len(match["organ"])) if found >= 0 else None, title.source)
    if signed := next(signatures(text), None):
        return Proposed(" ".join(signed[0].of(text).split()), signed[0], signed[0].of(text))
    for fact in declared(stored, "issuer", block):
        return Proposed(fact.value, fact.span, fact.source)
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
        stated = read_stated_period(stored.text)
        return Proposed(stated[0], stated[1], stated[1].of(stored.text)) if stated else None
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
    block = block_of(stored.text, lines)
    notice = title_of(stored, path, lines, block)
    title = passed_on(stored.text, notice) or notice
    issuer = _issuer(stored, notice, lines, block)
    number = _number(stored, lines, block)
    published = published_on(stored, lines, block)
    effective = effective_from(stored, published, lines, block)
    valid_years, valid_until = term_of(stored, block)
    return Proposal(
        title,
        number,
        issuer,
        published,
        effective,
        valid_years,
        valid_until or last_day(effective, valid_years),
        _period(stored, title),
        _region(stored, title, issuer, number),
    )
