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
    "encoder_speed",
    "throughput_speed",
    "web_speed",
)
SLOW = ("incremental",)  # not with --quick
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


def rows_of(found: dict[str, Any]) -> list[tuple[str, str, str]]:
    """What was measured, the figure, what it is compared with."""
    rows: list[tuple[str, str, str]] = []
    if answer := found.get("answer_speed"):
        rows.append(
            (
                "冷启动的一问(整个进程)/ cold answer",
                f"{answer['cold_s_median']:.2f} 秒",
                "限 5 秒 / limit 5 s",
            )
        )
        rows.append(
            (
                "热的一问 p50 / p95 / warm answer",
                f"{answer['p50_ms']:.1f} / {answer['p95_ms']:.1f} 毫秒",
                f"编码器单独 {answer['encoder_alone_p50_ms']:.1f} 毫秒;{answer['ratio_to_encoder']:.2f} 倍",
            )
        )
    if stages := found.get("stages_speed"):
        named = " · ".join(f"{k} {v:.1f}" for k, v in stages.items() if k in _STAGES)
        rows.append(
            ("各步,毫秒 / by stage, ms", named, f"编码以外是编码器的 {stages['around / encoder']:.2f} 倍")
        )
    for row in found.get("throughput_speed") or []:
        rows.append(
            (
                f"{row['cores']:.0f} 核、{row['askers']:.0f} 人连着问 / askers",
                f"每秒 {row['per_second']:.1f} 问,p95 {row['p95_ms']:.0f} 毫秒,{row['load_mb']:.0f} MB",
                f"编码器单独的 {row['of_encoder']:.2f} 倍",
            )
        )
    if build := found.get("incremental"):
        rows.append(
            (
                "从头建 / build from nothing",
                f"{build['rebuild_s']} 秒",
                f"编码占 {build['first_encoding_share']:.0%};改一句再发布 {build['one_sentence_s']} 秒,快 {build['time_ratio']} 倍",
            )
        )
    if size := found.get("index_size_speed"):
        rows.append(
            (
                "索引 / index on disk",
                f"每百万字 {size['generation_mb_per_million_characters']:.0f} MB",
                f"{size['characters']:.0f} 字、{size['passages']:.0f} 句",
            )
        )
        rows.append(
            (
                "内存 / resident",
                f"{size['resident_after_mb']:.0f} MB",
                f"打开索引之前 {size['resident_before_mb']:.0f} MB",
            )
        )
    return rows


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
