"""A clause tree → the passages that are searched and quoted."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256

from index.contents import find_contents
from index.heading import content_start
from index.normalize import squeeze
from index.sentences import split_sentences
from index.stretches import stretches
from index.table_lines import TableLines, cells_at, find_tables, read_rows
from index.types import Clause, ClauseKind, Passage, Span

# Past this many characters the heading path would outweigh the sentence in both rankings; inner headings are kept.
MAX_HEADING_CHARS = 80
# A title run this short says nothing alone and reads well before the sentence it names: 加强标准化建设。优化服务事项,…
MAX_JOINED_TITLE = 25
# The same for a line that opens with a title but has no marker: 社会保障体系更加健全。围绕…
MAX_JOINED_OPENING = 12
# A title of fewer characters may be the first words of a sentence: 财政部
MIN_REPEATED_TITLE = 6
# A lead-in longer than this is cut from the front: its end says what the list below is.
MAX_LEAD_IN = 40

_TITLE_MARKS = " \t\u3000\xa0\r:\uff1a。"
_FIGURE_OR_COMMA = re.compile(r"[\d,;:\uff0c\uff1b\uff1a]")
_SENTENCE_END = re.compile(r"[。!?;\uff01\uff1f\uff1b]")
_COLON_END = re.compile(r"[^。!?;\n\uff01\uff1f\uff1b]+[:\uff1a]\s*$")
# What a cover line must state to be worth quoting: a date, a document number, a named value.
_COVER_FACT = re.compile(r"\d{4}\s*年|[〔\[]\d{4}[〕\]]|[:\uff1a]\s*[^\s]")


# A page lists the files that hang on it: 附件1.docx
_FILE_NAME = re.compile(
    r"\.(?:docx?|wps|xlsx?|et|pdf|ofd|pptx?|zip|rar|7z|jpe?g|png)[。;\uff1b]?\s*$", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class _Piece:
    """A passage to be: its words' place and what the rankers see beside the headings."""

    clause: Clause
    span: Span
    words: str


def _first_line(text: str, span: Span) -> Span:
    start = span.start + len(span.of(text)) - len(span.of(text).lstrip())
    end = text.find("\n", start, span.end)
    return Span(start, span.end if end < 0 else end)


def _stripped(text: str, span: Span) -> Span:
    """Return a row without the blanks around it: it is one line, or as many as cells where each has its own."""
    words = span.of(text)
    start = span.start + len(words) - len(words.lstrip())
    return Span(start, start + len(words.strip()))


def _is_heading(text: str, span: Span, clause: Clause) -> bool:
    return bool(clause.heading) and squeeze(span.of(text).strip(_TITLE_MARKS)) == clause.heading


def _behind_heading(text: str, clause: Clause, span: Span) -> Span:
    """Leave the marker, and a line that is only the heading, out of the first stretch of a clause."""
    if span.start != clause.span.start or clause.parent is None:
        return span
    start = min(span.end, content_start(text, clause.span.start + len(clause.marker)))
    line = _first_line(text, Span(start, span.end))
    return Span(line.end if _is_heading(text, line, clause) else start, span.end)


def _behind_title(text: str, title: str, span: Span) -> Span:
    """Leave out the title that opens a document, however often it is repeated, where words follow on its line."""
    if len(squeeze(title)) < MIN_REPEATED_TITLE:
        return span
    found = re.compile(r"\s*" + r"\s*".join(map(re.escape, squeeze(title))) + r"[^\S\n]+")
    start = span.start
    while match := found.match(text, start, span.end):
        start = match.end()
    return Span(start, span.end)


def _is_title_run(text: str, span: Span, clause: Clause) -> bool:
    """Whether the first sentence of a line only names what the line says: short, one clause, no figures."""
    words = span.of(text)
    if _is_heading(text, span, clause):
        return len(words) <= MAX_JOINED_TITLE
    return len(words) <= MAX_JOINED_OPENING and words[-1] == "。" and not _FIGURE_OR_COMMA.search(words)


def _sentences(text: str, clause: Clause, span: Span, max_chars: int) -> list[Span]:
    """Split a stretch; the title run that opens a line is joined to the sentence behind it."""
    joined: list[Span] = []
    line_end, title = -1, False
    for sentence in split_sentences(text, _behind_heading(text, clause, span), max_chars):
        if title and sentence.end <= line_end and sentence.end - joined[-1].start <= max_chars:
            joined[-1] = Span(joined[-1].start, sentence.end)
            title = False
            continue
        title = sentence.start > line_end and _is_title_run(text, sentence, clause)
        if sentence.start > line_end:
            line_end = text.find("\n", sentence.end, span.end)
            line_end = span.end if line_end < 0 else line_end
        joined.append(sentence)
    return joined


def _without(span: Span, gap: Span | None) -> list[Span]:
    if gap is None or gap not in span:
        return [span]
    return [Span(span.start, gap.start), Span(gap.end, span.end)]


def _states_something(text: str, span: Span, title: str) -> bool:
    """Whether words of a cover (title, file number, addressee, date) are worth quoting."""
    words = span.of(text)
    if squeeze(words) and squeeze(words) in squeeze(title):
        return False
    return bool(_SENTENCE_END.search(words) or _COVER_FACT.search(words))


def _row_pieces(text: str, clause: Clause, table: TableLines) -> Iterator[_Piece]:
    header = " ".join(cells_at(text, table, 0)) if table.rows else ""
    for row in read_rows(text, table):
        category = () if row.category in row.cells else (row.category,)
        words = " ".join([*filter(None, category), *row.cells, header])
        if row.cells:
            yield _Piece(clause, _stripped(text, row.span), words)


