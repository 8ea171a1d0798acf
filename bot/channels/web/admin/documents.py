"""The documents: what there is, what became of each, and taking a change back."""

from datetime import date

from fastapi import APIRouter
from fastapi.responses import Response

from bot.access import Deed
from bot.admin import versions
from bot.channels.web.admin import waiting
from bot.channels.web.admin.guard import guarded, see, shown
from bot.channels.web.admin.jobs import Progress, Work
from bot.channels.web.admin.publishing import FIELDS, local_of, printed, said_of
from bot.channels.web.admin.running import Task, begin
from bot.channels.web.admin.types import Console, Visit
from bot.channels.web.admin.wording import local, wide
from bot.channels.web.opening import open_past
from bot.channels.web.past import compared
from bot.errors import InputError
from bot.render.deeds import ACTIONS
from bot.render.difference import summary, value_line
from index.history import Event, versions_of
from index.manifest import written_entry
from retrieval.wording import validity

_RECENT = 8  # changes on the first page


def _event(event: Event) -> dict[str, str]:
    return {
        "at": local(event.at.replace(tzinfo=None)),
        "what": ACTIONS[event.action],
        "who": event.actor.removeprefix("web:"),
        "version": event.version,
        "note": wide(event.note),
        "document": event.document,
    }


def _list(visit: Visit) -> Response:
    console, live = visit.console, visit.library().listed()
    happened, store = versions.events(console.config), console.store()
    held = {document.id for document in live}
    return shown(
        visit,
        "admin_documents.html",
        live=[
            (
                document,
                validity(document, date.today()),
                len(store.values_of[document.id]),
                len(versions_of([event for event in happened if event.document == document.id])),
            )
            for document in live
        ],
        gone=sorted({event.document for event in happened} - held),
        waiting=[(upload, local_of(upload)) for upload in waiting.listed(console.uploads)],
        events=[_event(event) for event in happened[:_RECENT]],
        generation=store.id,
        running=console.jobs.running,
    )


def _one(visit: Visit) -> Response:
    name = visit.asked("name")
    happened = versions.history(visit.console.config, name)
    current = next((document for document in visit.library().listed() if document.id == name), None)
    known = versions_of(happened)
    described = current or next(iter(known), None)
    entry = written_entry(described) if described else {}
    return shown(
        visit,
        "admin_document.html",
        name=name,
        current=current,
        title=str(entry.get("title", name)),
        facts=[(label, printed(entry.get(key))) for key, label in FIELDS.items() if entry.get(key)],
        events=[_event(event) for event in happened],
        versions=known,
    )


def _changes(visit: Visit) -> Response:
    name, past = visit.asked("name"), open_past(visit.console.config)
    before, after = visit.asked("from", 12) or None, visit.asked("to", 12) or None
    older, newer, found, changes = compared(past, name, before, after)
    return shown(
        visit,
        "admin_changes.html",
        name=name,
        older=older,
        newer=newer,
        summary=wide(summary(found)),
        changes=changes,
        values=[value_line(change) for change in found.values],
    )


def _start(visit: Visit, action: str, subject: str, title: str, work: Work, **detail: str) -> Response:
    back = f"admin/documents/{subject}" if subject else "admin/documents"
    return begin(visit, Task(action, subject, title, back), work, **detail)


def _withdraw(visit: Visit) -> Response:
    name, reason = visit.asked("name"), visit.said("reason")
    if name not in {document.id for document in visit.library().listed()}:
        raise InputError(f"没有编号为 {name} 的文件,或已经撤下;请回到文件列表看看")
    if not reason:
        raise InputError("撤下要写明理由,理由会记入历史;请返回填写")

    def work(on_progress: Progress) -> tuple[str, ...]:
        return (f"{name} 已撤下", *said_of(visit.library(on_progress).withdraw(name, reason))[1:])

    return _start(visit, "document.withdraw", name, f"撤下 {name}", work, reason=reason)


def _restore(visit: Visit) -> Response:
    name, version = visit.asked("name"), visit.said("version", 12)
    versions.find(visit.console.config, name, version or None)

    def work(on_progress: Progress) -> tuple[str, ...]:
        return (f"{name} 已恢复", *said_of(visit.library(on_progress).restore(name, version or None)))

    return _start(visit, "document.restore", name, f"恢复 {name}", work, version=version)


def _confirm(visit: Visit) -> Response:
    number = visit.console.store().id
    happened = versions.events(visit.console.config)
    undone = [_event(event) for event in happened if event.generation == number]
    return shown(visit, "admin_rollback.html", generation=number, events=undone)


def _roll_back(visit: Visit) -> Response:
    if visit.said("generation") != str(visit.console.store().id):
        raise InputError("现行索引在打开这一页之后变过,没有回滚;请返回重新看一遍再确认")

    def work(on_progress: Progress) -> tuple[str, ...]:
        return (f"已回滚\uff0c现在用索引 {visit.library(on_progress).rollback()}",)

    return _start(visit, "index.rollback", "", "回滚", work, generation=visit.said("generation"))


def _confirm_update(visit: Visit) -> Response:
    return shown(visit, "admin_update.html", generation=visit.console.store().id)


def _update(visit: Visit) -> Response:
    def work(on_progress: Progress) -> tuple[str, ...]:
        report = visit.library(on_progress).update()
        if not report.published:
            return ("没有要发布的改动\uff0c现行索引没有变",)
        return (f"已发布\uff0c现在用索引 {report.generation}", "发布前的检查都过了")

    return _start(visit, "index.update", "", "发布改动", work)


def document_routes(console: Console, pages: APIRouter) -> None:
    """Add the routes."""
    route = guarded(console, pages)
    route("GET", "", Deed.LOOK)(lambda visit: see(visit.request, "admin/documents"))
    route("GET", "/documents", Deed.LOOK)(_list)
    route("GET", "/documents/{name}", Deed.LOOK)(_one)
    route("GET", "/documents/{name}/changes", Deed.LOOK)(_changes)
    route("POST", "/documents/{name}/withdraw", Deed.UNDO)(_withdraw)
    route("POST", "/documents/{name}/restore", Deed.UNDO)(_restore)
    route("GET", "/rollback", Deed.UNDO)(_confirm)
    route("POST", "/rollback", Deed.UNDO)(_roll_back)
    route("GET", "/update", Deed.EDIT)(_confirm_update)
    route("POST", "/update", Deed.EDIT)(_update)
