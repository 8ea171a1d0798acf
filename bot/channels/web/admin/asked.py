"""Questions that were not answered well, and what is decided about them."""

from fastapi import APIRouter
from fastapi.responses import Response

from bot.access import Deed
from bot.channels.web.admin.guard import guarded, see, shown
from bot.channels.web.admin.jobs import Progress
from bot.channels.web.admin.running import Task, begin
from bot.channels.web.admin.types import Console, Visit
from bot.channels.web.admin.wording import local
from bot.errors import InputError
from bot.render.curation import KINDS, REASONS, STATUSES

_SHOWN = 30  # groups on a page; they are ordered by how many ask


def words_of(text: str) -> tuple[str, ...]:
    """Split what was typed into a field of several words."""
    for mark in (",", "\uff0c", "\n", ";", "\uff1b"):
        text = text.replace(mark, "、")
    return tuple(dict.fromkeys(filter(None, map(str.strip, text.split("、")))))


def _list(visit: Visit) -> Response:
    found = visit.curation().open()
    return shown(
        visit,
        "admin_questions.html",
        clusters=[
            (
                cluster,
                local(cluster.last),
                [(name, n) for key, name in STATUSES.items() if (n := cluster.statuses.get(key.value))],
                [(name, n) for key, name in REASONS.items() if (n := cluster.reasons.get(key.value))],
                KINDS[cluster.decided.kind] if cluster.decided else "",
            )
            for cluster in found.clusters[:_SHOWN]
        ],
        others=max(len(found.clusters) - _SHOWN, 0) + found.left_out,
        documents=visit.library().listed(),
        done=visit.asked("done", 40),
    )


def _synonym(visit: Visit, question: str) -> Response:
    say, official = visit.said("say"), words_of(visit.said("official"))
    if not say or not official:
        raise InputError("要写明大家怎么说、文件里怎么写;请返回填写")
    document, place = visit.said("document"), visit.said("address")
    example = question if document and place else ""

    def work(on_progress: Progress) -> tuple[str, ...]:
        decided = visit.curation(on_progress).synonym(
            say,
            official,
            question=example,
            document=document if example else "",
            address=place if example else "",
        )
        number = decided.report.generation if decided.report else ""
        return (f"已加同义词\uff1a{say} → {'、'.join(official)}\uff0c索引 {number}", "发布前的检查都过了")

    return begin(visit, Task("synonym.add", say, f"加同义词 {say}", "admin/words"), work)


def _decide(visit: Visit) -> Response:
    act, question, curation = visit.said("act"), visit.said("question", 4000), visit.curation()
    if act == "synonym":
        return _synonym(visit, question)
    if act == "attach":
        if not visit.said("document") or not visit.said("address"):
            raise InputError("要选文件,并写明第几条;请返回填写")
        curation.attach(question, visit.said("document"), visit.said("address"))
    elif act == "out_of_scope":
        curation.out_of_scope(question, visit.said("note"))
    elif act == "missing":
        curation.missing(question, visit.said("note"))
    else:
        raise InputError("没有选怎么处理;请返回选一种")
    return see(visit.request, f"admin/questions?done={act}")


def question_routes(console: Console, pages: APIRouter) -> None:
    """Add the routes."""
    route = guarded(console, pages)
    route("GET", "/questions", Deed.LOOK)(_list)
    route("POST", "/questions", Deed.EDIT)(_decide)
