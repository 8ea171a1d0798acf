"""Clause addresses as people write them ↔ clauses: 三(一)3, 第3章第3节(四)3, 第三部分(四)第3点."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from index.address_forms import (
    CIRCLE,
    DASH,
    FAMILY,
    HAN_PAREN,
    NAMED,
    NARROW,
    NUM_PAREN,
    POINT,
    TABLE,
    Form,
    Part,
    fold_forms,
    read_parts,
)
from index.marker_forms import Kind
from index.numerals import NUMERAL_CHARS, parse_chinese_numeral, to_chinese
from index.types import Clause, Span

REMEMBERED = (
    65_536  # paths of clauses: plans number their clauses alike, so those of a province hold far fewer
)


@dataclass(frozen=True, slots=True)
class AddressMention:
    """An address inside a question, as written, and where it stands."""

    text: str
    span: Span


# How far a part may be from the marker it names: 0 its own form, more the looser the way of speaking.
_ITEMS = (Kind.NUM, Kind.NUM_PAREN, Kind.NUM_HALF, Kind.CIRCLE)
_LOOSE: dict[Kind | Form, dict[Kind | Form, int]] = {
    Kind.BOOK: {Kind.PART: 1},
    Kind.PART: {Kind.BOOK: 1, Kind.HAN: 1, Kind.CHAPTER: 2},
    Kind.CHAPTER: {Kind.HAN: 2, Kind.PART: 2},
    Kind.ARTICLE: {**dict.fromkeys(_ITEMS, 2), Kind.HAN: 3},
    Kind.HAN_PAREN: {Kind.NUM_PAREN: 1},
    Kind.NUM_PAREN: {Kind.HAN_PAREN: 1, Kind.NUM_HALF: 1, Kind.CIRCLE: 2},
    Kind.NUM_HALF: {Kind.NUM_PAREN: 1},
    Kind.NUM: {Kind.NUM_PAREN: 1, Kind.NUM_HALF: 1, Kind.CIRCLE: 1, Kind.HAN: 2},
    Form.POINT: {**dict.fromkeys(_ITEMS, 1), Kind.DASH: 2, Kind.HAN_PAREN: 3, Kind.HAN: 3},
}
# Skipping a level inside an address is worse than any loose form; leaving the outer levels out is usual.
_SKIPPED_LEVEL = 10
_OUTER_LEFT_OUT = 5

_ADDRESS_GAP = r"\s?[、./>-]?\s?"
# A number before one of these counts something and addresses nothing: 第三章3个项目.
_COUNTED = r"(?![\d%‰年月日号时分个家项人名次万亿千百元度岁岗位小天周种类条批届代起件倍成多余])"
_ITEM = rf"\d{{1,2}}(?:点(?![一二三四五六七八九\d])|(?!\.?\d)[.、]?{_COUNTED})"
_NUMBERED = rf"(?:{POINT}|{NUM_PAREN}|{CIRCLE}|{DASH}|{TABLE}|{_ITEM})"
_LABEL = r"(?:(?!第|[的在到和是有为与及])[\u4e00-\u9fff]){2,6}"
_LINK = rf"(?:{_ADDRESS_GAP}|\s?(?:的|里面?|中|之|下面?)?\s?)"
# What follows an address in a question: 第四章第一节三讲什么; 三中全会 and 三年 are no part of one.
_SPOKEN = (
    r"(?:$|[,。?!;:的讲说写是里\s”》]|原[文话]|内容|规定|要求|具体|怎|咋|什么|啥|有(?:什么|哪|啥|几|没))"
)
_HAN_NUMERAL = r"(?:[二三四五六七八九]?十[一二三四五六七八九]?|[一二三四五六七八九])"
_UNDER = "编卷篇分章节"
_BELOW_FAMILY = rf"(?:(?<=[{_UNDER}])|(?<=[{_UNDER}][\s的/、.>-]))"
_BARE = rf"{_BELOW_FAMILY}{_HAN_NUMERAL}(?=[、./]?\s?(?:{HAN_PAREN}|{NUM_PAREN}|{CIRCLE}|{_ITEM}|{_SPOKEN})|、{_SPOKEN})"
_FAMILY_START = rf"{FAMILY}(?![课点约日线]|奏)"
_MENTION = re.compile(
    rf"(?P<start>{_FAMILY_START}|{HAN_PAREN}|{NAMED}"
    rf"|(?<![{NUMERAL_CHARS}第\d])(?P<han>[一二三四五六七八九十]{{1,3}})(?=[、./]?\s?{HAN_PAREN})"
    rf"|(?<![{NUMERAL_CHARS}第、\d]){_HAN_NUMERAL}(?=[、./]\s?{_ITEM}{_SPOKEN})"
    rf"|(?:附[件表录图]-(?=\d)|(?:名词|术语)解释(?=\s?(?:第?\d|第[一二三四五六七八九十]))))"
    rf"(?:{_LINK}(?:{_FAMILY_START}|{_BARE}|{HAN_PAREN}|{NAMED}|{_NUMBERED}|{_LABEL}{_ADDRESS_GAP}(?:{_NUMBERED}|{_FAMILY_START})))*"
)
_NUMBERED_ANNEX = re.compile(rf"(附[件表录图])(\d{{1,2}}|{_HAN_NUMERAL})")
_UNNUMBERED_ANNEX = re.compile(r"附[件表录图]?|专栏")
_NUMERAL_START = re.compile(rf"[{NUMERAL_CHARS}\d]")
_NUMERALS_TOUCH = re.compile(rf"[{NUMERAL_CHARS}]{{2}}|\d\d|[{NUMERAL_CHARS}]第")


def _distance(part: Part, segment: Part, opens: bool) -> int | None:
    """Return how loosely an address part names a path segment, ``None`` where it does not.

    :param opens: whether the part opens the address: a bare 第三条 means an article, not any third item
    """
    if part.kind is Kind.LABEL or segment.kind is Kind.LABEL or part.kind is Kind.ANNEX:
        return 0 if part == segment else None
    if (part.ordinal, part.words) != (segment.ordinal, segment.words):
        return None
    if part.kind is segment.kind:
        return 0
    return None if opens and part.kind is Kind.ARTICLE else _LOOSE.get(part.kind, {}).get(segment.kind)


def _cost(parts: Sequence[Part], segments: Sequence[Part]) -> int | None:
    """Return how well an address names a path, 0 best: its last part must name the last segment.

    Labels may be left out anywhere.
    """
    if not parts:
        return _OUTER_LEFT_OUT if any(s.kind is not Kind.LABEL for s in segments) else 0
    if not segments:
        return None
    near = _distance(parts[-1], segments[-1], len(parts) == 1)
    if near is None:
        return None
    found: list[int] = []
    skipped = 0
    for stop in range(len(segments) - 1, -1, -1):
        rest = _cost(parts[:-1], segments[:stop])
        if rest is not None:
            found.append(rest + skipped)
        if not parts[:-1] or stop == 0:
            break
        skipped += 0 if segments[stop - 1].kind is Kind.LABEL else _SKIPPED_LEVEL
    return near + min(found) if found else None


def _segment(segment: str) -> Part:
    parts = read_parts(segment)
    return parts[0] if len(parts) == 1 else Part(Kind.LABEL, 0, segment)


def _plain(address: str) -> str:
    return "".join(fold_forms(address).split()).rstrip("。?!,")


@lru_cache(REMEMBERED)
def _written(path: str) -> tuple[str, str]:
    """A path as it may be asked for: as it is, and as a person would write it."""
    return _plain(path), _plain(display(path))


@lru_cache(REMEMBERED)
def _segments(path: str) -> tuple[Part, ...]:
    return tuple(_segment(name) for name in path.split("/")) if path else ()


@lru_cache(REMEMBERED)
def _cost_of(address: str, path: str) -> int | None:
    return _cost(read_parts(address), _segments(path))


def places(paths: Sequence[str], address: str) -> tuple[int, ...]:
    """Return the places of those paths of one document that an address names best, ascending; empty where none.

    Chinese and Arabic numerals, widths, blanks and labels do not matter; outer levels may be left out (第三节(四)
    names one clause in each chapter that has it). A path, or what ``display`` makes of it, names that clause alone.
    """
    wanted = _plain(address)
    written = ((place, _written(path)) for place, path in enumerate(paths) if path)
    # 附件2 is also how one writes 附件/2: the clause that bears it as its path comes first
    exact = tuple(
        sorted((p for p, forms in written if wanted in forms), key=lambda p: _plain(paths[p]) != wanted)
    )
    if exact or not read_parts(wanted):
        return exact[:1]
    costs = {place: cost for place, path in enumerate(paths) if (cost := _cost_of(wanted, path)) is not None}
    if not costs:
        return _listed(paths, wanted)
    best = min(costs.values())
    return tuple(place for place, cost in costs.items() if cost == best)


def _listed(paths: Sequence[str], wanted: str) -> tuple[int, ...]:
    """The place of an annex that a document only lists: 附件1 is 1. of 附件 where nothing else is called so."""
    named = _NUMBERED_ANNEX.fullmatch(wanted)
    path = f"{named[1]}/{parse_chinese_numeral(named[2])}" if named else ""
    return tuple(place for place, one in enumerate(paths) if named and one == path)[:1]


def find(clauses: Sequence[Clause], address: str) -> tuple[Clause, ...]:
    """Return the clauses of one document that an address names best (see :func:`places`), in document order."""
    return tuple(clauses[place] for place in places([clause.path for clause in clauses], address))


def _is_numeral(text: str) -> bool:
    """Whether Chinese digits are one number: 十五 is, 十四五 (a plan's name) is not."""
    return to_chinese(parse_chinese_numeral(text)) == text


def mentions(question: str) -> tuple[AddressMention, ...]:
    """Find the clause addresses in a question, in order.

    An address starts at 第…章 (节, 条, 部分 …), (一), 三(一) or 附件1 and runs on as far as parts follow. Numbers
    that count or name something else (第三代, 第46届, 2025年, 3.59%, 十四五) are none.
    """
    narrow = question.translate(NARROW)
    found = []
    for match in _MENTION.finditer(narrow):
        start, end = match.span()
        if match["han"] and not _is_numeral(match["han"]):
            start = match.end("han")
        if start < end:
            found.append(AddressMention(question[start:end], Span(start, end)))
    return tuple(found)


def display(path: str) -> str:
    """Write a path as a person would: 第三章第三节(四)具体路径3, 三(一)3; the root is 正文.

    A hyphen keeps two numerals apart, 附件1-1, and what a list of annexes names from the annex itself: 附件-1.
    """
    if not path:
        return "正文"
    shown, above = "", ""
    for segment in path.split("/"):
        touch = shown and _NUMERALS_TOUCH.fullmatch(shown[-1] + segment[0])
        listed = _UNNUMBERED_ANNEX.fullmatch(above) and _NUMERAL_START.match(segment)
        shown += ("-" if touch or listed else "") + segment
        above = segment
    return shown


def neighbours(clauses: Sequence[Clause], path: str) -> tuple[Clause | None, Clause | None]:
    """Return the clauses before and after a clause as one reads on at its level; ``None`` at the document's ends.

    These are its siblings; behind the last one comes the first clause of the next clause above, down to the same
    depth where there is one, and the other way round before the first.

    :raises KeyError: ``path`` names none of the clauses
    """
    by_path = {clause.path: clause for clause in clauses}
    children: dict[str | None, list[Clause]] = {}
    for clause in clauses:
        children.setdefault(clause.parent, []).append(clause)

    def step(clause: Clause, by: int) -> Clause | None:
        if clause.parent is None:
            return None
        siblings = children[clause.parent]
        at = siblings.index(clause) + by
        if 0 <= at < len(siblings):
            return siblings[at]
        above = step(by_path[clause.parent], by)
        below = children.get(above.path, ()) if above else ()
        return (below[0] if by > 0 else below[-1]) if below else above

    return step(by_path[path], -1), step(by_path[path], 1)
