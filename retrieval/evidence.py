"""A ranking → the shortest runs of whole sentences that carry the point."""

import re
from collections.abc import Collection, Sequence
from unicodedata import normalize

import numpy as np
from numpy.typing import NDArray

from index.generation import Generation
from index.paged import read_ahead
from index.types import ClauseKind, Passage, Span
from retrieval.plans import is_plan
from retrieval.search import Ranking
from retrieval.signatures import is_signature
from retrieval.types import Evidence

# A neighbouring sentence joins a quotation when it fits nearly as well as the best sentence of all: an answer often
# stands in two sentences side by side. Rows in the ablation table, docs/evaluation.md.
NEAR_SHARE = 0.7  # of the best passage's own score
NEAR_ROWS = 16  # sentences looked through for neighbours
MAX_RUN = 240  # characters of a joined quotation: a phone shows it without scrolling

AHEAD = 2  # sentences read at once for each one wanted: some say again what is cited already
SHORT_ITEM = 40  # characters of an item of a list that is quoted with the sentence before the list

# A heading, an addressee, a signature says back what was asked. Below this share of pairs of characters that the question
# does not hold, a sentence tells nothing: it is cited with the sentence behind it.
NEWS = 0.34

# The last item of a list says only that there may be others: 法律、行政法规规定的其他情形;
_OTHERS = re.compile(r"^[^。;\uff1b]{0,30}其他[^。;\uff1b]{0,12}[。;\uff1b]?$")
_OTHERS_CHARS = 40

# What stands over or under a table: “十四五”时期主要指标; 注:单位为万人. It tells nothing by itself.
_CAPTION = re.compile(
    r"注\s*[:\uff1a].*|[^。;,:\uff1b\uff0c\uff1a|]{0,40}(?:指标|指标体系|完成情况|一览表|附表|情况表)"
)

_SPACE_AND_MARKS = re.compile(r"[\W_]+")


def _squash(words: str) -> str:
    return _SPACE_AND_MARKS.sub("", normalize("NFKC", words))


def _repeats(words: str, kept: Sequence[str]) -> bool:
    """Whether a sentence only says again what is already cited, as plans do from chapter to chapter."""
    return any(words in other or other in words for other in kept)


def _tells(words: str, question: str) -> bool:
    """Whether squashed words say anything the question does not."""
    pairs = {words[at : at + 2] for at in range(len(words) - 1)}
    return bool(pairs) and sum(pair not in question for pair in pairs) > NEWS * len(pairs)


def _is_caption(words: str) -> bool:
    return bool(_CAPTION.fullmatch(words.strip()))


def _near(ranking: Ranking) -> dict[int, float]:
    """The rows that fit nearly as well as the best, with their scores."""
    rows, scores = ranking.rows[:NEAR_ROWS].tolist(), ranking.own[:NEAR_ROWS].tolist()
    return {row: s for row, s in zip(rows, scores, strict=True) if s >= NEAR_SHARE * scores[0] > 0}


def _is_sentence_of(passage: Passage, clause: Passage, store: Generation) -> bool:
    """Whether a passage is a sentence, not a table row, of the clause another one stands in."""
    same = (passage.document, passage.clause) == (clause.document, clause.clause)
    return same and "|" not in passage.span.of(store.texts[passage.document])


def _run(row: int, near: Collection[int], scores: dict[int, float], store: Generation) -> tuple[int, int]:
    """Grow a quotation from one row over its near neighbours, the better side first: first and last row."""
    first = last = row
    own = store.passages[row]
    if not _is_sentence_of(own, own, store):
        return first, last
    while True:
        sides = [
            n for n in (first - 1, last + 1) if n in near and _is_sentence_of(store.passages[n], own, store)
        ]
        fitting = [
            n
            for n in sides
            if store.passages[max(last, n)].span.end - store.passages[min(first, n)].span.start <= MAX_RUN
        ]
        if not fitting:
            return first, last
        best = max(fitting, key=lambda n: scores[n])
        first, last = min(first, best), max(last, best)


def _behind(row: int, store: Generation) -> int:
    """The row of the sentence behind one, the same row at the end of a document or where both are too long."""
    own, after = store.passages[row], row + 1
    if after >= len(store.passages) or store.passages[after].document != own.document:
        return row
    return after if store.passages[after].span.end - own.span.start <= MAX_RUN else row


def _ends_open(words: str) -> bool:
    """Whether a sentence leads a list: 应当提交下列材料:"""
    return words.rstrip().endswith((":", "\uff1a"))


