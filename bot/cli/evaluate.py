"""``policybot eval``: answers a gold set and prints the figures."""

import json
from pathlib import Path
from typing import Any

from bot import app
from bot.config import Config
from bot.errors import InputError
from retrieval.evaluation import Report, evaluate

_REQUIRED = ("id", "question", "kind", "expect", "evidence")


def _load(path: Path) -> list[dict[str, Any]]:
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"读不了题库 {path}:{error};请检查路径,文件须为 UTF-8") from None
    rows = []
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except json.JSONDecodeError as error:
            raise InputError(f"{path} 第 {number} 行不是 JSON:{error.msg};每行应是一道题") from None
        absent = [key for key in _REQUIRED if not isinstance(row, dict) or key not in row]
        if absent:
            raise InputError(f"{path} 第 {number} 行缺少 {'、'.join(absent)};格式见 docs/evaluation.md")
        rows.append(row)
    if not rows:
        raise InputError(f"题库 {path} 是空的;每行放一道题,格式见 docs/evaluation.md")
    return rows


def _print(report: Report, questions: int, failures: int) -> None:
    for identifier, kind, question, status, lost in report.failures[:failures]:
        print(f"✗ {identifier} | {kind} | {question} | {status} | {lost}")
    for kind, (share, count) in report.by_kind.items():
        print(f"  {kind:<14}{share:.3f}  ({count})")
    print(
        "  ".join(f"{name}={value:.4g}" for name, value in report.figures.items()), f" questions={questions}"
    )


def run(config: Config, gold: Path, *, as_json: bool, failures: int) -> None:
    """Answer every question of the gold set and print the figures of ``retrieval.evaluation``."""
    rows = _load(gold)
    assistant = app.open_assistant(config)
    answered = [
        (row, assistant.ask(row["question"], row.get("history") or (), row.get("region"))) for row in rows
    ]
    report = evaluate(answered, assistant.texts)
    if as_json:
        print(json.dumps({**report.figures, "questions": len(rows)}, ensure_ascii=False))
    else:
        _print(report, len(rows), failures)
