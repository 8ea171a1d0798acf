"""One function a command. Answers go to stdout; progress and messages to stderr."""

import argparse
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bot import app
from bot.catalogue import find_clause, find_document
from bot.config import Config
from bot.errors import InputError
from bot.render import wire
from bot.render.plain import plain


class UsageError(Exception):
    """The arguments do not fit together; argparse prints the usage and exits with 2."""


def _print_json(value: Any) -> None:
    print(json.dumps(value, ensure_ascii=False), flush=True)


def index(config: Config, options: argparse.Namespace) -> None:
    """Bring the index up to date and say what was done; with ``--watch``, again whenever a file changes."""
    from bot.cli import indexing

    if options.watch:
        indexing.watch(config)
    else:
        indexing.once(config, rebuild=options.rebuild, force=options.force)


def _batch(path: Path) -> Iterator[dict[str, Any]]:
    try:
        with path.open(encoding="utf-8-sig") as lines:
            for number, line in enumerate(lines, start=1):
                if line.strip():
                    yield _batch_row(path, number, line)
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"读不了 {path}:{error};请检查路径,文件须为 UTF-8") from None


def _batch_row(path: Path, number: int, line: str) -> dict[str, Any]:
    try:
        row = json.loads(line)
    except json.JSONDecodeError as error:
        raise InputError(f"{path} 第 {number} 行不是 JSON:{error.msg};每行应是一个对象") from None
    if not isinstance(row, dict) or not isinstance(row.get("question"), str):
        raise InputError(f"{path} 第 {number} 行没有 question(字符串);请补上后重试")
    return row


def ask(config: Config, options: argparse.Namespace) -> None:
    """Answer one question, or a file of questions in order."""
    if (options.question is None) == (options.batch is None):
        raise UsageError("ask 需要一个问题,或 --batch FILE.jsonl(二选一)")
    if options.batch and not options.batch.is_file():
        raise InputError(f"找不到题目文件 {options.batch};请检查路径")
    assistant = app.open_assistant(config)
    if options.batch:
        for row in _batch(options.batch):
            answer = assistant.ask(
                row["question"], row.get("history") or (), row.get("region") or options.region
            )
            _print_json(wire.answer_object(answer, str(row.get("id", ""))))
        return
    answer = assistant.ask(options.question, options.history, options.region)
    if options.json:
        _print_json(wire.answer_object(answer))
    else:
        print(plain(answer))


def docs_list(config: Config, options: argparse.Namespace) -> None:
    """List the documents of the live generation."""
    from bot.cli.listing import document_line, document_object

    store = app.open_for_lookup(config)
    for document in store.documents.values():
        if options.json:
            _print_json(document_object(document, store))
        else:
            print(document_line(document))


def docs_text(config: Config, options: argparse.Namespace) -> None:
    """Print a document's stored text, character for character: the live one, or any version that is kept."""
    store = app.open_for_lookup(config)
    document = store.documents.get(options.document)
    if options.version is None or (document and options.version == document.version):
        sys.stdout.write(store.texts[find_document(store, options.document).id])
        return
    from bot.admin.versions import text

    sys.stdout.write(text(config, document.id if document else options.document, options.version))


def clause(config: Config, options: argparse.Namespace) -> None:
    """Print the clause at an address with its neighbours."""
    from bot.cli.listing import clause_object, clause_text

    store = app.open_for_lookup(config)
    document = find_document(store, options.document)
    found = find_clause(store, document, options.address)
    if options.json:
        _print_json(clause_object(store, document, found))
    else:
        print(clause_text(store, document, found))


def evaluate(config: Config, options: argparse.Namespace) -> None:
    """Score the answers to a gold set."""
    from bot.cli.evaluate import run

    run(config, options.gold, as_json=options.json, failures=options.failures)


def chat(config: Config, _: argparse.Namespace) -> None:
    """Talk in the terminal."""
    from bot.channels.terminal import run

    run(app.open_assistant(config))


def serve(config: Config, _: argparse.Namespace) -> None:
    """Open the web chat, and Telegram beside it when a token is set."""
    from bot import serving

    serving.serve(config)


def telegram(config: Config, _: argparse.Namespace) -> None:
    """Run the Telegram bot alone."""
    from bot import serving

    serving.serve_telegram(config)


def wecom(config: Config, _: argparse.Namespace) -> None:
    """Run the WeCom robot alone."""
    from bot import serving

    serving.serve_wecom(config)


def demo(config: Config, options: argparse.Namespace) -> None:
    """Run the Telegram bot against a Telegram of its own, with a page to chat on."""
    from bot.demo.run import run

    run(config, options.port)
