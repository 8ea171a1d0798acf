"""What is read as one piece in a rule: a list under its lead or its heading, the rows of a table, an answer under its question.

A row of it alone tells half of what was asked; as much as a quotation may hold is quoted, and the rest is counted.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from index.generation import Generation
from index.types import Clause, ClauseKind, Passage, Span
from retrieval import wording
from retrieval.fitting import NAMED
from retrieval.plans import is_plan
from retrieval.types import Citation, Evidence, FactKind

MAX_RUN = 240  # characters of a joined quotation: a phone shows it without scrolling
MAX_LIST = 400  # characters of a list that is quoted whole: no quotation may be longer (docs/contract.md)
SHORT_ITEM = 40  # characters of an item of a list that is quoted with the sentence before the list
# The kinds of fact that rules give as lists
_GIVEN_AS_LISTS = (FactKind.MATERIAL, FactKind.CONDITION, FactKind.PROCEDURE)

_ASKS = re.compile(r"\W*(?:\d{1,3}[.、\uff0e]\W*)?(?:问|[Qq])\s*\d{0,3}\s*[:\uff1a]")
_ANSWERS = re.compile(r"\W*(?:答|[Aa])\s*\d{0,3}\s*[:\uff1a]")
_ARTICLE = re.compile(r"第.{1,8}条")
_ENDS = ("。", ";", "\uff1b", ":", "\uff1a", "!", "\uff01", "?", "\uff1f", ")", "\uff09", "”")
_ENDS_ITEM = (";", "\uff1b", ":", "\uff1a")


@dataclass(frozen=True, slots=True)
class Piece:
    """Rows quoted as one, from ``start`` (characters): the clause they are cited under, and how many items are left out."""

    first: int
    last: int
    start: int
    clause: str
    left: int = 0


def _words(row: int, store: Generation) -> str:
    passage = store.passages[row]
    return passage.span.of(store.texts[passage.document])


def is_rule(row: int, store: Generation) -> bool:
    """Whether a row is of a rule or a guide: a plan's lists are looked through, not read out."""
    return not is_plan(store.documents[store.passages[row].document])


def _room(row: int, store: Generation) -> int:
    """How many characters a quotation of a list may have."""
    return MAX_LIST if is_rule(row, store) else MAX_RUN


def ends_open(words: str) -> bool:
    """Whether a sentence leads a list: 应当提交下列材料:"""
    return words.rstrip().endswith((":", "\uff1a"))


def _of_same_clause(row: int, own: Passage, store: Generation) -> bool:
    """Whether a row exists and is of the clause that a passage stands in."""
    if not 0 <= row < len(store.passages):
        return False
    passage = store.passages[row]
    return (passage.document, passage.clause) == (own.document, own.clause)


def _as_far(first: int, rows: Sequence[int], start: int, most: int, store: Generation) -> int:
    """The last of some rows in order that a quotation from ``start`` has room for; ``first`` at least."""
    last = first
    for row in rows:
        if store.passages[row].span.end - start > most:
            break
        last = row
    while last > first and _is_half(last, store):
        last -= 1
    return last


def _is_half(row: int, store: Generation) -> bool:
    """Whether a row is the beginning of a sentence too long for one passage."""
    own = store.passages[row]
    ended = _words(row, store).rstrip().endswith(_ENDS)
    return not ended and "|" not in _words(row, store) and _of_same_clause(row + 1, own, store)


def answered(row: int, store: Generation) -> Piece | None:
    """The question and answer (问:… 答:…) that a row stands in, as far as a quotation may run; None where it is in none."""
    own, first = store.passages[row], row
    while not _ASKS.match(_words(first, store)):
        first -= 1
        if not _of_same_clause(first, own, store):
            return None
    end = first + 1
    while _of_same_clause(end, own, store) and not _ASKS.match(_words(end, store)):
        end += 1
    if end == first + 1 or not _ANSWERS.match(_words(first + 1, store)):
        return None
    start = store.passages[first].span.start
    if store.passages[row].span.end - start > MAX_LIST:  # far down a long answer
        return None
    last = _as_far(first, range(first, end), start, MAX_LIST, store)
    return Piece(first, last, start, own.clause, end - 1 - last)


def _parent(path: str, document: str, store: Generation) -> Clause | None:
    parent = path.rpartition("/")[0]
    return next((c for c in store.clauses[document] if parent and c.path == parent), None)


def lead(row: int, store: Generation) -> int:
    """The row of the sentence that leads the list in which one is a short item; the same row where it is none.

    “工伤认定申请表;” tells nothing without “应当提交下列材料:”.
    """
    own = store.passages[row]
    if own.span.end - own.span.start > SHORT_ITEM:
        return row
    above = _parent(own.clause, own.document, store)
    kinds = (ClauseKind.CLAUSE, ClauseKind.HEADING) if is_rule(row, store) else (ClauseKind.CLAUSE,)
    if above is None or above.kind not in kinds or own.span.end - above.own.start > _room(row, store):
        return row
    if not ends_open(above.own.of(store.texts[own.document])):
        return row
    rows = store.rows_of[own.document]
    begins = store.begins[rows[0] : rows[-1] + 1]
    return int(min(np.searchsorted(begins, above.own.start) + rows[0], row))


