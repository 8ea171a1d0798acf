"""A clause as the reader shows it: lines with the highlighted words, the contents around it, what a search finds."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from bot.channels.web.library import reader_path
from index import address
from index.generation import Generation
from index.types import Clause, Document, Span
from retrieval.wording import validity

# a clause with more below it shows its own lines and links to what it holds: a page a phone can scroll through
_WHOLE_CHARS = 12_000
_HITS = 100  # more than this nobody reads through; a further word narrows the search
_SPAN = re.compile(r"(\d{1,9})-(\d{1,9})")
_LABEL_CHARS = 32  # of a heading in the contents column


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the text in three runs, the middle one highlighted; ``heading`` where a clause begins."""

    before: str
    marked: str
    after: str
    first: bool  # whether the highlight begins here
    heading: bool


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the contents: its name, its place, what it holds."""

    label: str
    href: str
    current: bool
    opened: bool
    children: tuple["Entry", ...]


@dataclass(frozen=True, slots=True)
class Hit:
    """One passage that holds the words searched for."""

    address: str
    href: str
    line: Line


def label_of(clause: Clause) -> str:
    """Name a clause by its marker and the beginning of its heading."""
    if not clause.path:
        return "正文"
    heading = clause.heading.strip()
    short = heading[:_LABEL_CHARS] + ("…" if len(heading) > _LABEL_CHARS else "")
    return f"{clause.marker} {short}".strip()


def read_span(text: str, within: Span) -> Span | None:
    """Read ``9512-9571``; None where it is no run of characters inside ``within``."""
    match = _SPAN.fullmatch(text)
    if not match:
        return None
    span = Span(int(match[1]), int(match[2]))
    return span if span.start < span.end and span in within else None


def cut(text: str, span: Span, marked: Span | None, *, heading: bool = False) -> Line:
    """Cut the characters ``span`` of ``text`` into what stands before, in and behind the highlight."""
    start = min(max(marked.start, span.start), span.end) if marked else span.end
    end = min(max(marked.end, start), span.end) if marked else span.end
    return Line(
        text[span.start : start],
        text[start:end],
        text[end : span.end],
        bool(marked and start == marked.start and start < end),
        heading,
    )


def _line_spans(text: str, span: Span) -> Iterator[Span]:
    start = span.start
    for line in span.of(text).split("\n"):
        if line.strip():
            yield Span(start, start + len(line))
        start += len(line) + 1


def shown_span(clause: Clause) -> Span:
    """What of a clause is shown as one text: all of it, or its own lines where that would be too much."""
    return clause.span if clause.span.end - clause.span.start <= _WHOLE_CHARS and clause.path else clause.own


def lines_of(text: str, clauses: Sequence[Clause], span: Span, marked: Span | None) -> list[Line]:
    """Cut a span into its lines; those that begin a clause with a heading are marked as such."""
    heads = {c.span.start for c in clauses if c.heading and c.own != c.span}
    return [cut(text, line, marked, heading=line.start in heads) for line in _line_spans(text, span)]


def contents(document: Document, clauses: Sequence[Clause], current: str) -> tuple[Entry, ...]:
    """Return the contents: the two outer levels, and below them whatever lies on the way to ``current``."""
    below: dict[str, list[Clause]] = {}
    for clause in clauses:
        if clause.parent is not None:
            below.setdefault(clause.parent, []).append(clause)

    def entry(clause: Clause) -> Entry:
        on_the_way = current == clause.path or current.startswith(clause.path + "/")
        shown = below.get(clause.path, []) if on_the_way or clause.depth == 1 else []
        return Entry(
            label_of(clause),
            reader_path(document, clause.path),
            clause.path == current,
            on_the_way,
            tuple(map(entry, shown)),
        )

    return tuple(map(entry, below.get("", [])))


def search(store: Generation, document: Document, words: str) -> list[Hit]:
    """Find the passages that hold every one of the words, in the order of the text, at most ``_HITS``."""
    wanted, text = words.split(), store.texts[document.id]
    found: list[Hit] = []
    for row in store.rows_of[document.id]:
        passage = store.passages[row]
        said = passage.span.of(text)
        if wanted and all(word in said for word in wanted):
            start = passage.span.start + said.index(wanted[0])
            marked = Span(start, start + len(wanted[0]))
            href = reader_path(document, passage.clause, passage.span)
            found.append(Hit(address.display(passage.clause), href, cut(text, passage.span, marked)))
        if len(found) == _HITS:
            break
    return found


def citation_of(document: Document, clause: Clause, today: date, page: int | None = None) -> str:
    """Word where a clause stands, as it is put behind a quote; ``page`` is that of the source file."""
    printed = f"原文件第{page}页" if page else None
    facts = ";".join(fact for fact in (document.number, printed, validity(document, today)) if fact)
    return f"《{document.title}》{address.display(clause.path)}" + (f"({facts})" if facts else "")
