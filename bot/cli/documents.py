"""``policybot docs …``: documents come and go from the command line."""

import argparse
import json
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

from bot.admin import versions
from bot.admin.library import Library
from bot.admin.types import Outcome, Preview
from bot.cli.actor import actor
from bot.cli.progress import progress
from bot.config import Config
from bot.errors import InputError
from bot.render.deeds import ACTIONS, event_object
from bot.render.difference import difference_object, lines, summary
from bot.render.preview import preview_lines


def _print_json(value: Any) -> None:
    print(json.dumps(value, ensure_ascii=False, default=str), flush=True)


def _date(options: argparse.Namespace, key: str) -> date | None:
    text = getattr(options, key)
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise InputError(f"--{key} 应写成 2024-01-31 这样的日期,现在是 {text!r}") from None


def _given(options: argparse.Namespace) -> dict[str, Any]:
    """The manifest keys named on the command line."""
    given = {key: getattr(options, key) for key in ("id", "title", "region", "issuer", "number", "period")}
    given |= {key: _date(options, key) for key in ("published", "effective", "valid_until")}
    return {**given, "aliases": options.alias, "contacts": options.contact}


def _preview_lines(preview: Preview) -> Iterator[str]:
    return (f"  {line}" for line in preview_lines(preview))


def _asks(options: argparse.Namespace) -> bool:
    """Whether a person is there to be asked first; a script is not."""
    return sys.stdin.isatty() and not (options.yes or options.json)


def _agreed(shown: Iterable[str]) -> bool:
    print("\n".join(shown))
    try:
        agreed = input("确认发布吗?[y/N] ").strip().lower() in ("y", "yes", "是")
    except EOFError:  # Ctrl-D
        agreed = False
    if not agreed:
        print("没有发布,什么也没有改")
    return agreed


def _show(outcome: Outcome, done: str, options: argparse.Namespace) -> None:
    report, preview = outcome.report, outcome.preview
    if options.json:
        said = {"entry": preview.entry, "notes": list(preview.notes)} if preview else {}
        compared = (
            {"difference": difference_object(preview.difference)} if preview and preview.difference else {}
        )
        _print_json(
            {
                "document": outcome.document,
                "generation": report.generation,
                "embedded": report.embedded,
                "seconds": round(report.seconds, 3),
                "forced": list(outcome.forced),
                **said,
                **compared,
            }
        )
        return
    print(f"{done} {outcome.document}")
    if preview:
        print("\n".join(_preview_lines(preview)))
    for problem in outcome.forced:
        print(f"  已忽略:{problem}")
    print(f"已发布:索引 {report.generation},新编码 {report.embedded} 条,用时 {report.seconds:.2f} 秒")


@contextmanager
def _library(config: Config) -> Iterator[Library]:
    with progress() as on_progress:
        yield Library(config, actor(), on_progress)


def add(config: Config, options: argparse.Namespace) -> None:
    """Add a document and publish it."""
    given, library = _given(options), Library(config, actor())
    if _asks(options) and not _agreed(
        _preview_lines(library.preview(options.file, given, options.supersedes))
    ):
        return
    with _library(config) as library:
        outcome = library.add(options.file, given, supersedes=options.supersedes, force=options.force)
    _show(outcome, "已添加", options)


def replace(config: Config, options: argparse.Namespace) -> None:
    """Publish a new version of a document."""
    given, library = _given(options), Library(config, actor())
    if _asks(options) and not _agreed(
        _preview_lines(library.preview_replacement(options.document, options.file, given))
    ):
        return
    with _library(config) as library:
        outcome = library.replace(options.document, options.file, given, force=options.force)
    _show(outcome, "已更新", options)


def withdraw(config: Config, options: argparse.Namespace) -> None:
    """Take a document out."""
    found = [d for d in Library(config, actor()).listed() if d.id == options.document]
    if found and _asks(options) and not _agreed(f"撤下 {d.id}《{d.title}》" for d in found):
        return
    with _library(config) as library:
        outcome = library.withdraw(options.document, options.reason or "", force=options.force)
    _show(outcome, "已撤下", options)


def restore(config: Config, options: argparse.Namespace) -> None:
    """Bring back a withdrawn document, or an earlier version."""
    with _library(config) as library:
        outcome = library.restore(options.document, options.version, force=options.force)
    _show(outcome, "已恢复", options)


def rollback(config: Config, options: argparse.Namespace) -> None:
    """Go back to how things were before the last publication."""
    with _library(config) as library:
        generation = library.rollback()
    if options.json:
        _print_json({"generation": generation})
    else:
        print(f"已回到索引 {generation};docs_corpus/ 也已恢复成当时的样子")


def history(config: Config, options: argparse.Namespace) -> None:
    """List what became of a document, the newest first."""
    for event in versions.history(config, options.document):
        if options.json:
            _print_json(event_object(event))
        else:
            moment = event.at.isoformat(sep=" ", timespec="minutes")
            line = f"{moment}Z  {ACTIONS[event.action]}  版本 {event.version or '—'}  索引 {event.generation}"
            print(f"{line}  {event.actor}  {event.note}".rstrip())


def diff(config: Config, options: argparse.Namespace) -> None:
    """Say what differs between two versions of a document."""
    older, newer, found = versions.difference(config, options.document, options.before, options.after)
    if options.json:
        _print_json(
            {"document": options.document, "before": older, "after": newer, **difference_object(found)}
        )
        return
    print(f"{options.document} 版本 {older} → {newer}:{summary(found)}")
    for line in lines(found):
        print(line)
