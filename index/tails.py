"""Text behind a list that its last item does not own.

Nothing marks where the last item of a list ends: 到2035年… behind three dashes, 责任单位:… behind 3., 前款规定… behind
(三) of an article, a signature behind the last clause of a notice. Such a *tail* belongs to the clause that holds the
list, and what stands at the foot of a document to the document. Two things show that the last item ended before it:

- the line itself: 责任单位:… where no item above it has one of its own; 前款规定…; a signature; footnotes at the end;
- the others of its list, which are one paragraph each, below a clause that has sentences of its own. Items that end
  with ;, the last one with a stop, are one sentence; others convince only in a document in which no such item has
  several paragraphs.
"""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from index.marker_forms import Kind
from index.types import Span

_LISTS = frozenset(
    {Kind.HAN, Kind.HAN_PAREN, Kind.NUM, Kind.NUM_PAREN, Kind.NUM_HALF, Kind.CIRCLE, Kind.DASH}
)
_CLOSED = r"[”’」』)\]\uff09】]*$"
_STOP = re.compile(rf"[。;!?\uff1b\uff01\uff1f]{_CLOSED}")
_SEMICOLON = re.compile(r"[;\uff1b](?:以及|并且|或者|[和或及并])?$")
_COLON = re.compile(r"[:\uff1a]$")
_INNER_STOP = re.compile(r"[。!?\uff01\uff1f].")
_NAMED = (
    r"(?:责任|牵头|配合|主办|协办|承办|参与|参加|实施|落实|支持|完成)(?:单位|部门|主体|科室|处室|股室|人|领导)"
    r"|(?:完成|办理|实施|落实)(?:时限|时间|期限)|时间节点|联系(?:人|电话|方式)|(?:咨询|监督|举报|投诉|服务)电话|备?注|说明"
)
_BRACKET = r"[(\uff08\[【〔]"
# 责任单位:县农业农村局, (县教育局牵头,县财政局配合), 前款规定的…
_OF_THE_LIST = re.compile(
    rf"(?:{_BRACKET}\s*)?(?:{_NAMED})\s*\d*\s*[:\uff1a]"
    rf"|{_BRACKET}[^()\uff08\uff09\n]*(?:负责|牵头|配合|落实)[)\uff09\]】〕]$"
    r"|前[一二两三]?款|本条(?:所称|规定|第)"
    r"|本[^。,\uff0c\n]{2,12}自[^。\n]{2,16}起[^。\n]{0,4}(?:施行|实施|执行|生效)"
)
_DATE_LINE = re.compile(
    r"[(\uff08]?\s*(?:\d{4}|[一二三四五六七八九〇○零]{4})\s*年\s*[\d一二三四五六七八九十]{1,3}\s*月\s*[\d一二三四五六七八九十]{1,3}\s*日\s*[)\uff09]?(?:印发)?"
)
_ORGAN = re.compile(
    r"[\u4e00-\u9fff\s、()\uff08\uff09]{3,40}(?:政府|[室局厅部院委会办处署行社司校组]|中心|公司|集团|大学|学院)"
)
_FOOT = re.compile(
    rf"{_BRACKET}(?:此[件页]|本[件文])|特此(?:[通公]告|通知|[函批答]复|报告|说明)|以上(?:意见|报告|请示)|抄送|信息公开|公开方式"
)
_FOOTNOTE = re.compile(r"[\[【〔\uff3b]\d{1,3}[\]】〕\uff3d]")
# the same thought goes on: 同时,… is the item's
_GOES_ON = re.compile(r"同时|此外|另外|其中|并|对此|具体|上述|这|该|一是|二是|首先|其次")
_BY_YEAR = re.compile(r"(?:展望|力争)?(?:到|至|展望)\s*[2\uff12][0\uff10]\d\d年")


@dataclass(frozen=True, slots=True)
class Opened:
    """A clause as far as it is known: where it begins, how deep it stands; ``kind`` is None for an unnumbered heading."""

    start: int
    depth: int
    kind: Kind | None = None
    ordinal: int = 0


@dataclass(frozen=True, slots=True)
class Tail:
    """Where a tail begins; clauses of ``depth`` or deeper end before it."""

    start: int
    depth: int


@dataclass(frozen=True, slots=True)
class _Item:
    """A clause with the paragraphs before the next clause or table; ``leaf`` where nothing stands below it."""

    opened: Opened
    paragraphs: tuple[Span, ...]
    leaf: bool
    whole: bool  # neither a table nor a box

    @property
    def single(self) -> bool:
        """Whether it ends in the paragraph it begins in."""
        return self.leaf and self.whole and len(self.paragraphs) == 1


