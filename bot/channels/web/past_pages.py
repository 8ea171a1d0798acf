"""The routes of earlier versions. Only documents that are held now show their past."""

from collections.abc import Callable
from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.params import Depends as Dependency
from fastapi.responses import HTMLResponse

from bot.channels.web.library import document_at, reader_path
from bot.channels.web.pages_frame import missing, page
from bot.channels.web.past import Past, compared, old_lines, versions
from bot.channels.web.problems import RequestError
from bot.render.difference import summary, value_line
from index.generation import Generation

Library = Callable[[], Generation]


def _list(request: Request, store: Generation, past: Past, name: str) -> HTMLResponse:
    document = document_at(store, name)
    listed = versions(past, document.id)
    here = reader_path(document, "")
    return page(request, "versions.html", document=document, listed=listed, here=here)


def _old(request: Request, store: Generation, past: Past, name: str, version: str, hl: str) -> HTMLResponse:
    document = document_at(store, name)
    lines = old_lines(past, document.id, version, hl)
    here = reader_path(document, "")
    current = document.version.startswith(version)
    return page(
        request, "version.html", document=document, version=version, lines=lines, here=here, current=current
    )


def _diff(
    request: Request, store: Generation, past: Past, name: str, before: str, after: str
) -> HTMLResponse:
    document = document_at(store, name)
    older, newer, found, changes = compared(past, document.id, before or None, after or None)
    return page(
        request,
        "difference.html",
        document=document,
        older=older,
        newer=newer,
        summary=summary(replace(found, values=())),  # the values stand below, one a line
        here=reader_path(document, ""),
        changes=changes,
        values=[value_line(change) for change in found.values],
    )


def past_routes(library: Library, past: Past, limits: Dependency) -> APIRouter:
    """Make the pages; ``limits`` holds callers to their limits, as comparing takes a second of a core."""
    pages = APIRouter(include_in_schema=False, dependencies=[limits])

    def shown(request: Request, make: Callable[[], HTMLResponse]) -> HTMLResponse:
        try:
            return make()
        except RequestError as refusal:
            return missing(request, str(refusal))

    @pages.get("/versions/{name}")
    def list_versions(request: Request, name: str) -> HTMLResponse:
        return shown(request, lambda: _list(request, library(), past, name))

    @pages.get("/versions/{name}/changes")
    def changes(
        request: Request,
        name: str,
        before: Annotated[str, Query(alias="from", pattern="^[0-9a-f]{0,12}$")] = "",
        after: Annotated[str, Query(alias="to", pattern="^[0-9a-f]{0,12}$")] = "",
    ) -> HTMLResponse:
        return shown(request, lambda: _diff(request, library(), past, name, before, after))

    @pages.get("/versions/{name}/{version}")
    def old(
        request: Request, name: str, version: str, hl: Annotated[str, Query(max_length=40)] = ""
    ) -> HTMLResponse:
        return shown(request, lambda: _old(request, library(), past, name, version, hl))

    return pages
