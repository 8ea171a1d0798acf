"""Reads the arguments, calls one command, turns every known failure into one line and an exit code.

Exit codes: 0 done, 1 it could not be done (one line on stderr), 2 wrong use (argparse).
"""

import argparse
import io
import os
import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path

from bot import config
from bot.cli import commands, questions_arguments, users_arguments
from bot.config import Config
from index.errors import PolicybotError

Command = Callable[[Config, argparse.Namespace], None]

_INTERRUPTED = 130  # what shells expect after Ctrl-C


def _later(module: str, name: str) -> Command:
    """A command whose module is imported when it runs: a question does not pay for what documents need."""

    def run(config: Config, options: argparse.Namespace) -> None:
        getattr(import_module(f"bot.cli.{module}"), name)(config, options)

    return run


def _version() -> str:
    from importlib.metadata import version

    return version("policybot")


class _Version(argparse.Action):
    """Looks the version up only when it is asked for: importlib.metadata costs a cold start 30 ms."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        parser.exit(message=f"policybot {_version()}\n")


def _paths() -> argparse.ArgumentParser:
    """The options every command takes, before or after its name."""
    # a default here would overwrite what was given before the command's name
    paths = argparse.ArgumentParser(add_help=False, argument_default=argparse.SUPPRESS)
    paths.add_argument("--config", type=Path, metavar="FILE", help="配置文件,默认 config.yaml")
    paths.add_argument("--data-dir", type=Path, metavar="DIR", help="数据目录,默认 var/")
    return paths


def _add_ask(commands_of: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    ask = commands_of.add_parser("ask", help="问一个问题,或用 --batch 问一批", parents=[_paths()])
    ask.add_argument("question", nargs="?", metavar="QUESTION", help="问题")
    ask.add_argument("--json", action="store_true", help="输出一行 JSON")
    ask.add_argument("--region", help="只问这个地区,例如 襄阳")
    ask.add_argument(
        "--history", action="append", default=[], metavar="Q", help="前面问过的问题,最早的在前;可重复"
    )
    ask.add_argument(
        "--batch", type=Path, metavar="FILE.jsonl", help="每行一个 {id, question, history?, region?}"
    )
    ask.set_defaults(run=commands.ask)


def _add_metadata(parser: argparse.ArgumentParser) -> None:
    """The manifest keys an admin may set; what is not given is proposed from the text."""
    for key, shown, told in (
        ("title", "T", "标题"),
        ("region", "R", "地区,例如 襄阳市"),
        ("issuer", "I", "发文机关"),
        ("number", "N", "文号"),
        ("published", "DATE", "发布日期,例如 2024-01-31"),
        ("effective", "DATE", "施行日期"),
        ("valid-until", "DATE", "有效期至"),
        ("period", "2021-2025", "规划期"),
    ):
        parser.add_argument(f"--{key}", metavar=shown, help=told)
    parser.add_argument("--alias", action="append", default=[], metavar="NAME", help="地区的别名;可重复")
    parser.add_argument("--contact", action="append", default=[], metavar="WHO", help="咨询电话或地点;可重复")


def _add_life(docs: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    def verb(name: str, told: str, run: Command) -> argparse.ArgumentParser:
        parser = docs.add_parser(name, help=told, parents=[_paths()])
        parser.add_argument("--json", action="store_true", help="输出 JSON")
        parser.set_defaults(run=run)
        return parser

    add = verb("add", "添加一份文件并发布", _later("documents", "add"))
    add.add_argument("file", type=Path, metavar="FILE")
    add.add_argument("--id", metavar="ID", help="编号;默认取自文件名或地名")
    add.add_argument("--supersedes", metavar="ID", help="它替代哪一份")
    replace = verb("replace", "用新文件更新一份", _later("documents", "replace"))
    replace.add_argument("document", metavar="ID")
    replace.add_argument("file", type=Path, metavar="FILE")
    replace.set_defaults(id=None)
    for parser in (add, replace):
        _add_metadata(parser)
    withdraw = verb("withdraw", "撤下一份", _later("documents", "withdraw"))
    withdraw.add_argument("document", metavar="ID")
    withdraw.add_argument("--reason", metavar="WHY", help="为什么")
    restore = verb("restore", "恢复撤下的文件,或某份文件的旧版本", _later("documents", "restore"))
    restore.add_argument("document", metavar="ID")
    restore.add_argument("--version", metavar="V", help="版本号;默认最后一版")
    for parser in (add, replace, withdraw):
        parser.add_argument("--yes", action="store_true", help="不再问,直接发布")
    for parser in (add, replace, withdraw, restore):
        parser.add_argument("--force", action="store_true", help="检查不过也发布")
    history = verb("history", "一份文件的来龙去脉", _later("documents", "history"))
    history.add_argument("document", metavar="ID")
    verb("rollback", "退回上一次发布之前", _later("documents", "rollback"))
    diff = verb("diff", "两个版本差在哪里", _later("documents", "diff"))
    diff.add_argument("document", metavar="ID")
    diff.add_argument("before", nargs="?", metavar="A", help="较早的版本;默认上一版")
    diff.add_argument("after", nargs="?", metavar="B", help="较新的版本;默认现行版")


def _add_documents(commands_of: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    docs = commands_of.add_parser("docs", help="查看收录的文件", parents=[_paths()]).add_subparsers(
        metavar="ACTION", required=True
    )
    listing = docs.add_parser("list", help="列出文件", parents=[_paths()])
    listing.add_argument("--json", action="store_true", help="每行一个 JSON")
    listing.set_defaults(run=commands.docs_list)
    text = docs.add_parser("text", help="输出存下的原文(引文的位置按它计数)", parents=[_paths()])
    text.add_argument("document", metavar="ID")
    text.add_argument("--version", metavar="V", help="版本号;默认当前版本")
    text.set_defaults(run=commands.docs_text)
    _add_life(docs)

    clause = commands_of.add_parser(
        "clause", help="按地址查条款,例如 襄阳 第三章第三节(四)具体路径3", parents=[_paths()]
    )
    clause.add_argument("document", metavar="DOCUMENT", help="文件 ID 或地区名")
    clause.add_argument("address", metavar="ADDRESS", help="例如 三(一)3")
    clause.add_argument("--json", action="store_true", help="输出一行 JSON")
    clause.set_defaults(run=commands.clause)


def _add_values(commands_of: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    values = commands_of.add_parser("indicators", help="列出指标值,存成表格或画成图", parents=[_paths()])
    values.add_argument("--document", metavar="D", help="文件 ID 或地区名")
    values.add_argument("--region", metavar="R", help="地区名,例如 襄阳")
    values.add_argument("--name", metavar="N", help="指标名里的字词")
    values.add_argument("--role", choices=["target", "baseline", "actual"], help="目标 / 基准 / 完成")
    values.add_argument("--period", metavar="P", help="时期,例如 2025、十三五")
    values.add_argument("--category", metavar="C", help="类别里的字词,例如 就业创业")
    values.add_argument("--attribute", metavar="A", help="约束性 或 预期性")
    form = values.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="每行一个 JSON")
    form.add_argument("--csv", action="store_true", help="CSV")
    form.add_argument("--xlsx", type=Path, metavar="FILE", help="存成 Excel 表")
    form.add_argument("--chart", type=Path, metavar="FILE", help="画成图,存为 .png 或 .svg")
    values.set_defaults(run=_later("indicators", "run"))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="policybot", description="政策规划问答:带出处的原文和指标值", parents=[_paths()]
    )
    parser.add_argument("--version", action=_Version, nargs=0, help="版本号")
    commands_of = parser.add_subparsers(metavar="COMMAND")
    index = commands_of.add_parser("index", help="按 docs_corpus/ 更新索引(只处理变了的)", parents=[_paths()])
    index.add_argument("--rebuild", action="store_true", help="全部重建")
    index.add_argument("--force", action="store_true", help="检查不过也发布")
    index.add_argument("--watch", action="store_true", help="文件一变就更新,直到 Ctrl-C")
    index.set_defaults(run=commands.index)
    _add_ask(commands_of)
    _add_documents(commands_of)
    _add_values(commands_of)
    questions_arguments.add(commands_of, _paths, _later)
    users_arguments.add(commands_of, _paths, _later)
    score = commands_of.add_parser("eval", help="用题库给回答打分", parents=[_paths()])
    score.add_argument("gold", type=Path, metavar="GOLD.jsonl")
    score.add_argument("--json", action="store_true", help="输出一行 JSON")
    score.add_argument("--failures", type=int, default=10, metavar="N", help="列出几道没答好的题,默认 10")
    score.set_defaults(run=commands.evaluate)
    doctor = commands_of.add_parser("doctor", help="检查这个安装,说明哪里不对、怎么办", parents=[_paths()])
    doctor.add_argument("--json", action="store_true", help="每行一个 JSON")
    doctor.set_defaults(run=_later("doctor", "run"))
    save = commands_of.add_parser("backup", help="把整个安装备份成一个文件", parents=[_paths()])
    save.add_argument("file", type=Path, metavar="FILE.tar.gz")
    save.set_defaults(run=_later("backup", "backup"))
    back = commands_of.add_parser("restore", help="从备份恢复;先停下服务", parents=[_paths()])
    back.add_argument("file", type=Path, metavar="FILE.tar.gz")
    back.add_argument("--to", type=Path, metavar="DIR", help="恢复到这个目录;默认按配置文件")
    back.add_argument("--force", action="store_true", help="已有内容改名留着,照样恢复")
    back.set_defaults(run=_later("backup", "restore"))
    commands_of.add_parser("chat", help="在终端里对话", parents=[_paths()]).set_defaults(run=commands.chat)
    commands_of.add_parser(
        "serve", help="打开网页对话;设了令牌时同时启动 Telegram", parents=[_paths()]
    ).set_defaults(run=commands.serve)
    demo = commands_of.add_parser(
        "demo", help="不用 Telegram,在本机网页上试用 Telegram 机器人", parents=[_paths()]
    )
    demo.add_argument("--port", type=int, default=8090, help="网页端口,默认 8090;0 表示随便一个")
    demo.set_defaults(run=commands.demo)
    commands_of.add_parser("telegram", help="只启动 Telegram 机器人", parents=[_paths()]).set_defaults(
        run=commands.telegram
    )
    commands_of.add_parser("wecom", help="只启动企业微信机器人", parents=[_paths()]).set_defaults(
        run=commands.wecom
    )
    return parser


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    # UTF-8 whatever the locale says; what no text can be (half a surrogate pair) is shown as ?
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")
    parser = _parser()
    options = parser.parse_args(arguments)
    command: Command | None = getattr(options, "run", None)
    if command is None:
        if not (sys.stdin.isatty() and sys.stdout.isatty()):
            parser.print_help(sys.stderr)
            return 2
        command = commands.chat
    try:
        command(config.load(getattr(options, "config", None), getattr(options, "data_dir", None)), options)
        sys.stdout.flush()
    except commands.UsageError as error:
        parser.error(str(error))
    except PolicybotError as error:
        print(f"policybot: {error}", file=sys.stderr)
        return 1
    except MemoryError:
        print(
            "policybot: 内存不够,没有做完;请关掉别的程序、拆小文件,或换一台内存更大的机器再试",
            file=sys.stderr,
        )
        return 1
    except BrokenPipeError:
        # the reader (head, less) has gone: nothing is left to say, and the interpreter must not try at exit
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except KeyboardInterrupt:
        return _INTERRUPTED
    return 0
