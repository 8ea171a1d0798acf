"""The figures Prometheus reads."""

import pytest

from bot.limits import TokenBuckets
from bot.settings import BotSettings, WebSettings
from bot.telemetry.metrics import CountedLimiter, Metrics
from retrieval.types import Answer, AnswerStatus
from tests.bot.channels.web.stub import StubAnswerer, make_app, open_client

LOCAL = BotSettings(web=WebSettings(metrics_from=("127.0.0.0/8",), asks_per_minute=2))


def values(page: bytes) -> dict[str, float]:
    found = (line.rsplit(" ", 1) for line in page.decode().splitlines() if not line.startswith("#"))
    return {name: float(value) for name, value in found}


def test_answers_by_channel_and_status():
    """Each answer once, each stage with its seconds."""
    metrics = Metrics()
    timing = {"encode": 30.0, "total": 45.0}
    answer = Answer("问", AnswerStatus.PARTIAL, (), timing_ms=timing)
    metrics.answered("telegram", answer)
    metrics.answered("telegram", answer)
    metrics.failed("web")
    found = values(metrics.page())
    assert found['policybot_questions_total{channel="telegram",status="partial"}'] == 2
    assert found['policybot_failures_total{channel="web"}'] == 1
    assert found['policybot_stage_seconds_sum{stage="encode"}'] == pytest.approx(0.06)
    assert found['policybot_stage_seconds_bucket{le="0.05",stage="total"}'] == 2
    assert found['policybot_stage_seconds_bucket{le="0.025",stage="total"}'] == 0


def test_gauges_are_read_when_asked_for():
    """The page shows what holds then, not what held at the start."""
    now = {"generation": 4.0, "records_waiting": 0.0}
    metrics = Metrics(lambda: now)
    now["records_waiting"] = 17.0
    found = values(metrics.page())
    assert (found["policybot_generation"], found["policybot_records_waiting"]) == (4, 17)


def test_refusals_by_scope_and_nobodys_name():
    """Who was refused is no label."""
    metrics = Metrics()
    limiter = CountedLimiter(TokenBuckets(clock=lambda: 0.0), metrics)
    waits = [limiter.wait_s("ask address 192.0.2.7", 1) for _ in range(3)]
    assert waits == [0, 60, 60]
    assert values(metrics.page())['policybot_limited_total{scope="ask"}'] == 2
    assert b"192.0.2.7" not in metrics.page()


async def test_the_page_counts_what_the_web_does():
    """Questions and refusals of the API; the question itself is nowhere."""
    async with open_client(make_app(StubAnswerer(), LOCAL)) as client:
        for _ in range(3):
            await client.post("/api/v1/ask", json={"question": "每年新增多少绿地13800138000"})
        answer = await client.get("/metrics")
    assert answer.headers["content-type"] == "text/plain; version=0.0.4; charset=utf-8"
    found = values(answer.content)
    assert found['policybot_limited_total{scope="ask"}'] == 1
    assert "绿地" not in answer.text
    assert "138001" not in answer.text


@pytest.mark.parametrize(
    ("networks", "headers"),
    [
        ((), {}),
        (("10.0.0.0/8",), {}),
        (("127.0.0.1",), {"X-Forwarded-For": "203.0.113.9"}),
        (("127.0.0.1",), {"Forwarded": "for=203.0.113.9"}),
    ],
)
async def test_nobody_else_learns_of_it(networks, headers):
    """Without a setting, from elsewhere, and through a proxy: 404."""
    settings = BotSettings(web=WebSettings(metrics_from=networks))
    async with open_client(make_app(StubAnswerer(), settings)) as client:
        answer = await client.get("/metrics", headers=headers)
    assert answer.status_code == 404
    assert "policybot_" not in answer.text


async def test_each_answer_bears_the_id_of_its_request():
    """The sender's own where it is well formed, else a new one."""
    async with open_client(make_app(StubAnswerer(), LOCAL)) as client:
        own = await client.get("/api/v1/health", headers={"X-Request-ID": "trace-0001"})
        odd = await client.get("/api/v1/health", headers={"X-Request-ID": "a b"})
    assert own.headers["x-request-id"] == "trace-0001"
    assert len(odd.headers["x-request-id"]) == 32
