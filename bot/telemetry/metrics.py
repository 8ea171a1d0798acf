"""Figures for Prometheus. No label takes a value that a person can choose."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.metrics_core import Metric
from prometheus_client.registry import Collector

from bot.limits import Limiter
from retrieval.types import Answer

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
# seconds: an answer takes tens of milliseconds, a stage a few, a wording model seconds
_BUCKETS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 20.0)
# name → what it says; the values are read when they are asked for
GAUGES: Mapping[str, str] = {
    "generation": "Number of the index that answers",
    "generation_refused": "1 while a newer index cannot be opened",
    "documents": "Documents in the index that answers",
    "records_waiting": "Rows waiting to be written",
    "records_lost": "Rows that were given up because too many waited",
    "records_failing": "1 while rows cannot be written",
}
Readings = Callable[[], Mapping[str, float]]


@dataclass(frozen=True, slots=True)
class _Gauges(Collector):
    readings: Readings

    def collect(self) -> Iterable[Metric]:
        """Read all gauges at once."""
        for name, value in self.readings().items():
            yield GaugeMetricFamily(f"policybot_{name}", GAUGES[name], value=value)


class Metrics:
    """The figures of one process; threads may share it.

    :param readings: tells the current values of ``GAUGES``, or of some of them
    """

    def __init__(self, readings: Readings = dict) -> None:
        self.readings = readings
        self._registry = CollectorRegistry()
        self._questions = Counter(
            "policybot_questions", "Questions answered", ("channel", "status"), registry=self._registry
        )
        self._failures = Counter(
            "policybot_failures", "Questions that got no answer", ("channel",), registry=self._registry
        )
        self._stages = Histogram(
            "policybot_stage_seconds",
            "Seconds of an answer, by stage",
            ("stage",),
            buckets=_BUCKETS,
            registry=self._registry,
        )
        self._limited = Counter(
            "policybot_limited", "Requests over a limit", ("scope",), registry=self._registry
        )
        self._registry.register(_Gauges(readings))

    def answered(self, channel: str, answer: Answer) -> None:
        """Count an answer and the time of its stages."""
        self._questions.labels(channel, answer.status.value).inc()
        for stage, milliseconds in answer.timing_ms.items():
            self._stages.labels(stage).observe(milliseconds / 1000)

    def failed(self, channel: str) -> None:
        """Count a question that broke something."""
        self._failures.labels(channel).inc()

    def limited(self, scope: str) -> None:
        """Count a request that came too often."""
        self._limited.labels(scope).inc()

    def page(self) -> bytes:
        """Write all figures in Prometheus' text format, UTF-8."""
        return generate_latest(self._registry)


@dataclass(frozen=True, slots=True)
class CountedLimiter:
    """A limiter whose refusals are counted by the first word of the caller's name: ``ask address 192.0.2.1``."""

    limiter: Limiter
    metrics: Metrics

    @property
    def blocks(self) -> bool:
        """Whether the limiter itself does."""
        return self.limiter.blocks

    def wait_s(self, caller: str, per_minute: int) -> int:
        """Take one turn, as the limiter itself does."""
        seconds = self.limiter.wait_s(caller, per_minute)
        if seconds:
            self.metrics.limited(caller.partition(" ")[0])
        return seconds
