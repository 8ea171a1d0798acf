"""The pages made on the server: the documents, the reader, the explorer. They work without scripts."""

from collections.abc import Callable
from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse

from bot.channels.web import explorer, reader
from bot.channels.web.library import clause_at, document_at, facets, old_path, reader_path
from bot.channels.web.pages_frame import missing, page
from bot.channels.web.printed import has_pages, page_path
from bot.channels.web.problems import RequestError
from bot.cli.listing import document_object
from bot.errors import InputError
from bot.selection import Filters, select
from index import address
from index.generation import Generation
from index.types import Clause, Document, Role, Span
from retrieval.cite import page_of
from retrieval.wording import ROLE_NAMES, validity

Library = Callable[[], Generation]

MAX_WORDS_CHARS = 100  # of a search or a filter
Word = Annotated[str, Query()]


def _banner(document: Document, today: date) -> dict[str, Any]:
    ended = document.expired(today) or document.superseded_by is not None
    return {"validity": validity(document, today), "ended": ended}


def _clause_page(
    request: Request, store: Generation, document: Document, clause: Clause, link: tuple[str, str]
) -> HTMLResponse:
    """Show one clause; ``link`` holds the span to highlight and the version it was made for."""
    today, clauses, text = date.today(), store.clauses[document.id], store.texts[document.id]
    stale = bool(link[1]) and link[1] != document.version
    marked = None if stale else reader.read_span(link[0], clause.span)
    span = reader.shown_span(clause)
    before, after = address.neighbours(clauses, clause.path)
    by_path, pages = {one.path: one for one in clauses}, store.pages.get(document.id, ())
    above = [by_path[path] for path in _ancestors(clause.path)]
    return page(
        request,
        "clause.html",
        document=document,
        **_banner(document, today),
        stale=stale,
        old=old_path(document, *link) if stale else "",
        versions=f"versions/{document.id}",
        clause=clause,
        title=reader.label_of(clause),
        address=address.display(clause.path),
        trail=[(reader.label_of(one), reader_path(document, one.path)) for one in above],
        lines=reader.lines_of(text, clauses, marked if marked and marked not in span else span, marked),
        partial=span != clause.span,
        below=[
            (reader.label_of(one), reader_path(document, one.path))
            for one in clauses
            if one.parent == clause.path
        ],
        entries=reader.contents(document, clauses, clause.path),
        steps=[
            (label, rel, reader_path(document, one.path), reader.label_of(one))
            for label, rel, one in (("上一条", "prev", before), ("下一条", "next", after))
            if one is not None
        ],
        citation=reader.citation_of(document, clause, today, page_of(pages, clause.span.start)),
        printed=_printed(store, document, marked or clause.span, link[0] if marked else ""),
        here=reader_path(document, ""),
    )


def _printed(store: Generation, document: Document, span: Span, hl: str) -> tuple[int, str] | None:
    """Return the page of the PDF that a span begins on, and its address; None where there is none to see."""
    number = page_of(store.pages.get(document.id, ()), span.start)
    return (number, page_path(document, number, hl)) if number and has_pages(store, document) else None


def _ancestors(path: str) -> list[str]:
    parts = path.split("/")
    return ["/".join(parts[:n]) for n in range(1, len(parts))]


def _read(
    request: Request, store: Generation, name: str, path: str, q: str, link: tuple[str, str]
) -> HTMLResponse:
    try:
        document = document_at(store, name)
        if q.strip():
            words = q.strip()[:MAX_WORDS_CHARS]
            return page(
                request,
                "search.html",
                document=document,
                **_banner(document, date.today()),
                words=words,
                hits=reader.search(store, document, words),
                here=reader_path(document, ""),
            )
        return _clause_page(request, store, document, clause_at(store, document, path), link)
    except RequestError as refusal:
        return missing(request, str(refusal))


def _explore(request: Request, store: Generation, wanted: Filters, sort: str, down: bool) -> HTMLResponse:
    problem = ""
    try:
        rows = select(store, wanted)
    except InputError as error:
        rows, problem = [], str(error)
    shown = explorer.ordered(rows, store, sort, down)[: explorer.MAX_ROWS]
    return page(
        request,
        "indicators.html",
        wanted=wanted,
        problem=problem,
        total=len(rows),
        rows=[explorer.row_of(row, store) for row in shown],
        columns=explorer.columns(wanted, sort, down),
        roles={role.value: name for role, name in ROLE_NAMES.items()},
        facets=facets(store),
        query=explorer.query_of(wanted),
        chart=explorer.chart_text(rows, store, wanted),
    )


def page_routes(library: Library, keep_days: int) -> APIRouter:
    """Make the pages over whichever generation ``library()`` returns when a request comes.

    :param keep_days: how long questions are kept, for the privacy page
    """
    pages = APIRouter(include_in_schema=False)

    @pages.get("/privacy")
    def privacy(request: Request) -> HTMLResponse:
        return page(request, "privacy.html", days=keep_days)

    @pages.get("/d")
    def documents(request: Request) -> HTMLResponse:
        store = library()
        listed = [
            (document_object(document, store), _banner(document, date.today()), reader_path(document, ""))
            for document in store.documents.values()
        ]
        return page(request, "documents.html", listed=listed)

    @pages.get("/d/{name}")
    @pages.get("/d/{name}/{path:path}")
    def read(
        request: Request, name: str, path: str = "", q: Word = "", hl: Word = "", v: Word = ""
    ) -> HTMLResponse:
        return _read(request, library(), name, path.strip("/"), q, (hl, v))

    @pages.get("/indicators")
    def indicators(
        request: Request,
        region: Word = "",
        category: Word = "",
        role: Word = "",
        attribute: Word = "",
        words: Word = "",
        sort: Word = "",
        dir: Word = "",
    ) -> HTMLResponse:
        known = role if role in set(Role) else ""
        given = (word[:MAX_WORDS_CHARS] for word in (region, category, attribute, words))
        place, kind, bound, text = given
        wanted = Filters(region=place, category=kind, role=known, attribute=bound, words=text)
        return _explore(request, library(), wanted, sort, dir == "desc")

    return pages