def _lines(text: str, start: int, end: int) -> Iterator[Span]:
    for match in re.compile(r"[^\n]+").finditer(text, start, end):
        words = match[0].strip()
        if words:
            left = match.start() + match[0].index(words)
            yield Span(left, left + len(words))


def _paragraphs(text: str, start: int, end: int) -> tuple[Span, ...]:
    """The paragraphs between two offsets; a line that breaks off goes on in the next one."""
    found: list[Span] = []
    ended = True
    for line in _lines(text, start, end):
        words = line.of(text)
        if ended or _OF_THE_LIST.match(words):
            found.append(line)
        else:
            found[-1] = Span(found[-1].start, line.end)
        ended = bool(_STOP.search(words) or _COLON.search(words))
    return tuple(found)


def _items(text: str, opened: Sequence[Opened], edges: Sequence[int]) -> list[_Item]:
    items = []
    for at, one in enumerate(opened):
        edge = bisect_right(edges, one.start)
        end = edges[edge] if edge < len(edges) else len(text)
        following = opened[at + 1] if at + 1 < len(opened) else None
        leaf = following is None or following.depth <= one.depth
        whole = end == (following.start if following else len(text))
        items.append(_Item(one, _paragraphs(text, one.start, end), leaf, whole))
    return items


def _runs(opened: Sequence[Opened]) -> list[list[int]]:
    """The lists of a document, each by the places of its items: one kind, one parent, numbers that follow each other."""
    runs: list[list[int]] = []
    current: list[list[int]] = []  # by depth
    for at, one in enumerate(opened):
        del current[one.depth :]
        current += [[] for _ in range(one.depth - len(current))]
        run = current[-1]
        before = opened[run[-1]] if run else None
        if (
            before
            and before.kind is one.kind
            and (one.kind is Kind.DASH or before.ordinal + 1 == one.ordinal)
        ):
            run.append(at)
            continue
        current[-1] = [at]
        if one.kind in _LISTS:
            runs.append(current[-1])
    return runs


def _parents(opened: Sequence[Opened]) -> list[int]:
    """For each clause the place of its parent, −1 for the root."""
    parents, above = [], [(0, -1)]
    for at, one in enumerate(opened):
        while len(above) > 1 and above[-1][0] >= one.depth:
            above.pop()
        parents.append(above[-1][1])
        above.append((one.depth, at))
    return parents


@dataclass(frozen=True, slots=True)
class _Lists:
    """The lists of a text: ``runs`` are the places of their items, ``parents`` is −1 for what stands at the root."""

    text: str
    items: Sequence[_Item]
    parents: Sequence[int]
    runs: Sequence[Sequence[int]]
    before: tuple[Span, ...]  # the paragraphs before the first clause
    proven: frozenset[
        Kind
    ]  # kinds of which several items end in the paragraph they begin in, and none does not


def _read_lists(text: str, opened: Sequence[Opened], edges: Sequence[int]) -> _Lists:
    items, runs = _items(text, opened, edges), _runs(opened)
    inner = [items[at] for run in runs for at in run[:-1] if items[at].leaf]
    single = Counter(item.opened.kind for item in inner if item.single)
    several = {item.opened.kind for item in inner if not item.single}
    proven = frozenset(kind for kind, count in single.items() if kind and count > 1 and kind not in several)
    return _Lists(text, items, _parents(opened), runs, _paragraphs(text, 0, edges[0]), proven)


def _said_before(lists: _Lists, at: int) -> str:
    """Return what a clause says itself before its list, "" for no more than a heading; −1 is the root."""
    item = lists.items[at] if at >= 0 else None
    paragraphs = item.paragraphs if item else lists.before
    if not paragraphs or (item and item.opened.kind is Kind.LABEL):
        return ""
    words = paragraphs[-1].of(lists.text)
    more = item is None or len(paragraphs) > 1 or "\n" in words or _INNER_STOP.search(words)
    return words if _COLON.search(words) or (more and _STOP.search(words)) else ""


