"""What a client may send, and how a body becomes it."""

from http import HTTPStatus
from typing import Annotated, TypeVar

from fastapi import Request
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from bot.channels.web.problems import RequestError
from bot.records.types import Reason, Verdict

# the largest value config.yaml allows for a question's length: what is longer can never be answered
MAX_QUESTION_CHARS = 4000
# more than any channel remembers; the assistant keeps the last few itself
MAX_HISTORY = 50
MAX_REGION_CHARS = 100
MAX_COMMENT_CHARS = 500  # a few sentences, as a person types them into a small box
# a question and a full memory of 20 questions, three bytes a character, with room for escapes
MAX_BODY_BYTES = 512 * 1024

Text = Annotated[str, Field(max_length=MAX_QUESTION_CHARS)]


class AskBody(BaseModel):
    """A question, the earlier questions of its conversation (oldest first), and the region chosen."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    question: Text = Field(description="问题", examples=["灵活就业有补贴吗"])
    history: tuple[Text, ...] = Field((), max_length=MAX_HISTORY, description="前面问过的问题,最早的在前")
    region: str | None = Field(None, max_length=MAX_REGION_CHARS, description="只问这个地区;不填为全部")


class FeedbackBody(BaseModel):
    """What an asker thinks of an answer; a second thought replaces the first."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str = Field(pattern="^[0-9a-f]{32}$", description="回答的 id", examples=["0" * 32])
    verdict: Verdict = Field(description="有用 useful、没用 useless", examples=["useless"])
    reason: Reason | None = Field(
        None,
        description="为什么没用:答非所问 off_topic、不完整 incomplete、不对 wrong、看不懂 unclear、其他 other",
        examples=["incomplete"],
    )
    comment: str = Field("", max_length=MAX_COMMENT_CHARS, description="想说的话", examples=["没有写金额"])


Body = TypeVar("Body", bound=BaseModel)

_REASONS = {
    "missing": "缺少 {where}",
    "extra_forbidden": "不认识的键 {where}",
    "string_type": "{where} 应为文字",
    "string_unicode": "{where} 含有无法显示的字符",
    "tuple_type": "{where} 应为列表",
    "model_type": "请求体应为 JSON 对象",
    "json_invalid": "请求体不是合法的 UTF-8 JSON",
}
_NEXT = {
    "AskBody": ";请按 {“question”: “…”, “history”: [“…”], “region”: “…”} 提交。",
    "FeedbackBody": ";请按 {“id”: “…”, “verdict”: “useful”, “reason”: “…”, “comment”: “…”} 提交。",
}


def _explain(error: ValidationError, model: type[BaseModel]) -> str:
    problem = error.errors(include_url=False)[0]
    kind, where = problem["type"], ".".join(str(part) for part in problem["loc"])
    if kind == "string_too_long":
        what = "问题" if where == "question" else where
        return f"{what}太长了({len(problem['input'])} 字),请缩短成一两句话再问。"
    if kind == "too_long":
        return f"{where} 太多了,最多 {MAX_HISTORY} 条。"
    return _REASONS.get(kind, "{where} 的值不可用").format(where=where) + _NEXT[model.__name__]


async def _read(request: Request, model: type[Body]) -> Body:
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
        raise RequestError(HTTPStatus.UNSUPPORTED_MEDIA_TYPE)
    body = await request.body()
    try:
        return model.model_validate_json(body)
    except ValidationError as error:
        raise RequestError(HTTPStatus.UNPROCESSABLE_ENTITY, _explain(error, model)) from None


async def read_ask(request: Request) -> AskBody:
    """Read the body of a question.

    :raises RequestError: 415 another content type, 413 too large, 422 anything but the documented object
    """
    return await _read(request, AskBody)


async def read_feedback(request: Request) -> FeedbackBody:
    """Read the body of feedback.

    :raises RequestError: as for a question
    """
    return await _read(request, FeedbackBody)
