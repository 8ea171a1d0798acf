"""款: 第三条第二款 is the second paragraph of an article, with the items below it.

A law prints the numbers of its articles and items; the paragraphs between them its readers count.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from index import address
from index.address_forms import FAMILY, NARROW
from index.numerals import NUMERAL_CHARS, parse_chinese_numeral
from index.types import Clause, ClauseKind, Span

_ADDRESS = re.compile(
    rf"(?P<article>.*{FAMILY})的?第(?P<number>[{NUMERAL_CHARS}]{{1,3}}|\d{{1,2}})款(?P<item>.*)"
)
_ENDS = frozenset("。;:!?\uff1b\uff1a\uff01\uff1f")  # what the last line of a paragraph or an item ends with


@dataclass(frozen=True, slots=True)
class ParagraphAddress:
    """An address with a paragraph in it: that of the article, the paragraph's number, what stands behind it."""

    article: str
    number: int
    item: str  # 第一项; empty where the whole paragraph is meant


def read(wanted: str) -> ParagraphAddress | None:
    """Read an address that names a paragraph of an article; None where it names none."""
    found = _ADDRESS.fullmatch("".join(wanted.translate(NARROW).split()))
    if found is None or "条" not in found["article"]:
        return None
    return ParagraphAddress(found["article"], parse_chinese_numeral(found["number"]), found["item"])


def paragraphs(article: Clause, clauses: Sequence[Clause], text: str) -> tuple[Span, ...]:
    """The paragraphs of an article, in order: a line that is no item, with the items that follow it.

    A line that breaks off, as a heading does or the lines of a page, goes on in the next one.
    """
    below = [c for c in clauses if c.path.startswith(f"{article.path}/") and c.kind is ClauseKind.CLAUSE]
    items = {clause.span.start for clause in below}
    begins, at, ended = [], article.span.start, True
    for line in article.span.of(text).splitlines(keepends=True):
        words, first = line.strip(), at + len(line) - len(line.lstrip())
        if words and ended and not {at, first} & items:
            begins.append(at)
        ended = words[-1] in _ENDS if words else ended
        at += len(line)
    return tuple(Span(*ends) for ends in zip(begins, [*begins[1:], article.span.end], strict=True))


def _cut(clause: Clause, end: int) -> Clause:
    """A clause up to ``end``: the paragraph behind the last item of a list is read as part of that item."""
    span = Span(clause.span.start, min(clause.span.end, end))
    return replace(clause, span=span, own=Span(clause.own.start, min(clause.own.end, end)))


def _inside(clauses: Sequence[Clause], asked: ParagraphAddress, text: str) -> tuple[Clause, ...]:
    """The paragraph, or the item in it, of the first article of that number; empty where there is none."""
    for article in address.find(clauses, asked.article)[:1]:
        spans = paragraphs(article, clauses, text)
        if 0 < asked.number <= len(spans):
            span = spans[asked.number - 1]
            if not asked.item:
                return (replace(article, span=span, own=span),)
            below = [
                _cut(clause, span.end) for clause in clauses if span.start <= clause.span.start < span.end
            ]
            return address.find(below, asked.article + asked.item)
    return ()


def find(clauses: Sequence[Clause], wanted: str, text: str) -> tuple[Clause, ...]:
    """Return the clauses of one document that an address names best, as :func:`index.address.find` does.

    Of an address with a paragraph in it the article, cut to that paragraph, or the item in it. Where the article has
    no such paragraph, 款 is taken as people loosely say it, for an item.
    """
    asked = read(wanted)
    return (_inside(clauses, asked, text) if asked else ()) or address.find(clauses, wanted)
