"""From an uploaded file over its preview to publication, watched while it goes on."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from fastapi import APIRouter
from fastapi.responses import JSONResponse, Response

from bot.access import Deed, may
from bot.admin.entries import KEYS
from bot.admin.types import Outcome, Preview
from bot.channels.web.admin import waiting
from bot.channels.web.admin.guard import forbidden, guarded, see, shown
from bot.channels.web.admin.jobs import Job, Progress, State, Work
from bot.channels.web.admin.running import Task, begin
from bot.channels.web.admin.types import Console, Visit
from bot.channels.web.admin.waiting import Upload
from bot.channels.web.admin.wording import local, plain, wide
from bot.channels.web.past import changes_of
from bot.errors import InputError
from bot.render.difference import summary, value_line
from index.errors import PolicybotError, StoreError
from index.readers import readers

_LISTS = ("aliases", "contacts")
FIELDS = {
    "title": "标题",
    "region": "地区",
    "aliases": "地区的别名",
    "issuer": "发文机关",
    "number": "文号",
    "published": "发布日期",
    "effective": "施行日期",
    "valid_until": "有效期至",
    "period": "规划期",
    "contacts": "咨询电话或地点",
    "id": "编号",
}
_HINTS = {
    "region": "例如 甲市\uff1b国家的文件写 全国",
    "aliases": "几个用顿号隔开",
    "contacts": "几个用顿号隔开",
    "published": "例如 2024-01-31",
    "effective": "例如 2024-01-31",
    "valid_until": "例如 2029-12-31",
    "period": "例如 2021-2025",
    "id": "小写字母、数字、横线\uff1b以后不变",
}
_LONGEST = 300  # characters of a field
_SOURCE = 60  # characters of the words a field was read from


def _split(text: str) -> list[str]:
    return [part.strip() for part in text.split("、") if part.strip()]


def given_of(words: Mapping[str, str]) -> dict[str, Any]:
    """Return the manifest's keys as a library takes them, from the fields of a form."""
    return {key: _split(value) if key in _LISTS else value for key, value in words.items()}


def _given(upload: Upload) -> dict[str, Any]:
    return given_of(upload.given)


def printed(value: object) -> str:
    """Write the value of a manifest's key as a field of a form has it."""
    if isinstance(value, list | tuple):
        return "、".join(map(str, value))
    return "" if value is None else str(value)


def _preview(visit: Visit, upload: Upload) -> Preview:
    library, path = visit.library(), waiting.path_of(visit.console.uploads, upload)
    if upload.target:
        return library.preview_replacement(upload.target, path, _given(upload))
    return library.preview(path, _given(upload), upload.supersedes or None)


def _source(preview: Preview | None, key: str) -> str:
    return " ".join(preview.sources.get(key, "").split())[:_SOURCE] if preview else ""


def _show(visit: Visit) -> Response:
    """Show what a file would become, or why it cannot be read; the fields can be changed either way."""
    upload = waiting.find(visit.console.uploads, visit.asked("token"))
    preview, problem = None, ""
    try:
        preview = _preview(visit, upload)
    except StoreError:
        raise
    except PolicybotError as error:
        problem = plain(str(error))
    entry = preview.entry if preview else upload.given
    difference = preview.difference if preview else None
    return shown(
        visit,
        "admin_upload.html",
        upload=upload,
        at=local_of(upload),
        preview=preview,
        problem=problem,
        fields=[
            (key, label, printed(entry.get(key)), _HINTS.get(key, ""), _source(preview, key))
            for key, label in FIELDS.items()
            if not (upload.target and key == "id")
        ],
        others=[] if upload.target else visit.library().listed(),
        summary=wide(summary(difference)) if difference is not None else "",
        changes=changes_of(difference) if difference is not None else [],
        values=[value_line(change) for change in difference.values] if difference is not None else [],
        notes=[plain(note) for note in preview.notes] if preview else [],
    )


def local_of(upload: Upload) -> str:
    """Write when a file was uploaded as clocks here show it."""
    return local(datetime.fromisoformat(upload.at))


def _ask(visit: Visit) -> Response:
    return shown(visit, "admin_new.html", target=visit.asked("target"), formats=sorted(readers()))


def _receive(visit: Visit) -> Response:
    sent, target = visit.file("file"), visit.said("target")
    if sent is None:
        raise InputError("没有选文件;请返回选一份再上传")
    if target and target not in {document.id for document in visit.library().listed()}:
        raise InputError(f"没有编号为 {target} 的文件;请回到文件列表看看")
    upload = waiting.receive(visit.console.uploads, sent, visit.actor, target)
    visit.audit("upload.received", upload.name, target=target, token=upload.token)
    return see(visit.request, f"admin/upload/{upload.token}")


