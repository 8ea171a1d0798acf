"""A decision takes effect whole: files, decisions and audit log, and the publication where one is wanted."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import partial

from bot.admin.library import Library
from bot.config import Config
from bot.curation import edits, staged
from bot.curation.types import Decided
from bot.live import live_number
from bot.records import decisions
from bot.records.database import writing
from bot.records.records import Records
from bot.records.types import Decision
from index.build import BuildReport
from index.order import Order

_EVER = datetime(1970, 1, 1)


def _on_record(records: Records, question: str, at: str) -> bool:
    made = records.read(lambda c: decisions.decided(c, _EVER))
    return any(one.question == question and one.at.isoformat() == at for one in made)


@contextmanager
def alone(config: Config, records: Records, library: Library) -> Iterator[None]:
    """Hold the right to change docs_corpus/, after whatever a crash left has been cleared up.

    :raises StoreError: another process is changing it
    """
    with library.alone():
        staged.recover(config, partial(_on_record, records))
        yield


def _record(records: Records, decision: Decision, files: edits.Files) -> None:
    detail = {"files": "、".join(files), "note": decision.note}
    where = {"document": decision.document or "", "clause": decision.clause or ""}
    with writing(records.engine) as connection:
        decisions.record(connection, decision, {k: v for k, v in (detail | where).items() if v})


def _take_back(config: Config, records: Records, decision: Decision, error: BaseException) -> None:
    try:
        with writing(records.engine) as connection:
            decisions.retract(connection, decision, records.clock(), str(error) or type(error).__name__)
    finally:
        staged.undo(config)


def _publish(config: Config, records: Records, library: Library, decision: Decision) -> BuildReport:
    try:
        report, _ = library.build(Order(decision.actor, f"{decision.kind.value}:{decision.question}"))
    except BaseException as error:  # Ctrl-C may come at any time, after the switch too
        if live_number(config.data_dir) == decision.generation:
            _take_back(config, records, decision, error)
        raise
    return report


def decide(
    config: Config,
    records: Records,
    library: Library,
    decision: Decision,
    files: edits.Files,
    *,
    publish: bool,
) -> Decided:
    """Make a decision inside :func:`alone`.

    :param files: the files of docs_corpus/ it changes, whole
    :raises CorpusError: a file could not be read after the change; nothing was changed
    :raises StoreError: something cannot be written; nothing was changed
    :raises GateError: it was to be published, and the gate found something; nothing was changed
    """
    edits.check(files)
    staged.begin(config, files, decision.question, decision.at.isoformat())
    try:
        _record(records, decision, files)
    except BaseException:
        staged.undo(config)
        raise
    report = _publish(config, records, library, decision) if publish else None
    staged.finish(config)
    return Decided(decision, tuple(files), report)
