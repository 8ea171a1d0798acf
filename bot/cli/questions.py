"""``policybot questions …`` and ``policybot audit``: what was not answered well, and who decided what."""

import argparse
import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from bot import app
from bot.cli.actor import actor
from bot.cli.commands import UsageError
from bot.cli.progress import progress
from bot.config import Config
from bot.curation.desk import Curation
from bot.curation.types import Decided
from bot.records.audit import entries, verify_chain
from bot.records.types import Break
from bot.render.curation import (
    audit_object,
    cluster_lines,
    cluster_object,
    decided_lines,
    decided_object,
    moment,
    overview_lines,
    overview_object,
)
from index.errors import StoreError


def _print_json(value: Any) -> None:
    print(json.dumps(value, ensure_ascii=False), flush=True)


@contextmanager
def _curation(config: Config) -> Iterator[Curation]:
    with progress() as on_progress, app.open_curation(config, actor(), on_progress) as curation:
        yield curation


def _say_rest(unlisted: int, left_out: int, shown: bool) -> None:
    if unlisted:
        print(f"另有 {unlisted} 组没有列出,用 --limit 多列")
    if left_out:
        print(f"还有 {left_out} 种问法问的人最少,先没有归并")
    if not shown:
        print("没有等着处理的问题")


def unanswered(config: Config, options: argparse.Namespace) -> None:
    """List the groups of questions that wait for a decision."""
    with _curation(config) as curation:
        found = curation.open(options.days)
    shown = found.clusters[: options.limit]
    for cluster in shown:
        if options.json:
            _print_json(cluster_object(cluster))
        else:
            print("\n".join(cluster_lines(cluster)))
    if not options.json:
        _say_rest(len(found.clusters) - len(shown), found.left_out, bool(shown))


def stats(config: Config, options: argparse.Namespace) -> None:
    """Print the figures of the last days."""
    with _curation(config) as curation:
        overview = curation.overview(options.days)
    if options.json:
        _print_json(overview_object(overview))
    else:
        print("\n".join(overview_lines(overview)))


def _show(decided: Decided, options: argparse.Namespace) -> None:
    if options.json:
        _print_json(decided_object(decided))
    else:
        print("\n".join(decided_lines(decided)))


def attach(config: Config, options: argparse.Namespace) -> None:
    """Write a question as a 相似问 of a clause."""
    with _curation(config) as curation:
        decided = curation.attach(
            options.question, options.document, options.address, publish=options.publish
        )
    _show(decided, options)


def synonym(config: Config, options: argparse.Namespace) -> None:
    """Teach the thesaurus a phrase."""
    example = (options.question, options.document, options.clause)
    if any(example) and not all(example):
        raise UsageError("--question、--document、--clause 要一起给")
    question, document, clause = (part or "" for part in example)
    with _curation(config) as curation:
        decided = curation.synonym(
            options.say, options.official, question=question, document=document, address=clause
        )
    _show(decided, options)


def out_of_scope(config: Config, options: argparse.Namespace) -> None:
    """Put a question out of scope."""
    with _curation(config) as curation:
        decided = curation.out_of_scope(options.question, options.note, publish=options.publish)
    _show(decided, options)


def missing(config: Config, options: argparse.Namespace) -> None:
    """Note that the documents should answer a question and do not."""
    with _curation(config) as curation:
        decided = curation.missing(options.question, options.note)
    _show(decided, options)


def audit(config: Config, options: argparse.Namespace) -> None:
    """List the audit log, the newest first, or check that it is what was written."""
    records = app.open_records(config)
    try:
        if options.verify:
            _verify(records.read(verify_chain), options.json)
            return
        for entry in records.read(lambda c: entries(c, options.limit)):
            if options.json:
                _print_json(audit_object(entry))
            else:
                print(f"{entry.id}  {moment(entry.at)}  {entry.actor}  {entry.action}  {entry.subject}")
    finally:
        records.close()


def _verify(found: Break | None, as_json: bool) -> None:
    if as_json:
        broken = {"id": found.id, "problem": found.problem} if found else None
        _print_json({"sound": found is None, "broken": broken})
    elif found is None:
        print("操作记录完整,没有被改过")
    if found:
        raise StoreError(f"操作记录第 {found.id} 条不对:{found.problem};请与备份对照,查清是谁动过数据库")
