"""The verbs of an admin for programs: the same library, jobs and audit log as the pages, by token."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from typing import Any

from fastapi import APIRouter
from fastapi.responses import Response

from bot.access import Deed
from bot.admin import versions
from bot.admin.types import Preview
from bot.admin.uploads import drop
from bot.channels.web.admin import api_described as told
from bot.channels.web.admin import waiting
from bot.channels.web.admin.api_described import LONGEST
from bot.channels.web.admin.api_guard import PREFIX, api_guarded, authorise, said, worded
from bot.channels.web.admin.guard import RefusedError
from bot.channels.web.admin.jobs import Job, Progress
from bot.channels.web.admin.publishing import FIELDS, given_of, said_of
from bot.channels.web.admin.running import Task, start
from bot.channels.web.admin.types import Console, Visit
from bot.channels.web.admin.wording import plain, wide
from bot.errors import InputError
from bot.limits import Limiter
from bot.render.deeds import event_object
from bot.render.difference import difference_object

PREVIEW, ADD, REPLACE = f"{PREFIX}/preview", f"{PREFIX}/add", f"{PREFIX}/replace"


@dataclass(frozen=True, slots=True)
class _Sent:
    """What a form gave: the file where it now lies, the manifest's keys, the other fields."""

    path: Path
    given: Mapping[str, Any]


def _wanted(visit: Visit, key: str) -> str:
    value = visit.said(key, LONGEST)
    if not value:
        raise RefusedError(HTTPStatus.UNPROCESSABLE_ENTITY, wide(f"缺少 {key};请补上再提交"))
    return value


def _known(visit: Visit, *keys: str) -> None:
    """Refuse what nobody would read: a slip in a key, a second value, the end of a long one must not pass for set."""
    fields = visit.form.multi_items()
    strange = sorted(set(visit.form) - set(keys))
    twice = [key for key, times in Counter(key for key, _ in fields).items() if times > 1]
    long = [key for key, value in fields if isinstance(value, str) and len(value) > LONGEST]
    for wrong, problem in (
        (strange, f"不认识;这里可用的:{'、'.join(keys)}"),
        (twice, "写了不止一次;请只留一个"),
        (long, f"太长;最多 {LONGEST} 字"),
    ):
        if wrong:
            named = "、".join(wrong)[:LONGEST]
            raise RefusedError(HTTPStatus.UNPROCESSABLE_ENTITY, wide(f"{named} {problem}"))


def _sent(visit: Visit, *others: str) -> _Sent:
    """Put the file of a form where it can be read."""
    _known(visit, "file", *FIELDS, *others)
    file = visit.file("file")
    if file is None:
        raise RefusedError(HTTPStatus.UNPROCESSABLE_ENTITY, wide("缺少 file;请附上一份文件再提交"))
    given = given_of({key: value for key in FIELDS if (value := visit.said(key, LONGEST))})
    return _Sent(waiting.store(visit.console.uploads, file), given)


def _forced(visit: Visit) -> str:
    """Return why the gate is to be overruled, "" where it is not."""
    reason = visit.said("force", LONGEST)
    if reason:
        authorise(visit, Deed.FORCE)
    return reason


def _preview_object(preview: Preview) -> dict[str, Any]:
    difference = preview.difference
    return {
        "document": preview.document.id,
        "entry": preview.entry,
        "sources": dict(preview.sources),
        "characters": preview.characters,
        "clauses": preview.clauses,
        "passages": preview.passages,
        "indicators": preview.indicators,
        "notes": [plain(note) for note in preview.notes],
        "difference": None if difference is None else difference_object(difference),
    }


def _job_object(visit: Visit, job: Job) -> dict[str, Any]:
    known = {"job": job.id, "state": job.state.value, "stage": job.stage, "done": job.done}
    return {**known, "total": job.total, "lines": [worded(visit.console, line) for line in job.lines]}


def _begun(visit: Visit, job: Job) -> Response:
    return said(_job_object(visit, job), HTTPStatus.ACCEPTED)


def _preview(visit: Visit) -> Response:
    sent = _sent(visit, "replaces", "supersedes")
    try:
        replaces, library = visit.said("replaces", LONGEST), visit.library()
        if replaces:
            return said(_preview_object(library.preview_replacement(replaces, sent.path, sent.given)))
        supersedes = visit.said("supersedes", LONGEST) or None
        return said(_preview_object(library.preview(sent.path, sent.given, supersedes)))
    finally:
        drop(sent.path)


