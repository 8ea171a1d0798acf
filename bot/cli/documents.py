"""``policybot docs …``: documents come and go from the command line."""

import argparse
import getpass
import json
from collections.abc import Iterator
from datetime import date
from typing import Any

from bot.admin import versions
from bot.admin.library import Library
from bot.admin.types import Outcome, Preview
from bot.cli.progress import progress
from bot.config import Config
from bot.errors import InputError
from index import address
from index.diff import ClauseChange, Difference, ValueChange
from index.history import Action, Event
from index.types import Indicator
from retrieval.wording import amount

_ACTIONS = {
    Action.ADDED: "添加",
    Action.REPLACED: "更新文件",
    Action.CHANGED: "修改信息",
    Action.WITHDRAWN: "撤下",
    Action.ROLLED_BACK: "回滚",
}
_LABELS = {
    "id": "编号",
    "title": "标题",
    "region": "地区",
    "issuer": "发文机关",
    "number": "文号",
    "published": "发布日期",
    "effective": "施行日期",
    "valid_until": "有效期至",
    "period": "规划期",
}
_SHOWN = 60  # characters of a clause that a difference shows


def _actor() -> str:
    """Who runs the command, as the operating system knows them."""
    try:
        return f"命令行:{getpass.getuser()}"
    except (KeyError, OSError):  # a container without a user of that number
        return "命令行"


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
    for key, label in _LABELS.items():
        value = preview.entry.get(key)
        source = preview.sources.get(key)
        if value is not None:
            yield f"  {label}:{value}" + (f"  (原文:{' '.join(source.split())[:40]})" if source else "")
    yield (
        f"  读出 {preview.clauses} 条、{preview.passages} 句、{preview.indicators} 个指标值,共 {preview.characters} 字"
    )
    if preview.difference is not None:
        yield f"  与现行版本相比:{summary(preview.difference)}"


def _show(outcome: Outcome, verb: str) -> None:
    print(f"{verb} {outcome.document}")
    if outcome.preview:
        print("\n".join(_preview_lines(outcome.preview)))
    for problem in outcome.forced:
        print(f"  已忽略:{problem}")
    report = outcome.report
    print(f"已发布:索引 {report.generation},新编码 {report.embedded} 条,用时 {report.seconds:.2f} 秒")


def _publish(config: Config, options: argparse.Namespace, verb: str) -> None:
    """Run one verb with a progress bar and say what was published."""
    with progress() as on_progress:
        library = Library(config, _actor(), on_progress)
        if verb == "添加":
            outcome = library.add(
                options.file, _given(options), supersedes=options.supersedes, force=options.force
            )
        elif verb == "更新":
            outcome = library.replace(options.document, options.file, _given(options), force=options.force)
        else:
            outcome = library.withdraw(options.document, options.reason or "", force=options.force)
    if options.json:
        report = outcome.report
        _print_json(
            {"document": outcome.document, "generation": report.generation, "forced": list(outcome.forced)}
        )
    else:
        _show(outcome, verb)


def add(config: Config, options: argparse.Namespace) -> None:
    """Add a document and publish it."""
    _publish(config, options, "添加")


def replace(config: Config, options: argparse.Namespace) -> None:
    """Publish a new version of a document."""
    _publish(config, options, "更新")


def withdraw(config: Config, options: argparse.Namespace) -> None:
    """Take a document out."""
    _publish(config, options, "撤下")


def rollback(config: Config, options: argparse.Namespace) -> None:
    """Go back to how things were before the last publication."""
    with progress() as on_progress:
        generation = Library(config, _actor(), on_progress).rollback()
    if options.json:
        _print_json({"generation": generation})
    else:
        print(f"已回到索引 {generation};docs_corpus/ 也已恢复成当时的样子")


def _event_object(event: Event) -> dict[str, Any]:
    return {
        "at": event.at.isoformat(timespec="seconds") + "Z",
        "actor": event.actor,
        "action": event.action.value,
        "document": event.document,
        "version": event.version or None,
        "generation": event.generation,
        "note": event.note,
    }


def history(config: Config, options: argparse.Namespace) -> None:
    """List what became of a document, the newest first."""
    for event in versions.history(config, options.document):
        if options.json:
            _print_json(_event_object(event))
        else:
            moment = event.at.isoformat(sep=" ", timespec="minutes")
            line = (
                f"{moment}Z  {_ACTIONS[event.action]}  版本 {event.version or '—'}  索引 {event.generation}"
            )
            print(f"{line}  {event.actor}  {event.note}".rstrip())


def _count(changes: tuple[Any, ...], sign: str) -> str:
    return f"{sign}{len(changes)} 条"


def summary(difference: Difference) -> str:
    """Say in one line what differs: +12 条,−3 条,2 条改动;1 个值改动."""
    if not difference:
        return "条款和指标值没有变化"
    parts = [
        f"+{len(difference.added)} 条",
        f"\u2212{len(difference.removed)} 条",
        f"{len(difference.changed)} 条改动",
    ]
    values = f";{len(difference.values)} 个指标值有变" if difference.values else ""
    return ",".join(parts) + values


def _value(row: Indicator | None) -> str:
    return amount(row) if row else "无"


def _value_line(change: ValueChange) -> str:
    row = change.after or change.before
    period = f"({row.period})" if row and row.period else ""
    return f"  {change.name}{period}:{_value(change.before)} → {_value(change.after)}"


def _short(words: str) -> str:
    line = " ".join(words.split())
    return line if len(line) <= _SHOWN else f"{line[:_SHOWN]}…"


def _clause_lines(change: ClauseChange) -> Iterator[str]:
    place = address.display(change.path) or "(开头)"
    moved = f",原为 {address.display(change.moved_from)}" if change.moved_from else ""
    if change.before and change.after:
        yield f"~ {place}{moved}"
        yield f"    − {_short(_around(change.before, change.after))}"
        yield f"    + {_short(_around(change.after, change.before))}"
    else:
        yield f"{'+' if change.after else '−'} {place}  {_short(change.after or change.before)}"


def _around(words: str, other: str) -> str:
    """The part of ``words`` that differs from ``other``, with a little of what stands before it."""
    same = next((at for at, (a, b) in enumerate(zip(words, other, strict=False)) if a != b), 0)
    start = max(same - 12, 0)
    return ("…" if start else "") + words[start:]


def _difference_object(older: str, newer: str, difference: Difference) -> dict[str, Any]:
    def clauses(changes: tuple[ClauseChange, ...]) -> list[dict[str, str]]:
        return [
            {"clause": c.path, "before": c.before, "after": c.after, "moved_from": c.moved_from}
            for c in changes
        ]

    return {
        "before": older,
        "after": newer,
        "added": clauses(difference.added),
        "removed": clauses(difference.removed),
        "changed": clauses(difference.changed),
        "values": [
            {
                "name": v.name,
                "before": v.before.value if v.before else None,
                "after": v.after.value if v.after else None,
            }
            for v in difference.values
        ],
    }


def diff(config: Config, options: argparse.Namespace) -> None:
    """Say what differs between two versions of a document."""
    older, newer, found = versions.difference(config, options.document, options.before, options.after)
    if options.json:
        _print_json(_difference_object(older, newer, found))
        return
    print(f"{options.document}:版本 {older} → {newer}:{summary(found)}")
    for change in (*found.added, *found.removed, *found.changed):
        print("\n".join(_clause_lines(change)))
    if found.values:
        print("指标值:")
        print("\n".join(map(_value_line, found.values)))
