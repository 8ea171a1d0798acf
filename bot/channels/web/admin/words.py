"""The thesaurus and the similar questions (相似问), entry by entry."""

from fastapi import APIRouter
from fastapi.responses import Response

from bot.access import Deed
from bot.catalogue import find_document
from bot.channels.web.admin.asked import words_of
from bot.channels.web.admin.guard import guarded, see, shown
from bot.channels.web.admin.jobs import Progress
from bot.channels.web.admin.running import Task, begin
from bot.channels.web.admin.types import Console, Visit
from bot.curation import entries
from bot.errors import InputError
from index import address, questions
from index.lexicon import Entry

_SHOWN = 50  # entries on a page; a search narrows them
_LONG = 4000  # characters of a field of several words


def _list(visit: Visit) -> Response:
    sought = visit.asked("q", 100)
    every = list(enumerate(entries.listed(visit.console.bench)))
    found = [(at, one) for at, one in every if any(sought in word for word in (*one.say, *one.official))]
    return shown(
        visit, "admin_words.html", entries=found[:_SHOWN], total=len(every), found=len(found), sought=sought
    )


def _add(visit: Visit) -> Response:
    say, official = visit.said("say"), words_of(visit.said("official", _LONG))
    if not say or not official:
        raise InputError("要写明大家怎么说、文件里怎么写;请返回填写")

    def work(on_progress: Progress) -> tuple[str, ...]:
        visit.curation(on_progress).synonym(say, official)
        return (f"已加\uff1a{say} → {'、'.join(official)}", "发布前的检查都过了")

    return begin(visit, Task("synonym.add", say, f"加同义词 {say}", "admin/words"), work)


def _entry(visit: Visit) -> tuple[int, Entry]:
    number = visit.asked("at", 6)
    every = entries.listed(visit.console.bench)
    if not number.isdecimal() or int(number) >= len(every):
        raise InputError("词库里没有这一条,可能刚被删掉;请回到词库看看")
    return int(number), every[int(number)]


def _one(visit: Visit) -> Response:
    number, entry = _entry(visit)
    return shown(visit, "admin_word.html", at=number, entry=entry)


def _change(visit: Visit) -> Response:
    number, _ = _entry(visit)
    was = Entry(words_of(visit.said("was_say", _LONG)), words_of(visit.said("was_official", _LONG)))
    new = Entry(words_of(visit.said("say", _LONG)), words_of(visit.said("official", _LONG)))
    removed = visit.said("act") == "remove"
    if not removed and not new.say:
        raise InputError("“大家怎么说”不能空着;要删去这一条,请按“删去”")

    def work(on_progress: Progress) -> tuple[str, ...]:
        library = visit.library(on_progress)
        bench, changed = visit.console.bench, None if removed else new
        decided = entries.change_entry(bench, library, visit.actor, number, was, changed)
        return (f"{decided.decision.question}\uff1a{decided.decision.note}", "已发布\uff0c发布前的检查都过了")

    action, title = ("synonym.remove", "删去词条") if removed else ("synonym.change", "修改词条")
    return begin(visit, Task(action, "、".join(was.say)[:200], title, f"admin/words/{number}"), work)


def _similar(visit: Visit) -> Response:
    document = find_document(visit.console.store(), visit.asked("name"))
    sought = visit.asked("q", 100)
    listed = [
        (entry.clause, address.display(entry.clause) or "开头", entry.sentence, asked)
        for entry in questions.load(visit.console.config.corpus_dir, document.id)
        for asked in entry.ask
        if sought in asked or sought in entry.clause
    ]
    return shown(
        visit,
        "admin_similar.html",
        document=document,
        rows=listed[:_SHOWN],
        found=len(listed),
        sought=sought,
        done=visit.asked("done", 10),
    )


def _change_similar(visit: Visit) -> Response:
    document = find_document(visit.console.store(), visit.asked("name"))
    question, act = visit.said("question", 4000), visit.said("act")
    if act == "remove":
        clause = visit.said("clause")

        def note() -> None:
            visit.audit("similar.removed", document.id, clause=clause, question=question)

        entries.remove_question(visit.console.bench, visit.library(), document.id, clause, question, note)
    else:
        if not question or not visit.said("address"):
            raise InputError("要写明问法和第几条;请返回填写")
        visit.curation().attach(question, document.id, visit.said("address"))
    return see(visit.request, f"admin/documents/{document.id}/similar?done={act}")


def word_routes(console: Console, pages: APIRouter) -> None:
    """Add the routes."""
    route = guarded(console, pages)
    route("GET", "/words", Deed.LOOK)(_list)
    route("POST", "/words", Deed.EDIT)(_add)
    route("GET", "/words/{at}", Deed.EDIT)(_one)
    route("POST", "/words/{at}", Deed.EDIT)(_change)
    route("GET", "/documents/{name}/similar", Deed.LOOK)(_similar)
    route("POST", "/documents/{name}/similar", Deed.EDIT)(_change_similar)
