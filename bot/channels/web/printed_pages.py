"""The routes of printed pages: the picture of a page of a PDF, the quoted words marked on it, its words below."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.params import Depends as Dependency
from fastapi.responses import FileResponse, HTMLResponse, Response

from bot.channels.web.library import document_at, old_path, reader_path
from bot.channels.web.pages_frame import missing, page
from bot.channels.web.printed import Sheet, alt_of, boxes_of, picture_path, sheet_at, steps_of, way_back
from bot.channels.web.problems import RequestError
from bot.channels.web.reader import lines_of
from bot.printed.pictures import Pictures
from bot.printed.types import BusyError, NotDrawnError
from index.generation import Generation

Library = Callable[[], Generation]
_Words = Annotated[str, Query(max_length=40)]

_RETRY = {"Retry-After": "5"}
_KEPT = {"Cache-Control": "private, max-age=86400"}
_OTHER_VERSION = "这一页的图属于文件的旧版本，现在没有了；请从现行版本的原文里打开。"


async def _drawing(pictures: Pictures, sheet: Sheet) -> tuple[HTTPStatus, dict[str, Any]]:
    """Return what the page says of its picture: its size and marks, or why there is none."""
    try:
        drawn = await pictures.page(sheet.document, sheet.number)
    except NotDrawnError as error:
        status = HTTPStatus.SERVICE_UNAVAILABLE if isinstance(error, BusyError) else HTTPStatus.OK
        return status, {"problem": str(error), "boxes": []}
    boxes = boxes_of(sheet, drawn)
    shown = {"width": drawn.width, "height": drawn.height, "alt": alt_of(sheet, bool(boxes))}
    return HTTPStatus.OK, {"problem": "", "boxes": boxes, **shown}


async def _page(
    request: Request, store: Generation, pictures: Pictures, sheet: Sheet, link: tuple[str, str]
) -> HTMLResponse:
    status, drawing = await _drawing(pictures, sheet)
    document = sheet.document
    made = page(
        request,
        "printed.html",
        status,
        document=document,
        sheet=sheet,
        picture=picture_path(document, sheet.number),
        lines=lines_of(sheet.text, (), sheet.span, sheet.marked),
        steps=steps_of(sheet, "" if sheet.stale else link[0]),
        here=reader_path(document, ""),
        back=way_back(store, sheet),
        old=old_path(document, *link) if sheet.stale else "",
        **drawing,
    )
    if status != HTTPStatus.OK:
        made.headers.update(_RETRY)
    return made


def printed_routes(library: Library, pictures: Pictures, limits: Dependency) -> APIRouter:
    """Make the pages; ``limits`` holds callers to their limits, as drawing a page takes a second of a core."""
    routes = APIRouter(include_in_schema=False, dependencies=[limits])

    @routes.get("/pages/{name}/{number}.png")
    async def picture(name: str, number: int, v: _Words = "") -> Response:
        store = library()
        document = document_at(store, name)
        sheet = sheet_at(store, document, number, version=v)
        if sheet.stale:
            raise RequestError(HTTPStatus.NOT_FOUND, _OTHER_VERSION)
        try:
            drawn = await pictures.page(document, number)
        except BusyError as error:
            raise RequestError(HTTPStatus.SERVICE_UNAVAILABLE, str(error), _RETRY) from None
        except NotDrawnError as error:
            raise RequestError(HTTPStatus.NOT_FOUND, str(error)) from None
        return FileResponse(drawn.picture, media_type="image/png", headers=_KEPT)

    @routes.get("/pages/{name}/{number}")
    async def printed(
        request: Request, name: str, number: int, hl: _Words = "", v: _Words = ""
    ) -> HTMLResponse:
        store = library()
        try:
            sheet = sheet_at(store, document_at(store, name), number, hl, v)
        except RequestError as refusal:
            return missing(request, str(refusal))
        return await _page(request, store, pictures, sheet, (hl, v))

    return routes
