"""The arguments of ``policybot questions …`` and ``policybot audit``."""

import argparse
from collections.abc import Callable
from typing import Any

DAYS = 30
SHOWN = 20


def _days(text: str) -> int:
    days = int(text)
    if not 1 <= days <= 3650:
        raise argparse.ArgumentTypeError(f"应是 1 到 3650 天,现在是 {text}")
    return days


def add(
    commands_of: "argparse._SubParsersAction[argparse.ArgumentParser]",
    paths: Callable[[], argparse.ArgumentParser],
    later: Callable[[str, str], Callable[..., Any]],
) -> None:
    """Add the two commands.

    :param paths: the options every command takes
    :param later: a command by module and function, imported when it runs
    """
    actions = commands_of.add_parser("questions", help="没答好的问题:查看和处理", parents=[paths()])
    verbs = actions.add_subparsers(metavar="ACTION", required=True)

    def verb(name: str, told: str, function: str) -> argparse.ArgumentParser:
        parser = verbs.add_parser(name, help=told, parents=[paths()])
        parser.add_argument("--json", action="store_true", help="输出 JSON")
        parser.set_defaults(run=later("questions", function))
        return parser

    listing = verb("unanswered", "列出没答上、只答了一部分、被点“没用”的问题", "unanswered")
    listing.add_argument("--days", type=_days, metavar="N", help="最近几天;默认存着的全部")
    listing.add_argument("--limit", type=_days, default=SHOWN, metavar="N", help=f"最多几组,默认 {SHOWN}")
    stats = verb("stats", "问答的数字", "stats")
    stats.add_argument("--days", type=_days, default=DAYS, metavar="N", help=f"最近几天,默认 {DAYS}")
    attach = verb("attach", "把问题挂到条款上,作为相似问", "attach")
    attach.add_argument("question", metavar="QUESTION", help="问题原话,或列表里的编号")
    attach.add_argument("document", metavar="DOCUMENT", help="文件 ID 或地区名")
    attach.add_argument("address", metavar="ADDRESS", help="例如 三(一)3")
    synonym = verb("synonym", "教词库一个口语说法(当即发布)", "synonym")
    synonym.add_argument("say", metavar="SAY", help="大家怎么说")
    synonym.add_argument("official", nargs="+", metavar="OFFICIAL", help="文件里怎么写")
    synonym.add_argument("--question", metavar="Q", help="例子问题,进回归题;要同时给 --document、--clause")
    synonym.add_argument("--document", metavar="D", help="例子应由哪份文件答")
    synonym.add_argument("--clause", metavar="ADDRESS", help="例子应由哪一条答")
    outside = verb("out-of-scope", "标为超出范围,以后直接说答不了", "out_of_scope")
    missing = verb("missing", "记为缺材料", "missing")
    for parser in (outside, missing):
        parser.add_argument("question", metavar="QUESTION", help="问题原话,或列表里的编号")
        parser.add_argument("--note", default="", metavar="WHY", help="说明")
    for parser in (attach, outside):
        parser.add_argument("--publish", action="store_true", help="当即发布;默认等下一次发布")
    _add_audit(commands_of, paths, later)


def _add_audit(
    commands_of: "argparse._SubParsersAction[argparse.ArgumentParser]",
    paths: Callable[[], argparse.ArgumentParser],
    later: Callable[[str, str], Callable[..., Any]],
) -> None:
    audit = commands_of.add_parser("audit", help="操作记录:谁在什么时候做了什么", parents=[paths()])
    audit.add_argument("--verify", action="store_true", help="核对有没有被改过")
    audit.add_argument("--limit", type=_days, default=SHOWN, metavar="N", help=f"最近几条,默认 {SHOWN}")
    audit.add_argument("--json", action="store_true", help="每行一个 JSON")
    audit.set_defaults(run=later("questions", "audit"))
