"""A ranking → the shortest runs of whole sentences that carry the point."""

import re
from collections.abc import Collection, Sequence
from dataclasses import replace
from unicodedata import normalize

from index.generation import Generation
from index.paged import read_ahead
from index.types import Passage
from retrieval import listed
from retrieval.listed import MAX_RUN
from retrieval.plans import is_plan
from retrieval.search import Ranking
from retrieval.signatures import is_signature
from retrieval.types import Evidence, Question

# A neighbouring sentence joins a quotation when it fits nearly as well as the best sentence of all: an answer often
# stands in two sentences side by side. Rows in the ablation table, docs/evaluation.md.
NEAR_SHARE = 0.7  # of the best passage's own score
NEAR_ROWS = 16  # sentences looked through for neighbours

AHEAD = 2  # sentences read at once for each one wanted: some say again what is cited already

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


def _run_of(row: int, near: Collection[int], scores: dict[int, float], store: Generation) -> listed.Piece:
    """The sentences around a row that are quoted with it: its near neighbours, its sentence, its list."""
    first, last = _whole(*_run(row, near, scores, store), store)
    own = store.passages[row]
    lead = listed.lead(first, store)
    end, left = listed.items(lead, last, store)
    clause = store.passages[lead].clause if lead < first else own.clause
    return listed.Piece(lead, end, store.passages[lead].span.start, clause, left)


def _piece(row: int, question: Question, run: listed.Piece, store: Generation) -> listed.Piece:
    """What is quoted for a row: the answer it stands in, its run, or the list under its heading."""
    if not listed.is_rule(row, store):
        return run
    answer = listed.answered(row, store)
    if answer:
        return answer
    opens = store.passages[run.first]
    led = run.last > run.first and listed.ends_open(opens.span.of(store.texts[opens.document]))
    return run if led else listed.headed(row, question.kinds, store) or run


def _bare(piece: listed.Piece, asked: str, told: str, store: Generation) -> listed.Piece:
    """A sentence that asks, or tells nothing that was not asked, is quoted with the one behind it."""
    alone = piece.first == piece.last
    if alone and (told.endswith(("?", "\uff1f")) or not _tells(_squash(told), asked)):
        return replace(piece, last=_behind(piece.first, store))
    return piece


def choose(question: Question, ranking: Ranking, store: Generation, limit: int) -> tuple[Evidence, ...]:
    """Take the best sentences with their near neighbours, best first; what repeats its document is taken once."""
    asked = _squash(question.unplaced)
    chosen: list[Evidence] = []
    squashed: dict[str, list[str]] = {}
    scores = _near(ranking)
    taken: set[int] = set()
    read_ahead(store.passages, ranking.rows[: AHEAD * limit].tolist())
    for row in ranking.rows.tolist():
        own = store.passages[row]
        told = own.span.of(store.texts[own.document]).rstrip()
        if row in taken or is_signature(told, question.unplaced) or (chosen and _is_caption(told)):
            continue
        run = _run_of(row, scores.keys() - taken, scores, store)
        piece = _piece(row, question, run, store)
        if piece.first == piece.last and len(told) <= _OTHERS_CHARS and _OTHERS.search(told):
            continue
        piece = _bare(piece, asked, told, store)
        span = listed.span_of(piece, store)
        words = _squash(span.of(store.texts[own.document]))
        seen = squashed.setdefault(own.document, [])
        if not words or _repeats(words, seen):
            continue
        taken |= set(range(piece.first, piece.last + 1))
        seen.append(words)
        chosen.append(Evidence(own.document, piece.clause, span, piece.left))
        if len(chosen) == limit:
            break
    if not chosen and len(ranking.rows):  # a document of a signature alone
        first_row = store.passages[int(ranking.rows[0])]
        chosen.append(Evidence(first_row.document, first_row.clause, first_row.span))
    return tuple(chosen)
