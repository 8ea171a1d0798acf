"""The routes under ``/api/v1`` that show documents, clauses, values and the state of the service."""

import io
from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum
from http import HTTPStatus
from importlib.metadata import version
from typing import Annotated, Any
from urllib.parse import quote

from fastapi import APIRouter, Depends, Query
from fastapi.params import Depends as Dependency
from fastapi.responses import JSONResponse
from starlette.responses import Response

from bot.channels.web.examples import problem
from bot.channels.web.library import clause_at, document_at, outline, reader_path
from bot.channels.web.problems import RequestError
from bot.channels.web.schema import MAX_REGION_CHARS
from bot.charts.prepare import chart_of
from bot.charts.svg import svg
from bot.cli.listing import clause_object, document_object, value_objects, write_csv
from bot.cli.workbook import workbook_bytes
from bot.errors import InputError
from bot.selection import Filters, select, title_of
from index.generation import Generation
from index.types import Indicator, Role, Span

Library = Callable[[], Generation]

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_BOM = "\N{ZERO WIDTH NO-BREAK SPACE}"  # spreadsheet programs read a CSV file as UTF-8 when it begins with it
_REFUSED: dict[int | str, dict[str, Any]] = {
    404: {
        "description": "没有这份文件、这一条或这个地区",
        "content": {"application/json": {"example": {"error": "没有收录“某市”;现有文件:…"}}},
    },
    422: {
        "description": "参数的值不可用",
        "content": {"application/json": {"example": {"error": "参数 role 的值不可用…"}}},
    },
}


class Form(StrEnum):
    """In what form values are sent."""

    JSON = "json"
    CSV = "csv"
    XLSX = "xlsx"
    SVG = "svg"


Word = Annotated[str | None, Query(max_length=MAX_REGION_CHARS)]


def filters(
    document: Annotated[Word, Query(description="文件的 ID、标题或地区", examples=["某市"])] = None,
    region: Annotated[Word, Query(description="地区")] = None,
    name: Annotated[Word, Query(description="指标名里的字", examples=["新增就业"])] = None,
    role: Annotated[Role | None, Query(description="目标 target、基准 baseline、完成 actual")] = None,
    period: Annotated[Word, Query(description="年份或规划期", examples=["2025", "十四五"])] = None,
    category: Annotated[Word, Query(description="指标表里的类别")] = None,
    attribute: Annotated[Word, Query(description="约束性或预期性")] = None,
    words: Annotated[Word, Query(description="指标名或原文里的词,空格隔开,须全部出现")] = None,
) -> Filters:
    """Read the filters of a request."""
    kind = role.value if role else None
    return Filters(document, region, name, kind, period, category, attribute, words)


def _select(store: Generation, wanted: Filters) -> list[Indicator]:
    try:
        return select(store, wanted)
    except InputError as error:
        raise RequestError(HTTPStatus.NOT_FOUND, str(error)) from None


def _download(body: bytes, kind: str, name: str) -> Response:
    shown = f"attachment; filename*=UTF-8''{quote(name)}"
    return Response(body, media_type=kind, headers={"Content-Disposition": shown})


def _drawing(store: Generation, wanted: Filters, rows: list[Indicator]) -> Response:
    try:
        data = chart_of(rows, store.documents, title_of(wanted, rows))
    except InputError as error:
        raise RequestError(HTTPStatus.UNPROCESSABLE_ENTITY, str(error)) from None
    return Response(svg(data), media_type="image/svg+xml")


def _values(store: Generation, rows: Sequence[Indicator]) -> dict[str, Any]:
    links = [reader_path(store.documents[row.document], row.clause, row.value_span) for row in rows]
    listed = zip(value_objects(store, rows), links, strict=True)
    return {
        "generation": store.id,
        "total": len(rows),
        "indicators": [{**v, "reader": at} for v, at in listed],
    }