def _publish(visit: Visit, target: str, sent: _Sent, supersedes: str, forced: str) -> Response:
    """Begin a publication; the file goes when it has ended, however it ended."""

    def work(on_progress: Progress) -> tuple[str, ...]:
        library, force = visit.library(on_progress), bool(forced)
        if target:
            return said_of(library.replace(target, sent.path, sent.given, force=force))
        return said_of(library.add(sent.path, sent.given, supersedes=supersedes or None, force=force))

    def after(_: Job) -> None:
        drop(sent.path)

    name = sent.path.name
    task = Task(
        "document.replace" if target else "document.add", target or name, f"发布 {name}", "admin", after
    )
    try:
        job = start(visit, task, work, file=name, given=dict(sent.given), forced=forced)
    except BaseException:
        drop(sent.path)
        raise
    return _begun(visit, job)


def _add(visit: Visit) -> Response:
    forced = _forced(visit)
    sent = _sent(visit, "supersedes", "force")
    return _publish(visit, "", sent, visit.said("supersedes", LONGEST), forced)


def _replace(visit: Visit) -> Response:
    forced, target = _forced(visit), _wanted(visit, "document")
    if target not in {document.id for document in visit.library().listed()}:
        raise InputError(f"没有编号为 {target} 的文件;GET /api/v1/documents 列出全部")
    return _publish(visit, target, _sent(visit, "document", "force"), "", forced)


def _withdraw(visit: Visit) -> Response:
    _known(visit, "document", "reason", "force")
    name, reason, forced = _wanted(visit, "document"), _wanted(visit, "reason"), _forced(visit)
    if name not in {document.id for document in visit.library().listed()}:
        raise InputError(f"没有编号为 {name} 的文件,或已经撤下;GET /api/v1/documents 列出全部")

    def work(on_progress: Progress) -> tuple[str, ...]:
        outcome = visit.library(on_progress).withdraw(name, reason, force=bool(forced))
        return (f"{name} 已撤下", *said_of(outcome)[1:])

    task = Task("document.withdraw", name, f"撤下 {name}", "admin")
    return _begun(visit, start(visit, task, work, reason=reason, forced=forced))


def _restore(visit: Visit) -> Response:
    _known(visit, "document", "version", "force")
    name, version, forced = _wanted(visit, "document"), visit.said("version", 12), _forced(visit)
    versions.find(visit.console.config, name, version or None)

    def work(on_progress: Progress) -> tuple[str, ...]:
        outcome = visit.library(on_progress).restore(name, version or None, force=bool(forced))
        return (f"{name} 已恢复", *said_of(outcome))

    task = Task("document.restore", name, f"恢复 {name}", "admin")
    return _begun(visit, start(visit, task, work, version=version, forced=forced))


def _roll_back(visit: Visit) -> Response:
    _known(visit, "generation")
    wanted, live = _wanted(visit, "generation"), visit.console.store().id
    if wanted != str(live):
        raise InputError(f"现行索引是 {live},不是 {wanted[:20]},没有回滚;请看过再提交")

    def work(on_progress: Progress) -> tuple[str, ...]:
        return (f"已回滚\uff0c现在用索引 {visit.library(on_progress).rollback()}",)

    return _begun(visit, start(visit, Task("index.rollback", "", "回滚", "admin"), work, generation=wanted))


def _history(visit: Visit) -> Response:
    name = visit.asked("name")
    try:
        events = versions.history(visit.console.config, name)
    except InputError as error:
        raise RefusedError(HTTPStatus.NOT_FOUND, plain(str(error))) from None
    return said({"document": name, "events": list(map(event_object, events))})


def _job(visit: Visit) -> Response:
    job = visit.console.jobs.find(visit.asked("job"))
    if job is None:
        raise RefusedError(HTTPStatus.NOT_FOUND, wide("没有这件事,或程序重启过;结果看文件的历史"))
    return said(_job_object(visit, job))


def admin_api_routes(console: Console, limiter: Limiter) -> APIRouter:
    """Make the verbs under ``/api/v1/admin``."""
    api = APIRouter()
    verb = api_guarded(console, limiter, api)
    verb("POST", "/preview", Deed.EDIT, told.PREVIEW)(_preview)
    verb("POST", "/add", Deed.EDIT, told.ADD)(_add)
    verb("POST", "/replace", Deed.EDIT, told.REPLACE)(_replace)
    verb("POST", "/withdraw", Deed.UNDO, told.WITHDRAW)(_withdraw)
    verb("POST", "/restore", Deed.UNDO, told.RESTORE)(_restore)
    verb("POST", "/rollback", Deed.UNDO, told.ROLLBACK)(_roll_back)
    verb("GET", "/documents/{name}/history", Deed.LOOK, told.HISTORY)(_history)
    verb("GET", "/jobs/{job}", Deed.LOOK, told.JOB)(_job)
    return api