def _told_by_line(lists: _Lists, run: Sequence[int]) -> int | None:
    """Return where a line begins that is of the list, not of its last item: no item above it has such a line."""
    if len(run) < 2:
        return None
    first, last = lists.items[run[0]].opened.start, lists.items[run[-1]]
    above = _lines(lists.text, first, last.opened.start)
    if any(_OF_THE_LIST.match(line.of(lists.text)) for line in above):
        return None
    own = (span.start for span in last.paragraphs[1:] if _OF_THE_LIST.match(span.of(lists.text)))
    return next(own, None) if _is_complete(lists, run) else None


def _is_complete(lists: _Lists, run: Sequence[int]) -> bool:
    """Whether the last item of a list needs no second paragraph: it says something, or no more than the others do."""
    stops = [
        bool(_STOP.search(lists.items[at].paragraphs[0].of(lists.text))) for at in run if lists.items[at].leaf
    ]
    return stops[-1] or (len(stops) == len(run) and not any(stops))


def _told_by_others(lists: _Lists, run: Sequence[int]) -> int | None:
    """Return where the second paragraph of a list's last item begins, where the other items have only one."""
    text, last, others = lists.text, lists.items[run[-1]], [lists.items[at] for at in run[:-1]]
    if len(last.paragraphs) < 2 or not others or not all(item.single for item in others):
        return None
    first, behind = (span.of(text) for span in last.paragraphs[:2])
    said = _said_before(lists, lists.parents[run[-1]])
    if not said or not _STOP.search(first):
        return None
    one_sentence = all(_SEMICOLON.search(item.paragraphs[0].of(text)) for item in others)
    later = _BY_YEAR.match(behind)
    if one_sentence or (later and _BY_YEAR.search(said) and not _BY_YEAR.search(first)):
        return last.paragraphs[1].start
    goes_on = _GOES_ON.match(behind) or (later and _BY_YEAR.search(first))
    return last.paragraphs[1].start if last.opened.kind in lists.proven and not goes_on else None


def _depth_of(lists: _Lists, at: int) -> int:
    """Return the depth at which the list of an item begins; a label such as 具体路径: ends with its list."""
    while (parent := lists.parents[at]) >= 0 and lists.items[parent].opened.kind is Kind.LABEL:
        at = parent
    return lists.items[at].opened.depth


def _foot(text: str, paragraphs: Sequence[Span]) -> int | None:
    """Return where what stands at a document's foot begins: a signature, 特此通知, footnotes."""
    for at, span in enumerate(paragraphs[1:], 1):
        words = span.of(text)
        if _FOOT.match(words) or all(_FOOTNOTE.match(note.of(text)) for note in paragraphs[at:]):
            return span.start
    return None


def _signature(text: str, item: _Item) -> int | None:
    """Return where the names of organs with a date below them begin."""
    if not item.paragraphs:
        return None
    start: int | None = None
    for line in list(_lines(text, item.paragraphs[0].start, item.paragraphs[-1].end))[1:]:
        words = line.of(text)
        if _DATE_LINE.fullmatch(words) and start is not None:
            return start
        named = _ORGAN.fullmatch(words)
        start = (line.start if start is None else start) if named else None
    return None


def _at_the_foot(lists: _Lists, at: int) -> Tail | None:
    """Find what belongs to the document, or the annex, behind its last clause."""
    item, top = lists.items[at], at
    while lists.parents[top] >= 0 and lists.items[top].opened.kind is not Kind.ANNEX:
        top = lists.parents[top]
    annex = lists.items[top].opened.kind is Kind.ANNEX
    depth = lists.items[top].opened.depth + 1 if annex else 1
    following = lists.items[at + 1].opened if at + 1 < len(lists.items) else None
    if item.opened.depth < depth or (following and following.depth > depth):
        return None
    starts = [start for start in (_foot(lists.text, item.paragraphs), _signature(lists.text, item)) if start]
    return Tail(min(starts), depth) if starts else None


def find_tails(text: str, opened: Sequence[Opened], edges: Sequence[int]) -> list[Tail]:
    """Find the tails of a text, in order; at most two lie behind one item, the list's and the document's.

    :param opened: the clauses in order
    :param edges: the offsets at which any clause or table begins, ascending
    """
    if not opened:
        return []
    lists = _read_lists(text, opened, edges)
    found = [tail for at in range(len(opened)) if (tail := _at_the_foot(lists, at))]
    for run in lists.runs:
        if lists.items[run[-1]].leaf:
            told = (_told_by_line(lists, run), _told_by_others(lists, run))
            starts = [start for start in told if start is not None]
            found += [Tail(min(starts), _depth_of(lists, run[-1]))] if starts else []
    return sorted(found, key=lambda tail: (tail.start, tail.depth))