def _send(store: Generation, wanted: Filters, form: Form) -> Response:
    rows = _select(store, wanted)
    if form is Form.SVG:
        return _drawing(store, wanted, rows)
    if form is Form.XLSX:
        return _download(workbook_bytes(store, rows), _XLSX, "指标值.xlsx")
    if form is Form.CSV:
        table = io.StringIO(_BOM)
        table.seek(0, io.SEEK_END)
        write_csv(value_objects(store, rows), table)
        return _download(table.getvalue().encode("utf-8"), "text/csv; charset=utf-8", "指标值.csv")
    return JSONResponse(_values(store, rows))


def _add_documents(api: APIRouter, library: Library) -> None:
    @api.get("/documents", summary="已收录的文件", tags=["文件"])
    def get_documents() -> dict[str, Any]:
        store = library()
        return {
            "generation": store.id,
            "documents": [document_object(document, store) for document in store.documents.values()],
        }

    @api.get("/documents/{document}", summary="一份文件和它的条款目录", tags=["文件"], responses=_REFUSED)
    def get_document(document: str) -> dict[str, Any]:
        store = library()
        found = document_at(store, document)
        return {**document_object(found, store), "outline": outline(store.clauses[found.id])}

    @api.get("/documents/{document}/clause", summary="一条的原文和前后条", tags=["文件"], responses=_REFUSED)
    def get_clause(
        document: str,
        address: Annotated[
            str,
            Query(max_length=MAX_REGION_CHARS * 4, description="条款地址;不填为全文", examples=["三(一)3"]),
        ] = "",
    ) -> dict[str, Any]:
        store = library()
        found = document_at(store, document)
        clause = clause_at(store, found, address)
        whole = Span(clause.span.start, clause.span.end)
        return {**clause_object(store, found, clause), "reader": reader_path(found, clause.path, whole)}


Readings = Callable[[], Mapping[str, float]]

# gauge of bot.telemetry.metrics → what it means when it is not 0; questions are answered all the same
_AILING = {
    "generation_refused": "新的索引打不开，还在用旧的",
    "records_failing": "运行记录写不进去，稍后再试",
}


def _add_state(api: APIRouter, library: Library, readings: Readings) -> None:
    @api.get("/health", summary="服务在运行", tags=["状态"])
    async def get_health() -> dict[str, str]:
        return {"status": "ok"}

    @api.get("/ready", summary="索引已打开、可以回答;problems 里是不妨碍回答的毛病", tags=["状态"])
    async def get_ready() -> dict[str, Any]:
        store = library()
        now = readings()
        problems = [said for gauge, said in _AILING.items() if now.get(gauge)]
        state = "degraded" if problems else "ready"
        return {
            "status": state,
            "generation": store.id,
            "documents": len(store.documents),
            "problems": problems,
        }

    @api.get("/version", summary="程序和索引的版本", tags=["状态"])
    async def get_version() -> dict[str, Any]:
        return {"version": version("policybot"), "generation": library().id}


def library_routes(library: Library, limits: Dependency, readings: Readings) -> APIRouter:
    """Make the routes over whichever generation ``library()`` returns when a request comes, held to ``limits``.

    :param readings: the gauges of ``bot.telemetry.metrics``
    """
    state = APIRouter(prefix="/api/v1")
    _add_state(state, library, readings)  # without limits: what watches the service asks as often as it likes
    api = APIRouter(dependencies=[limits], responses=problem(401, 403, 429))
    _add_documents(api, library)

    @api.get("/indicators", summary="指标值:JSON、CSV、XLSX 或图", tags=["指标"], responses=_REFUSED)
    def get_indicators(
        wanted: Annotated[Filters, Depends(filters)],
        form: Annotated[Form, Query(alias="format", description="json、csv、xlsx 或 svg(图)")] = Form.JSON,
    ) -> Response:
        return _send(library(), wanted, form)

    state.include_router(api)
    return state