def _lead(row: int, store: Generation) -> int:
    """The row of the sentence that leads the list in which one is a short item; the same row where it is none.

    “工伤认定申请表;” tells nothing without “应当提交下列材料:”.
    """
    own = store.passages[row]
    parent = own.clause.rpartition("/")[0]
    if not parent or own.span.end - own.span.start > SHORT_ITEM:
        return row
    lead = next((clause for clause in store.clauses[own.document] if clause.path == parent), None)
    if lead is None or lead.kind is not ClauseKind.CLAUSE or own.span.end - lead.own.start > MAX_RUN:
        return row
    if not _ends_open(lead.own.of(store.texts[own.document])):
        return row
    return int(
        min(np.searchsorted(_begins(own, store), lead.own.start) + store.rows_of[own.document][0], row)
    )


def _begins(own: Passage, store: Generation) -> NDArray[np.int32]:
    rows = store.rows_of[own.document]
    return store.begins[rows[0] : rows[-1] + 1]


def _items(first: int, last: int, store: Generation) -> int:
    """The row of the last item of the list that ``first`` or ``last`` leads, as far as a quotation may run; ``last`` where neither does."""
    opens = (store.passages[row] for row in (first, last))
    lead = next((p for p in opens if _ends_open(p.span.of(store.texts[p.document]))), None)
    if lead is None:
        return last
    begin = store.passages[first].span.start
    text, before = store.texts[lead.document], store.passages[last]
    for row in range(last + 1, int(store.rows_of[lead.document][-1]) + 1):
        item = store.passages[row]
        if not item.clause.startswith(f"{lead.clause}/") or item.span.end - begin > MAX_RUN:
            break
        if item.clause == before.clause and before.span.of(text).rstrip().endswith("。"):
            break  # what stands behind the last item is read as part of it
        last, before = row, item
    return last


def _is_cut(row: int, store: Generation) -> bool:
    """Whether a passage ends at a semicolon and its sentence goes on in the next one, on the same line."""
    if row + 1 >= len(store.passages):
        return False
    own, after = store.passages[row], store.passages[row + 1]
    if (own.document, own.clause) != (after.document, after.clause):
        return False
    text = store.texts[own.document]
    between = text[own.span.end : after.span.start]
    return own.span.of(text).rstrip().endswith((";", "\uff1b")) and "\n" not in between


def _whole(first: int, last: int, store: Generation) -> tuple[int, int]:
    """Complete the sentence of a rule that a quotation begins or ends in the middle of, as far as it may run.

    A plan strings together at semicolons what has nothing to do with each other.
    """
    if is_plan(store.documents[store.passages[first].document]):
        return first, last
    start, end = store.passages[first].span.start, store.passages[last].span.end
    while _is_cut(last, store) and store.passages[last + 1].span.end - start <= MAX_RUN:
        last += 1
        end = store.passages[last].span.end
    while first > 0 and _is_cut(first - 1, store) and end - store.passages[first - 1].span.start <= MAX_RUN:
        first -= 1
    return first, last


def choose(question: str, ranking: Ranking, store: Generation, limit: int) -> tuple[Evidence, ...]:
    """Take the best sentences with their near neighbours, best first; what repeats its document is taken once."""
    asked = _squash(question)
    chosen: list[Evidence] = []
    squashed: dict[str, list[str]] = {}
    scores = _near(ranking)
    taken: set[int] = set()
    read_ahead(store.passages, ranking.rows[: AHEAD * limit].tolist())
    for row in ranking.rows.tolist():
        if row in taken:
            continue
        first, last = _whole(*_run(row, scores.keys() - taken, scores, store), store)
        own = store.passages[row]
        text = store.texts[own.document]
        if is_signature(own.span.of(text), question) or (chosen and _is_caption(own.span.of(text))):
            continue
        lead = _lead(first, store)
        led, first = lead < first, lead
        last = _items(first, last, store)
        told = own.span.of(text).rstrip()
        if first == last and not led and len(told) <= _OTHERS_CHARS and _OTHERS.search(told):
            continue
        if first == last and (told.endswith(("?", "\uff1f")) or not _tells(_squash(told), asked)):
            last = _behind(row, store)
        span = Span(store.passages[first].span.start, store.passages[last].span.end)
        words = _squash(span.of(text))
        seen = squashed.setdefault(own.document, [])
        if not words or _repeats(words, seen):
            continue
        taken |= set(range(first, last + 1))
        seen.append(words)
        clause = store.passages[first].clause if led else own.clause
        chosen.append(Evidence(own.document, clause, span))
        if len(chosen) == limit:
            break
    if not chosen and len(ranking.rows):  # a document of a signature alone
        first_row = store.passages[int(ranking.rows[0])]
        chosen.append(Evidence(first_row.document, first_row.clause, first_row.span))
    return tuple(chosen)