def _goes_on(item: Passage, before: Passage, led: Passage, text: str, *, rule: bool) -> bool:
    """Whether a passage is an item of the list that another leads: below it, or beside it on a line of its own."""
    told = before.span.of(text).rstrip()
    if item.clause.startswith(f"{led.clause}/"):
        # what stands behind the last item is read as part of it
        return not (item.clause == before.clause and told.endswith("。"))
    beside = rule and item.clause == led.clause == before.clause and "|" not in item.span.of(text)
    return beside and told.endswith(_ENDS_ITEM) and "\n" in text[before.span.end : item.span.start]


def items(first: int, last: int, store: Generation) -> tuple[int, int]:
    """The row of the last item of the list that ``first`` or ``last`` leads, as far as a quotation may run.

    :return: that row, ``last`` where neither leads one; and how many items are left out
    """
    led = next((row for row in (first, last) if ends_open(_words(row, store))), None)
    if led is None:
        return last, 0
    opens, rule = store.passages[led], is_rule(led, store)
    text, end = store.texts[opens.document], last
    for row in range(last + 1, int(store.rows_of[opens.document][-1]) + 1):
        if not _goes_on(store.passages[row], store.passages[row - 1], opens, text, rule=rule):
            break
        end = row
    quoted = _as_far(
        last, range(last + 1, end + 1), store.passages[first].span.start, _room(led, store), store
    )
    if not rule:  # what a plan lists are paragraphs
        return quoted, 0
    return quoted, len({store.passages[row].span.start for row in range(quoted + 1, end + 1)})


def _table(own: Passage, store: Generation) -> list[tuple[int, str]]:
    """The rows of the table that a passage stands in, each an item of its own."""
    rows = (row for row in store.rows_of[own.document].tolist() if store.passages[row].clause == own.clause)
    return [(row, str(row)) for row in rows if "|" in _words(row, store)]


def _siblings(own: Passage, clause: Clause, store: Generation) -> list[tuple[int, str]]:
    """The rows of the items beside the one that a passage is, in order, each with its item; the articles of a law are none."""
    beside = [c for c in store.clauses[own.document] if c.parent == clause.parent]
    of = [c.path for c in beside if c.kind is ClauseKind.CLAUSE and c.marker and not _ARTICLE.match(c.marker)]
    rows = ((row, store.passages[row].clause) for row in store.rows_of[own.document].tolist())
    found = [(row, item) for row, path in rows for item in of if f"{path}/".startswith(f"{item}/")]
    return [one for one in found if one[1] != of[-1] or not _stands_behind(one[0], store)]


def _stands_behind(row: int, store: Generation) -> bool:
    """Whether a row opens a line of its own in its clause: behind a last item stands what is read as part of it."""
    own = store.passages[row]
    if not _of_same_clause(row - 1, own, store):
        return False
    first = store.passages[row - 1].span.end
    return "\n" in store.texts[own.document][first : own.span.start]


def headed(row: int, kinds: frozenset[FactKind], store: Generation) -> Piece | None:
    """The items or table rows under a heading that names what is asked for (申请材料); None where a row is none of them."""
    own = store.passages[row]
    above = _parent(own.clause, own.document, store)
    wanted = [NAMED[kind] for kind in _GIVEN_AS_LISTS if kind in kinds]
    clause = next(c for c in store.clauses[own.document] if c.path == own.clause)
    over = own.headings[:-1] if clause.heading and clause.kind is ClauseKind.CLAUSE else own.headings
    if above is None or not any(form.search(heading) for form in wanted for heading in over):
        return None
    listed = _table(own, store) if clause.kind is ClauseKind.TABLE else _siblings(own, clause, store)
    rows = [at for at, _ in listed]
    if row not in rows or len({item for _, item in listed}) < 2:
        return None
    text, begins = store.texts[own.document], store.passages[rows[0]]
    start = text.rfind("\n", 0, begins.span.start) + 1  # with the number of the first item
    last = _as_far(rows[0], rows, start, MAX_LIST, store)
    if last < row:
        return None
    left = {item for at, item in listed if at > last}
    return Piece(rows[0], last, start, above.path, len(left))


def left_out(cited: Sequence[Citation], chosen: Sequence[Evidence], store: Generation) -> tuple[str, ...]:
    """Say of each list that is quoted in part how much more of it there is, and where."""
    shown = {(citation.document, citation.span): citation.address for citation in cited}
    found = ((shown.get((one.document, one.span)), one.left) for one in chosen if one.left)
    return tuple(dict.fromkeys(wording.left_out(address, left) for address, left in found if address))


def span_of(piece: Piece, store: Generation) -> Span:
    """The characters of a piece."""
    return Span(piece.start, store.passages[piece.last].span.end)
