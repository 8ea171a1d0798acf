"""Alert rules speak of figures there are, and of advice that is written."""

import re
from pathlib import Path

import yaml

from bot.telemetry.metrics import GAUGES, Metrics
from retrieval.types import Answer, AnswerStatus

ROOT = Path(__file__).resolve().parents[3]
RULES = yaml.safe_load((ROOT / "deploy" / "alerts.yaml").read_text(encoding="utf-8"))["groups"][0]["rules"]


def known() -> set[str]:
    """The names of all figures of a process."""
    metrics = Metrics(lambda: dict.fromkeys(GAUGES, 0.0))
    metrics.answered("web", Answer("问", AnswerStatus.ANSWERED, (), timing_ms={"total": 1.0}))
    metrics.failed("web")
    metrics.limited("ask")
    lines = metrics.page().decode().splitlines()
    return {re.split(r"[{ ]", line)[0] for line in lines if not line.startswith("#")}


def test_every_figure_exists():
    """A rule over a name that nothing counts would never fire."""
    named = {name for rule in RULES for name in re.findall(r"policybot_\w+", rule["expr"])}
    assert named
    assert named - known() == set()


def test_every_alarm_has_its_paragraph():
    """The runbook has a heading of the alarm's name."""
    page = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
    headings = {
        line.lstrip("# ").split(" ")[0].lower() for line in page.splitlines() if line.startswith("###")
    }
    assert [rule["annotations"]["runbook"].partition("#")[2] for rule in RULES] == [
        rule["alert"].lower() for rule in RULES
    ]
    assert {rule["alert"].lower() for rule in RULES} - headings == set()
