"""The routes under ``/api/v1`` that ask, judge and forget."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from fastapi.params import Depends as Dependency
from fastapi.responses import JSONResponse, StreamingResponse
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from bot.channels.web.asker import asker, asker_sent, refuse_other_sites
from bot.channels.web.desk import Desk, answer, stream
from bot.channels.web.examples import ANSWER, problem
from bot.channels.web.leaving import while_heard
from bot.channels.web.schema import AskBody, FeedbackBody, read_ask, read_feedback

_STREAM = "text/event-stream"
_UNSTORED = {"Cache-Control": "no-store"}
# a reverse proxy that collects a stream before passing it on would hold back the first words
_STREAMED = {**_UNSTORED, "X-Accel-Buffering": "no"}
_LEFT = 499  # nobody reads it; servers log it so, after nginx
_REFUSED = problem(413, 415, 422)


def _inlined(node: Any, named: dict[str, Any]) -> Any:
    """Put each type named by ``$ref`` in its place: a description inside OpenAPI's own cannot refer to its own root."""
    if isinstance(node, list):
        return [_inlined(one, named) for one in node]
    if not isinstance(node, dict):
        return node
    if "$ref" in node:
        name = node["$ref"].rpartition("/")[2]
        return {**named[name], **{key: value for key, value in node.items() if key != "$ref"}}
    return {key: _inlined(value, named) for key, value in node.items() if key != "$defs"}


def _body(model: type[AskBody] | type[FeedbackBody]) -> dict[str, Any]:
    schema = model.model_json_schema()
    content = {"application/json": {"schema": _inlined(schema, schema.get("$defs", {}))}}
    return {"requestBody": {"required": True, "content": content}}


def _add_feedback(api: APIRouter, desk: Desk, limits: Dependency) -> None:
    checks = [limits, Depends(refuse_other_sites)]

    @api.post(
        "/feedback",
        summary="说一个回答有用没用;再说一次以后说的为准",
        tags=["提问"],
        dependencies=checks,
        openapi_extra=_body(FeedbackBody),
        responses={**_REFUSED, **problem(403)},
    )
    async def post_feedback(
        body: Annotated[FeedbackBody, Depends(read_feedback)], who: Annotated[str, Depends(asker)]
    ) -> dict[str, str]:
        judge = desk.assistant.feedback
        await run_in_threadpool(judge, body.id, who, body.verdict, body.reason, body.comment)
        return {"status": "noted"}

    @api.delete(
        "/asker",
        summary="删掉这个浏览器编号名下的全部记录",
        tags=["提问"],
        dependencies=checks,
        responses=problem(403, 422, 503),
    )
    def delete_asker(who: Annotated[str, Depends(asker_sent)]) -> dict[str, int]:
        return {"deleted": desk.assistant.forget(who)}


def routes(desk: Desk, *, turns: int, asking: Dependency, judging: Dependency) -> APIRouter:
    """Make the routes.

    :param turns: how many earlier questions a client should send along
    :param asking: what holds questions to their limits
    :param judging: what holds feedback to its limits
    """
    api = APIRouter(prefix="/api/v1", responses=problem(401, 429))

    @api.get("/welcome", summary="打开页面时要用的:示例问题、地区、追问回看几个问题、索引编号", tags=["提问"])
    async def get_welcome() -> dict[str, Any]:
        # asked anew each time: documents come and go while the server runs
        assistant = desk.assistant
        return {
            "examples": list(assistant.examples),
            "regions": list(assistant.regions),
            "turns": turns,
            "generation": assistant.store.id,
        }

    @api.post(
        "/ask",
        summary="问一个问题;Accept: text/event-stream 则边答边送",
        tags=["提问"],
        dependencies=[asking],
        openapi_extra=_body(AskBody),
        responses={**ANSWER, **_REFUSED, **problem(500, 503)},
    )
    async def post_ask(
        request: Request, body: Annotated[AskBody, Depends(read_ask)], who: Annotated[str, Depends(asker)]
    ) -> Response:
        if _STREAM in request.headers.get("accept", ""):
            return StreamingResponse(stream(desk, body, who), media_type=_STREAM, headers=_STREAMED)
        found = await while_heard(request, answer(desk, body, who))
        return JSONResponse(found, headers=_UNSTORED) if found else Response(status_code=_LEFT)

    _add_feedback(api, desk, judging)
    return api
