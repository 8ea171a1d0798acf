"""The values that were read from a document: looked at, corrected, hidden."""

from fastapi import APIRouter
from fastapi.responses import Response

from bot.access import Deed
from bot.catalogue import find_document
from bot.channels.web.admin.guard import guarded, see, shown
from bot.channels.web.admin.types import Console, Visit
from bot.curation.values import correct, take_back
from bot.errors import InputError
from index import address, overrides
from index.generation import Generation
from index.overrides import Override
from index.types import Document, Indicator
from retrieval.wording import ROLE_NAMES, amount, facts

_FIELDS = {
    "name": "指标名",
    "value": "值\uff08照原文\uff09",
    "unit": "单位",
    "comparator": "比较",
    "role": "性质",
    "period": "时期",
    "attribute": "属性",
    "category": "类别",
}
COMPARATORS = {"=": "等于", ">=": "不低于", "<=": "不超过", ">": "高于", "<": "低于", "~": "左右"}
_AROUND = 40  # characters shown on either side of a value


def _rows(store: Generation, document: Document) -> list[Indicator]:
    return [store.indicators[n] for n in store.values_of[document.id]]


def _key(row: Indicator) -> str:
    return f"{row.value_span.start}-{row.value_span.end}-{row.role.value}-{row.name}"


def _context(store: Generation, row: Indicator) -> tuple[str, str, str]:
    text, span = store.texts[row.document], row.value_span
    before, after = text[max(span.start - _AROUND, 0) : span.start], text[span.end : span.end + _AROUND]
    return before.rpartition("\n")[2], span.of(text), after.partition("\n")[0]


def _corrections(visit: Visit, document: Document) -> tuple[Override, ...]:
    return overrides.load(visit.console.config.corpus_dir, document.id)


def _list(visit: Visit) -> Response:
    store = visit.console.store()
    document = find_document(store, visit.asked("name"))
    sought = visit.asked("q", 100)
    rows = [
        (at, row, amount(row), facts(row), address.display(row.clause), _context(store, row))
        for at, row in enumerate(_rows(store, document))
        if sought in row.name or sought in row.value
    ]
    return shown(
        visit,
        "admin_values.html",
        document=document,
        rows=rows,
        sought=sought,
        corrections=list(enumerate(_corrections(visit, document))),
        done=visit.asked("done", 10),
    )


def _row(visit: Visit, store: Generation, document: Document) -> tuple[int, Indicator]:
    number, rows = visit.asked("at", 6), _rows(store, document)
    if not number.isdecimal() or int(number) >= len(rows):
        raise InputError("没有这个指标值,文件可能刚更新过;请回到指标值列表看看")
    return int(number), rows[int(number)]


def _one(visit: Visit) -> Response:
    store = visit.console.store()
    document = find_document(store, visit.asked("name"))
    number, row = _row(visit, store, document)
    return shown(
        visit,
        "admin_value.html",
        document=document,
        at=number,
        key=_key(row),
        row=row,
        place=address.display(row.clause),
        context=_context(store, row),
        fields=[(key, label, str(getattr(row, key))) for key, label in _FIELDS.items()],
        choices={
            "role": {role.value: name for role, name in ROLE_NAMES.items()},
            "comparator": COMPARATORS,
        },
    )


def _note(visit: Visit, action: str, subject: str, detail: object) -> None:
    visit.audit(action, subject, change=detail)


def _save(visit: Visit) -> Response:
    store, console = visit.console.store(), visit.console
    document = find_document(store, visit.asked("name"))
    _, row = _row(visit, store, document)
    if visit.said("key") != _key(row):
        raise InputError("这个值在打开之后变过;请返回刷新,看过再改")
    clause = next(one for one in store.clauses[document.id] if one.path == row.clause)
    change = {key: visit.said(key) for key in _FIELDS if visit.said(key) != str(getattr(row, key))}
    hidden = visit.said("act") == "hide"
    if not hidden and not change:
        raise InputError("没有改动任何一项;请返回改好再存")
    correct(
        console.config,
        visit.library(),
        document,
        (store.texts[document.id], clause),
        row,
        {} if hidden else change,
        (visit.session.user, visit.said("why")),
        lambda action, subject, detail: _note(visit, action, subject, detail),
    )
    return see(visit.request, f"admin/documents/{document.id}/values?done=saved")


def _take_back(visit: Visit) -> Response:
    document = find_document(visit.console.store(), visit.asked("name"))
    known, number = _corrections(visit, document), visit.said("number")
    if not number.isdecimal() or int(number) >= len(known) or known[int(number)].note != visit.said("note"):
        raise InputError("这条更正已经不在了;请返回刷新后重试")
    take_back(
        visit.console.config,
        visit.library(),
        document,
        known[int(number)],
        lambda action, subject, detail: _note(visit, action, subject, detail),
    )
    return see(visit.request, f"admin/documents/{document.id}/values?done=saved")


def value_routes(console: Console, pages: APIRouter) -> None:
    """Add the routes."""
    route = guarded(console, pages)
    route("GET", "/documents/{name}/values", Deed.LOOK)(_list)
    route("POST", "/documents/{name}/values", Deed.EDIT)(_take_back)
    route("GET", "/documents/{name}/values/{at}", Deed.EDIT)(_one)
    route("POST", "/documents/{name}/values/{at}", Deed.EDIT)(_save)
