"""``policybot doctor``."""

import argparse
import json

from bot.config import Config
from bot.doctor.examine import examine
from bot.doctor.types import State
from bot.errors import InputError

_MARKS = {State.OK: "正常", State.WARNING: "注意", State.FAULT: "故障"}


def run(config: Config, options: argparse.Namespace) -> None:
    """Print one line a part, as text or as JSON.

    :raises InputError: there is a fault, after everything is printed
    """
    faults = []
    for finding in examine(config):
        if options.json:
            row = {"part": finding.part, "state": finding.state.value, "message": finding.words}
            print(json.dumps(row, ensure_ascii=False), flush=True)
        else:
            print(f"[{_MARKS[finding.state]}] {finding.part}:{finding.words}", flush=True)
        if finding.state == State.FAULT:
            faults.append(finding.part)
    if faults:
        raise InputError(f"有 {len(faults)} 处故障({'、'.join(faults)});请按上面各行的说明处理后再查一次")
