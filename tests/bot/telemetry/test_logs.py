"""What the log says, and what it never says."""

import io
import json
import logging
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.settings import LogFormat, LogSettings
from bot.telemetry.logs import start_logging
from bot.telemetry.request import current_request, request, request_named
from tests.bot.channels.web.stub import StubAnswerer, make_app, open_client

LOG = logging.getLogger("bot.trial")


@pytest.fixture
def written() -> Iterator[io.StringIO]:
    """What is logged as JSON while a test runs."""
    stream = io.StringIO()
    handler = start_logging(LogSettings(format=LogFormat.JSON), stream)
    yield stream
    logging.getLogger().removeHandler(handler)


def lines(stream: io.StringIO) -> list[dict[str, object]]:
    return [json.loads(line) for line in stream.getvalue().splitlines()]


def test_a_line_bears_its_request(written):
    """Inside a request its id and channel, outside none; fields of their own stay."""
    with request("web", "abcdef12"):
        LOG.info("answered", extra={"status": "partial", "citations": 2})
    LOG.warning("索引 %s 打不开", 7)
    inside, outside = lines(written)
    expected = {"event": "answered", "level": "info", "logger": "bot.trial", "request": "abcdef12"}
    assert inside == {**expected, "channel": "web", "status": "partial", "citations": 2} | {
        "timestamp": inside["timestamp"]
    }
    assert (outside["event"], "request" in outside) == ("索引 7 打不开", False)


def test_an_error_without_its_words(written):
    """Classes and lines of code; the message may quote a question, so it is not there."""
    try:
        try:
            int("我的身份证")
        except ValueError as error:
            raise RuntimeError("张三的工资") from error
    except RuntimeError:
        LOG.exception("an answer failed")
    (line,) = lines(written)
    assert line["error"] == "RuntimeError < ValueError"
    assert [step.partition(":")[0] for step in line["where"]] == ["test_logs.py", "test_logs.py"]
    assert "身份证" not in written.getvalue()
    assert "工资" not in written.getvalue()


def test_personal_data_is_masked(written):
    """Whatever a line is made of."""
    LOG.error("收到 %s 的来信", "13800138000")
    assert lines(written)[0]["event"] == "收到 [手机号] 的来信"


def test_libraries_are_heard_from_warnings_on(written):
    """Httpx names at INFO every address it calls, the token in it."""
    logging.getLogger("httpx").info("HTTP Request: POST https://api.telegram.org/bot1:secret/getMe")
    logging.getLogger("bot.trial").info("开始")
    assert [line["event"] for line in lines(written)] == ["开始"]


def test_a_second_start_replaces_the_first(written):
    """No line is written twice."""
    again = io.StringIO()
    handler = start_logging(LogSettings(level="warning", format=LogFormat.PLAIN), again)
    LOG.info("不记")
    LOG.warning("磁盘快满了", extra={"free_mb": 12})
    logging.getLogger().removeHandler(handler)
    assert written.getvalue() == ""
    assert again.getvalue().partition(" ")[2] == "WARNING 磁盘快满了  free_mb=12\n"


@pytest.mark.parametrize("sent", ["", "short", "a" * 65, "line\nbreak1", "中文编号中文编号", "x" * 8 + " "])
def test_ids_from_outside_are_taken_where_well_formed(sent):
    """They end up in the log: nothing but letters, digits, dots and dashes, of a sensible length."""
    assert request_named("trace-01.a_b") == "trace-01.a_b"
    made = request_named(sent)
    assert made != sent
    assert len(made) == 32


@given(st.text())
def test_any_id_is_safe_to_write(sent):
    """No line break, no blank, whatever came."""
    assert request_named(sent).isascii()
    assert not any(character.isspace() for character in request_named(sent))


def test_requests_nest_and_end():
    """The id is that of the innermost request, and none is left behind."""
    with request("web", "outer-001"):
        with request("wechat", "inner-001"):
            assert current_request() == "inner-001"
        assert current_request() == "outer-001"
    assert current_request() == ""


async def test_from_the_request_to_the_answer(written):
    """One line an answer, under the id the caller sent, with times and without the words of the question."""
    async with open_client(make_app(StubAnswerer())) as client:
        sent = {"question": "我叫王小明,每年新增多少绿地"}
        answer = await client.post("/api/v1/ask", json=sent, headers={"X-Request-ID": "trace-0007"})
    assert answer.headers["x-request-id"] == "trace-0007"
    (line,) = [line for line in lines(written) if line["event"] == "answered"]
    assert (line["request"], line["channel"], line["status"]) == ("trace-0007", "web", "partial")
    assert "王小明" not in written.getvalue()
    assert "绿地" not in written.getvalue()
