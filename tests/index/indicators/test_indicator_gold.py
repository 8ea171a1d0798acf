"""The scorer of indicator rows, on a gold set small enough to count by hand."""

import importlib.util
import json
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

SCRIPT = Path(__file__).parents[3] / "benchmarks" / "indicator_gold.py"


@pytest.fixture
def scorer() -> ModuleType:
    """The benchmark script as a module."""
    spec = importlib.util.spec_from_file_location("indicator_gold", SCRIPT)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def record(value: str, quote: str, **other: Any) -> dict[str, Any]:
    """Build a gold line or a row."""
    fields = {
        "document": "d",
        "name": "就业率",
        "unit": "%",
        "comparator": "=",
        "role": "target",
        "period": "2025",
    }
    return {**fields, "value": value, "quote": quote, **other}


def test_each_gold_line_and_row_is_used_once(scorer: ModuleType) -> None:
    """Two rows of the same value match two gold lines, a third is surplus."""
    gold = [record("95", "就业率达到95%"), record("95", "就业率达到95%", name="升学率")]
    rows = [record("95", "就业率 达到95%,", name="升学率")] + [record("95", "就业率达到95%,其中")] * 2
    score = scorer.match(gold, rows)
    assert (score.precision, score.recall) == (2 / 3, 2 / 2)
    assert [row["name"] for _, row in score.pairs] == ["就业率", "升学率"]


@pytest.mark.parametrize(
    "row",
    [record("96", "就业率达到95%"), record("95", "升学率95%"), record("95", "就业率达到95%", role="actual"), record("95", "就业率达到95%", unit="")],
    ids=["value", "place", "role", "unit"],
)  # fmt: skip
def test_a_row_that_differs_does_not_match(scorer: ModuleType, row: dict[str, Any]) -> None:
    """Value, unit, role and place must all agree."""
    score = scorer.match([record("95", "就业率达到95%")], [row])
    assert (score.precision, score.recall, score.f1) == (0.0, 0.0, 0.0)


def test_similarity_is_the_common_subsequence_over_the_longer_name(scorer: ModuleType) -> None:
    """帮助成功创业 and 帮助创业成功人数 share 帮助成功 or 帮助创业: four of eight characters."""
    assert scorer.similarity("帮助成功创业", "帮助创业成功人数") == 4 / 8


def test_figures_are_printed_for_each_document(
    scorer: ModuleType, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The command line prints a line a document, one for all, and the misses asked for."""
    gold, rows = tmp_path / "gold.jsonl", tmp_path / "rows.jsonl"
    gold.write_text(json.dumps(record("95", "就业率达到95%")) + "\n", encoding="utf-8")
    rows.write_text(json.dumps(record("90", "就业率达到90%")) + "\n", encoding="utf-8")
    assert scorer.main([str(gold), str(rows), "--failures", "1"]) == 0
    printed = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in printed] == ["d", "all", "missed", "surplus"]
