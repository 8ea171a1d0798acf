"""The ASGI application: page, API, health."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from functools import partial
from http import HTTPStatus
from pathlib import Path

from fastapi import APIRouter, FastAPI
from fastapi.responses import FileResponse
from fastapi.staticfiles import StaticFiles
from starlette.responses import PlainTextResponse, Response

from bot.assistant import Assistant
from bot.channels.web import problems
from bot.channels.web.api import routes
from bot.channels.web.desk import open_desk
from bot.channels.web.gate import gate
from bot.channels.web.library_api import library_routes
from bot.channels.web.pages import page_routes
from bot.channels.web.past import NO_PAST, Past
from bot.channels.web.past_pages import past_routes
from bot.channels.web.printed_pages import printed_routes
from bot.channels.web.problems import RequestError
from bot.channels.web.schema import MAX_BODY_BYTES
from bot.channels.web.shield import NO_LARGER, WIDGET, with_body_cap, with_headers, with_root_path
from bot.channels.web.traced import metrics_routes, with_request_id
from bot.limits import Limiter, TokenBuckets
from bot.printed.pictures import Pictures
from bot.settings import BotSettings, Scope
from bot.telemetry.metrics import CountedLimiter, Metrics

Background = Callable[[], AbstractAsyncContextManager[None]]

_STATIC = Path(__file__).parent / "static"
_READ = ("GET", "HEAD")
_NO_WIDGET = "没有开放嵌入;请在 config.yaml 的 bot.web.widget_origins 写上可以嵌入的网站。"


def _add_page(app: FastAPI, *, embeddable: bool) -> None:
    @app.api_route("/", methods=[*_READ], include_in_schema=False)
    async def page() -> Response:
        return FileResponse(_STATIC / "index.html")

    @app.api_route("/healthz", methods=[*_READ], include_in_schema=False)
    async def health() -> Response:
        return PlainTextResponse("ok")

    @app.api_route(WIDGET, methods=[*_READ], include_in_schema=False)
    async def widget() -> Response:
        if not embeddable:
            raise RequestError(HTTPStatus.NOT_FOUND, _NO_WIDGET)
        return FileResponse(_STATIC / "widget.js", media_type="text/javascript")

    app.mount("/static", StaticFiles(directory=_STATIC), name="static")


def create_app(
    assistant: Assistant,
    *,
    settings: BotSettings,
    background: Background | None = None,
    routers: Sequence[APIRouter] = (),
    past: Past = NO_PAST,
    pictures: Pictures | None = None,
    larger: Mapping[str, int] = NO_LARGER,
    metrics: Metrics | None = None,
    limiter: Limiter | None = None,
) -> FastAPI:
    """Make the web app.

    :param past: where earlier versions of documents come from
    :param pictures: draws pages of PDF sources; None leaves them out
    :param background: entered when the app starts and left when it stops, in the same event loop
    :param routers: what other channels answer on the same address
    :param metrics: what counts answers and refusals; made anew where the caller keeps none
    :param limiter: counts what callers ask; in memory where none is given
    :param larger: bytes of a body at addresses that take more than a question
    """
    app = FastAPI(
        title="政策规划问答",
        docs_url=None,  # FastAPI's own pages load their scripts from elsewhere
        redoc_url=None,
        openapi_url="/api/v1/openapi.json",
        root_path=settings.web.root_path,
        lifespan=(lambda _: background()) if background else None,
    )
    counted = metrics or Metrics()
    desk = open_desk(assistant, settings.answer_deadline_s, settings.waiting, counted.failed)
    limits = partial(gate, settings=settings.web, limiter=CountedLimiter(limiter or TokenBuckets(), counted))
    asking, judging, reading = limits(Scope.ASK), limits(Scope.FEEDBACK), limits(Scope.READ)
    app.include_router(routes(desk, turns=settings.remembered_turns, asking=asking, judging=judging))
    app.include_router(library_routes(lambda: assistant.store, reading, counted.readings))
    app.include_router(page_routes(lambda: assistant.store, settings.records.keep_questions_days))
    app.include_router(metrics_routes(counted, settings.web.metrics_from))
    for router in routers:
        app.include_router(router)
    app.include_router(past_routes(lambda: assistant.store, past, reading))
    if pictures:
        app.include_router(printed_routes(lambda: assistant.store, pictures, reading))
    _add_page(app, embeddable=bool(settings.web.widget_origins))
    problems.install(app)
    app.add_middleware(with_body_cap, limit=MAX_BODY_BYTES, larger=larger)
    app.add_middleware(with_headers, framing=settings.web.widget_origins)
    app.add_middleware(with_root_path, root_path=settings.web.root_path)
    app.add_middleware(with_request_id)
    return app
