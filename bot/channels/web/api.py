"""The routes under ``/api/v1``."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from fastapi.responses import JSONResponse, StreamingResponse
from starlette.responses import Response

from bot.channels.web.desk import Desk, answer, stream
from bot.channels.web.schema import AskBody, read_ask

_STREAM = "text/event-stream"
_UNSTORED = {"Cache-Control": "no-store"}
# a reverse proxy that collects a stream before passing it on would hold back the first words
_STREAMED = {**_UNSTORED, "X-Accel-Buffering": "no"}
_ASK_BODY = {
    "requestBody": {
        "required": True,
        "content": {"application/json": {"schema": AskBody.model_json_schema()}},
    }
}


def routes(desk: Desk, *, turns: int) -> APIRouter:
    """Make the routes; ``turns`` says how many earlier questions a client should send along."""
    api = APIRouter(prefix="/api/v1")

    @api.get("/welcome", summary="打开页面时要用的:示例问题、地区、追问回看几个问题")
    async def get_welcome() -> dict[str, Any]:
        # asked anew each time: documents come and go while the server runs
        assistant = desk.assistant
        return {"examples": list(assistant.examples), "regions": list(assistant.regions), "turns": turns}

    @api.post("/ask", summary="问一个问题;Accept: text/event-stream 则边答边送", openapi_extra=_ASK_BODY)
    async def post_ask(request: Request, body: Annotated[AskBody, Depends(read_ask)]) -> Response:
        if _STREAM in request.headers.get("accept", ""):
            return StreamingResponse(stream(desk, body), media_type=_STREAM, headers=_STREAMED)
        return JSONResponse(await answer(desk, body), headers=_UNSTORED)

    return api
