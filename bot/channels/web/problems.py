"""What can go wrong with a request, each with its HTTP status and one Chinese sentence."""

from collections.abc import Mapping
from http import HTTPStatus

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from index.errors import StoreError

_SENTENCES = {
    HTTPStatus.UNAUTHORIZED: "密钥不对,请检查 X-API-Key;不带密钥也能用。",
    HTTPStatus.FORBIDDEN: "别的网站不能这样提交,请到本站操作。",
    HTTPStatus.NOT_FOUND: "没有这个页面,请回到首页。",
    HTTPStatus.METHOD_NOT_ALLOWED: "这个地址不接受这种请求方式。",
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: "内容太长了,请缩短成一两句话再问。",
    HTTPStatus.UNSUPPORTED_MEDIA_TYPE: "请用 JSON 提交问题(Content-Type: application/json)。",
    HTTPStatus.TOO_MANY_REQUESTS: "请求太频繁了,请稍后再试。",
    HTTPStatus.SERVICE_UNAVAILABLE: "现在提问的人较多,没能及时答出,请稍后再试。",
    HTTPStatus.INTERNAL_SERVER_ERROR: "服务出了问题,已经记录,请稍后再试。",
}
UNREACHABLE = "现在读写不了资料\uff0c请过一会儿再试。"
_OTHER = "这个请求无法处理,请检查后重试。"


def sentence_of(status: HTTPStatus) -> str:
    """Return what a person reads where nothing more is known than the status."""
    return _SENTENCES.get(status, _OTHER)


class RequestError(Exception):
    """A request that gets no answer; ``str(error)`` is the one sentence a person reads."""

    def __init__(
        self, status: HTTPStatus, sentence: str = "", headers: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(sentence or sentence_of(status))
        self.status, self.headers = status, headers


def _respond(status: int, sentence: str, headers: Mapping[str, str] | None = None) -> JSONResponse:
    return JSONResponse({"error": sentence}, status, headers)


def install(app: FastAPI) -> None:
    """Make every failure of ``app`` answer ``{"error": "<one sentence>"}``."""

    @app.exception_handler(RequestError)
    async def on_refusal(request: Request, error: RequestError) -> JSONResponse:
        return _respond(error.status, str(error), error.headers)

    @app.exception_handler(HTTPException)
    async def on_http_error(request: Request, error: HTTPException) -> JSONResponse:
        return _respond(error.status_code, sentence_of(HTTPStatus(error.status_code)), error.headers)

    @app.exception_handler(RequestValidationError)
    async def on_parameter(request: Request, error: RequestValidationError) -> JSONResponse:
        named = "、".join(dict.fromkeys(str(problem["loc"][-1]) for problem in error.errors()))
        return _respond(
            HTTPStatus.UNPROCESSABLE_ENTITY, f"参数 {named} 的值不可用;可用的值见 /api/v1/openapi.json。"
        )

    @app.exception_handler(StoreError)
    async def on_store(request: Request, error: StoreError) -> JSONResponse:
        return _respond(HTTPStatus.SERVICE_UNAVAILABLE, UNREACHABLE)

    @app.exception_handler(Exception)
    async def on_bug(request: Request, error: Exception) -> JSONResponse:
        status = HTTPStatus.INTERNAL_SERVER_ERROR
        return _respond(status, _SENTENCES[status])