def _with_fields(visit: Visit, upload: Upload) -> Upload:
    """Keep what was changed in the form; what is as it was read stays a reading of the text."""
    entry: Any = upload.given
    try:
        entry = _preview(visit, upload).entry
    except StoreError:
        raise
    except PolicybotError:
        pass  # nothing was read: every field that is filled in is the admin's word
    given = dict(upload.given)
    for key in KEYS:
        value = visit.said(key, _LONGEST)
        if value != printed(entry.get(key)) and not (upload.target and key == "id"):
            given[key] = value
    supersedes = "" if upload.target else visit.said("supersedes")
    kept = {key: value for key, value in given.items() if value}
    return waiting.changed(visit.console.uploads, upload, given=kept, supersedes=supersedes, refused=())


def said_of(outcome: Outcome) -> tuple[str, ...]:
    """Word what a publication did."""
    report = outcome.report
    checks = [f"强制发布,没过的检查:{problem}" for problem in outcome.forced] or ["发布前的检查都过了"]
    done = f"{outcome.document} 已发布,索引 {report.generation},新编码 {report.embedded} 条,用时 {report.seconds:.1f} 秒"
    return tuple(map(wide, (done, *checks)))


def _work(visit: Visit, upload: Upload, force: bool) -> Work:
    path, given = waiting.path_of(visit.console.uploads, upload), _given(upload)

    def work(on_progress: Progress) -> tuple[str, ...]:
        library = visit.library(on_progress)
        if upload.target:
            return said_of(library.replace(upload.target, path, given, force=force))
        return said_of(library.add(path, given, supersedes=upload.supersedes or None, force=force))

    return work


def _publish(visit: Visit, upload: Upload, reason: str = "") -> Response:
    uploads, action = visit.console.uploads, "document.replace" if upload.target else "document.add"

    def after(job: Job) -> None:
        if job.state is State.DONE:
            waiting.done(uploads, upload)
        elif job.state is State.REFUSED:
            waiting.changed(uploads, upload, refused=job.lines)

    subject, back = upload.target or upload.name, f"admin/upload/{upload.token}"
    task = Task(action, subject, f"发布 {upload.name}", back, after)
    detail = {"file": upload.name, "given": dict(upload.given), "forced": reason}
    return begin(visit, task, _work(visit, upload, bool(reason)), **detail)


def _force(visit: Visit, upload: Upload) -> Response:
    if not may(visit.session.role, Deed.FORCE, visit.session.granted):
        raise forbidden(visit.session)
    if not visit.said("reason"):
        raise InputError("强制发布要写明理由,理由会记入操作记录;请返回填写")
    if not upload.refused:
        raise InputError("这份文件没有被检查拦下,直接发布就可以")
    return _publish(visit, upload, visit.said("reason"))


def _decide(visit: Visit) -> Response:
    """Save the fields, publish, force, or let go of the file."""
    uploads, act = visit.console.uploads, visit.said("act")
    upload = waiting.find(uploads, visit.asked("token"))
    if act == "force":
        return _force(visit, upload)
    if act == "discard":
        visit.audit("upload.discarded", upload.name, token=upload.token)
        waiting.done(uploads, upload)
        return see(visit.request, "admin/documents")
    upload = _with_fields(visit, upload)
    if act == "publish":
        return _publish(visit, upload)
    return see(visit.request, f"admin/upload/{upload.token}")


def _job(visit: Visit) -> Job:
    job = visit.console.jobs.find(visit.asked("job"))
    if job is None:
        raise InputError("这件事的进度已经不在了(程序重启过);结果看文件的历史和操作记录")
    return job


def _watch(visit: Visit) -> Response:
    job = _job(visit)
    said, running = [plain(line) for line in job.lines], job.state is State.RUNNING
    return shown(visit, "admin_job.html", job=job, lines=said, running=running)


def _state(visit: Visit) -> Response:
    job = _job(visit)
    return JSONResponse({"state": job.state.value, "stage": job.stage, "done": job.done, "total": job.total})


def publishing_routes(console: Console, pages: APIRouter) -> None:
    """Add the routes."""
    route = guarded(console, pages)
    route("GET", "/upload", Deed.EDIT)(_ask)
    route("POST", "/upload", Deed.EDIT)(_receive)
    route("GET", "/upload/{token}", Deed.EDIT)(_show)
    route("POST", "/upload/{token}", Deed.EDIT)(_decide)
    route("GET", "/jobs/{job}", Deed.LOOK)(_watch)
    route("GET", "/jobs/{job}/state", Deed.LOOK)(_state)
