"""All speed figures with one command: python benchmarks/run.py [--quick] [--write].

Runs each script below, keeps its JSON in var/bench/COMMIT.json and prints one table; --write puts the table into
docs/performance.md, between its markers. Every figure has its peer or its limit in the same row, measured in the same
run. A script that fails is named and the exit status is 1.
"""

import argparse
import json
import os
import platform
import re
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
BEGIN, END = "<!-- bench -->", "<!-- /bench -->"
SCRIPTS = (
    "answer_speed",
    "stages_speed",
    "index_size_speed",
    "throughput_speed",
    "web_speed",
)
SLOW = ("encoder_speed", "incremental")  # not with --quick
TAKES_QUICK = ("stages_speed", "throughput_speed")
# what a user of numpy may have set for other programs: it decides how fast the encoder is
UNSET = ("OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE")


def run(script: str, quick: bool) -> Any:
    """The JSON a script prints last; None where it fails."""
    command = [sys.executable, str(ROOT / "benchmarks" / f"{script}.py")]
    command += ["--quick"] if quick and script in TAKES_QUICK else []
    environment = {name: value for name, value in os.environ.items() if name not in UNSET}
    began = perf_counter()
    done = subprocess.run(command, check=False, cwd=ROOT, env=environment, capture_output=True, text=True)
    print(f"{script}: {perf_counter() - began:.0f} s", file=sys.stderr, flush=True)
    if done.returncode:
        print(done.stderr[-2000:], file=sys.stderr)
        return None
    return json.loads(done.stdout.strip().splitlines()[-1])


Row = tuple[str, str, str]  # what was measured, the figure, what it is compared with


def _answers(found: dict[str, Any]) -> list[Row]:
    cold = f"{found['cold_s_median']:.2f} 秒"
    warm = f"{found['p50_ms']:.1f} / {found['p95_ms']:.1f} 毫秒"
    alone = f"编码器单独 {found['encoder_alone_p50_ms']:.1f} 毫秒;{found['ratio_to_encoder']:.2f} 倍"
    return [
        ("冷启动的一问(整个进程)/ cold answer", cold, "限 5 秒 / limit 5 s"),
        ("热的一问 p50 / p95 / warm answer", warm, alone),
    ]


def _stages(found: dict[str, Any]) -> list[Row]:
    named = " · ".join(f"{name} {ms:.1f}" for name, ms in found.items() if name in _STAGES)
    return [("各步,毫秒 / by stage, ms", named, f"编码以外是编码器的 {found['around / encoder']:.2f} 倍")]


def _throughput(found: list[dict[str, float]]) -> list[Row]:
    return [
        (
            f"{row['cores']:.0f} 核、{row['askers']:.0f} 人连着问 / askers",
            f"每秒 {row['per_second']:.1f} 问,p95 {row['p95_ms']:.0f} 毫秒,{row['load_mb']:.0f} MB",
            f"编码器单独的 {row['of_encoder']:.2f} 倍",
        )
        for row in found
    ]


def _builds(found: dict[str, Any]) -> list[Row]:
    share = f"编码占 {found['first_encoding_share']:.0%}"
    change = f"改一句再发布 {found['one_sentence_s']} 秒,快 {found['time_ratio']} 倍"
    return [("从头建 / build from nothing", f"{found['rebuild_s']} 秒", f"{share};{change}")]


def _sizes(found: dict[str, Any]) -> list[Row]:
    disk = f"每百万字 {found['generation_mb_per_million_characters']:.0f} MB"
    amount = f"{found['characters']:.0f} 字、{found['passages']:.0f} 句"
    memory = f"{found['resident_after_mb']:.0f} MB"
    return [
        ("索引 / index on disk", disk, amount),
        ("内存 / resident", memory, f"打开索引之前 {found['resident_before_mb']:.0f} MB"),
    ]


_ROWS: dict[str, Callable[[Any], list[Row]]] = {
    "answer_speed": _answers,
    "stages_speed": _stages,
    "throughput_speed": _throughput,
    "incremental": _builds,
    "index_size_speed": _sizes,
}


def rows_of(found: dict[str, Any]) -> list[Row]:
    """The rows of the table, of those scripts that ran."""
    return [row for script, rows in _ROWS.items() if found.get(script) for row in rows(found[script])]


_STAGES = (
    "understand",
    "encode",
    "dense",
    "words",
    "similar questions",
    "fuse",
    "evidence",
    "verify",
    "render",
)


def table(found: dict[str, Any], commit: str) -> str:
    """The Markdown between the markers."""
    machine = f"{os.cpu_count()} 核 {platform.machine()}"
    head = f"{commit},{datetime.now(UTC):%Y-%m-%d},{machine},`python benchmarks/run.py`\n"
    lines = ["| 量的是 / what | 数 / figure | 同一次运行里的对照 / beside it |", "| --- | --- | --- |"]
    return "\n".join([head, *lines, *("| " + " | ".join(row) + " |" for row in rows_of(found))])


def main() -> None:
    """Run, keep, print."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--quick", action="store_true", help="under two minutes")
    options.add_argument("--write", action="store_true", help="into docs/performance.md")
    chosen = options.parse_args()
    scripts = SCRIPTS if chosen.quick else SCRIPTS + SLOW
    found = {script: run(script, chosen.quick) for script in scripts}
    commit = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], cwd=ROOT, check=True, capture_output=True, text=True
    ).stdout.strip()
    kept = ROOT / "var" / "bench"
    kept.mkdir(parents=True, exist_ok=True)
    (kept / f"{commit}.json").write_text(json.dumps(found, ensure_ascii=False, indent=1), encoding="utf-8")
    shown = table(found, commit)
    print(shown)
    if chosen.write:
        page = ROOT / "docs" / "performance.md"
        text = page.read_text(encoding="utf-8")
        between = re.compile(f"{re.escape(BEGIN)}.*?{re.escape(END)}", re.DOTALL)
        page.write_text(between.sub(lambda _: f"{BEGIN}\n{shown}\n{END}", text), encoding="utf-8")
    sys.exit(any(one is None for one in found.values()))


if __name__ == "__main__":
    main()