def _table_pieces(
    text: str, clause: Clause, span: Span, tables: Sequence[TableLines], max_chars: int
) -> Iterator[_Piece]:
    """Yield the caption and the notes as sentences and each row as a whole line."""
    at = span.start
    for table in tables:
        # What stands between a caption and its rows is 单位:… or blank.
        before = Span(at, max(at, table.caption.end))
        yield from (_Piece(clause, s, s.of(text)) for s in split_sentences(text, before, max_chars))
        yield from _row_pieces(text, clause, table)
        at = table.rows[-1].end if table.rows else table.span.end
    yield from (_Piece(clause, s, s.of(text)) for s in split_sentences(text, Span(at, span.end), max_chars))


def _pieces(title: str, text: str, clauses: Sequence[Clause], max_chars: int) -> Iterator[_Piece]:
    contents = find_contents(text)
    tables = find_tables(text)
    cover_end = clauses[1].span.start if len(clauses) > 1 else 0
    at = 0
    for clause, span in stretches(clauses):
        if clause.kind is ClauseKind.TABLE:
            while at < len(tables) and tables[at].span.end <= span.start:
                at += 1
            inside = [t for t in tables[at : at + 1] if t.rows and t.rows[0] in span]
            yield from _table_pieces(text, clause, span, inside, max_chars)
            continue
        opened = span if clause.parent else _behind_title(text, title, span)
        for part in _without(opened, contents):
            for sentence in _sentences(text, clause, part, max_chars):
                cover = clause.parent is None and sentence.end <= cover_end
                if _FILE_NAME.search(sentence.of(text)):
                    continue
                if not cover or _states_something(text, sentence, title):
                    yield _Piece(clause, sentence, sentence.of(text))


def _lead_in(text: str, clause: Clause, span: Span) -> str:
    """Return the words that introduce a nameless clause's list, such as 有下列情形之一的,不予受理:.

    :param span: what stands in the clause before the list
    """
    if clause.heading or clause.kind is not ClauseKind.CLAUSE:
        return ""
    found = _COLON_END.search(text, max(span.start, span.end - 4 * MAX_LEAD_IN), span.end)
    return found[0].strip().strip(_TITLE_MARKS)[-MAX_LEAD_IN:] if found else ""


def _context(path: Sequence[str]) -> str:
    """Join headings, the inner ones first choice, into at most ``MAX_HEADING_CHARS`` characters."""
    kept: list[str] = []
    room = MAX_HEADING_CHARS
    for heading in reversed(path):
        if heading and (room >= len(heading) or not kept):
            kept.append(heading[:room])
            room -= len(kept[-1]) + 1
    return " ".join(reversed(kept))


@dataclass(frozen=True, slots=True)
class _Place:
    """The headings above and of a clause, and the same with the lead-ins of the lists it stands in."""

    headings: tuple[str, ...]
    path: tuple[str, ...]


@dataclass(slots=True)
class _Reading:
    """How far a clause has been read, and what led in the list that was begun there last."""

    at: int
    lead_in: str = ""


def _places(text: str, clauses: Sequence[Clause]) -> dict[str, _Place]:
    """Return each clause's place; an article may hold several lists, each with a lead-in of its own."""
    places: dict[str, _Place] = {}
    by_path = {clause.path: clause for clause in clauses}
    reading: dict[str, _Reading] = {}
    for clause in clauses:
        above, led = _Place((), ()), ""
        if clause.parent is not None:
            parent, read, above = by_path[clause.parent], reading[clause.parent], places[clause.parent]
            if text[read.at : clause.span.start].strip():
                read.lead_in = _lead_in(text, parent, Span(read.at, clause.span.start))
            read.at, led = clause.span.end, read.lead_in
        own = (clause.heading,) if clause.heading else ()
        places[clause.path] = _Place(above.headings + own, above.path + ((led,) if led else ()) + own)
        reading[clause.path] = _Reading(min(clause.own.end, clause.own.start + len(clause.marker)))
    return places


def _said_above(text: str, place: _Place, piece: _Piece) -> tuple[str, ...]:
    """Return what the rankers see before a passage: not what it says itself; before a list also its lead-in."""
    own = piece.clause.own
    start = min(own.end, own.start + len(piece.clause.marker))
    led = _lead_in(text, piece.clause, Span(start, own.end)) if piece.span.start < own.end else ""
    path = place.path + ((led,) if led else ())
    return path[:-1] if path and path[-1] in piece.words else path


def split(
    document_id: str, title: str, text: str, clauses: Sequence[Clause], max_chars: int
) -> tuple[Passage, ...]:
    """Cut a document into passages: whole sentences and table rows, in document order, never overlapping.

    The marker of a clause, lines that are only a heading, the table of contents, the header row of a table and the
    bare lines of a cover give no passage. A short title run stays with the sentence behind it. A row's indexed text
    holds the category that carries down to it and the words of the header.

    :param title: the document's title; a cover line that repeats it is passed over
    :param clauses: what ``tree.parse`` read from the same text
    :param max_chars: the longest sentence, in characters; table rows are never cut
    """
    places = _places(text, clauses)
    made = []
    for ordinal, piece in enumerate(_pieces(title, text, clauses, max_chars)):
        place = places[piece.clause.path]
        indexed = f"{_context(_said_above(text, place, piece))} {piece.words}".strip()
        digest = sha256(indexed.encode()).hexdigest()
        made.append(
            Passage(document_id, piece.clause.path, ordinal, piece.span, place.headings, indexed, digest)
        )
    return tuple(made)
