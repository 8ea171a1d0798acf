"""What was asked and thought of answers, in figures, and the audit log."""

from datetime import timedelta
from typing import Any

from fastapi import APIRouter
from fastapi.responses import Response

from bot.access import Deed
from bot.channels.web.admin.guard import guarded, shown
from bot.channels.web.admin.types import Console, Visit
from bot.channels.web.admin.wording import local, wide
from bot.records.audit import entries, verify_chain
from bot.records.types import Reason, Verdict
from bot.records.usage import Day, days, judged
from bot.render.curation import KINDS, REASONS, STATUSES
from bot.render.deeds import deed, detail_of
from index import address

_SPANS = (7, 30, 90)  # days one can look back
_SHOWN = 200  # rows of a list
_WIDTH, _HEIGHT, _LEFT, _TOP = 720, 180, 44, 12  # of a chart, in its own units
_LATENCY = {"p50": "一半在几毫秒内", "p95": "95% 在几毫秒内"}
_VERDICTS = {Verdict.USEFUL.value: "有用", Verdict.USELESS.value: "没用"}


def _bars(found: tuple[Day, ...], most: int) -> list[dict[str, Any]]:
    """Place a bar a day, of one part a status."""
    step = (_WIDTH - _LEFT) / max(len(found), 1)
    bars = []
    for at, day in enumerate(found):
        top = float(_TOP + _HEIGHT)
        for status in STATUSES:
            height = day.by_status.get(status.value, 0) / most * _HEIGHT
            top -= height
            if height:
                bars.append(
                    {
                        "x": round(_LEFT + at * step + step * 0.15, 1),
                        "y": round(top, 1),
                        "width": round(min(step * 0.7, 36), 1),
                        "height": round(height, 1),
                        "status": status.value,
                        "title": f"{day.day:%m-%d} {STATUSES[status]} {day.by_status[status.value]}",
                    }
                )
    return bars


def _line(values: list[float], most: float) -> str:
    """Place the points of a line."""
    step = (_WIDTH - _LEFT) / max(len(values), 1)
    points = [
        (_LEFT + at * step + min(step * 0.5, 18 + step * 0.15), _TOP + _HEIGHT - value / most * _HEIGHT)
        for at, value in enumerate(values)
    ]
    return " ".join(f"{x:.1f},{y:.1f}" for x, y in points)


def _usage(visit: Visit) -> Response:
    asked = visit.asked("days")
    span = int(asked) if asked in map(str, _SPANS) else _SPANS[1]
    records = visit.console.records
    overview = visit.curation().overview(span)
    found: tuple[Day, ...] = records.read(lambda c: days(c, records.clock() - timedelta(days=span)))
    most = max((sum(day.by_status.values()) for day in found), default=1)
    slowest = max((day.p95 for day in found), default=1.0) or 1.0
    figures = overview.statistics
    store = visit.console.store()
    return shown(
        visit,
        "admin_usage.html",
        span=span,
        spans=_SPANS,
        figures=figures,
        latency=[(_LATENCY[name], round(value)) for name, value in figures.latency_ms.items()],
        statuses=[
            (status.value, name, figures.by_status.get(status.value, 0)) for status, name in STATUSES.items()
        ],
        verdicts=[(_VERDICTS.get(name, name), count) for name, count in figures.by_verdict.items()],
        decisions=[
            (KINDS[kind], overview.decisions[kind.value])
            for kind in KINDS
            if overview.decisions.get(kind.value)
        ],
        days=found,
        bars=_bars(found, most),
        most=most,
        lines=[
            ("p50", _line([day.p50 for day in found], slowest)),
            ("p95", _line([day.p95 for day in found], slowest)),
        ],
        slowest=round(slowest),
        topics=[
            (topic, address.display(topic.clause))
            for topic in overview.topics
            if topic.document in store.documents
        ],
        least=records.settings.hot_min_askers,
    )


def _feedback(visit: Visit) -> Response:
    rows = visit.console.records.read(lambda c: judged(c, _SHOWN))
    reasons = {reason.value: name for reason, name in REASONS.items() if isinstance(reason, Reason)}
    listed = [
        {
            "at": local(row.at),
            "verdict": _VERDICTS.get(row.verdict, row.verdict),
            "reason": reasons.get(row.reason, ""),
            "comment": row.comment,
            "question": row.question,
            "status": dict(zip(map(str, STATUSES), STATUSES.values(), strict=True)).get(row.status, ""),
            "where": f"{row.document} {address.display(row.clause or '')}" if row.document else "",
        }
        for row in rows
    ]
    return shown(visit, "admin_feedback.html", rows=listed, most=_SHOWN)


def _audit(visit: Visit) -> Response:
    records = visit.console.records
    broken = records.read(verify_chain)
    listed = [
        (
            entry,
            local(entry.at),
            entry.actor.removeprefix("web:"),
            deed(entry.action),
            wide(detail_of(entry.detail)),
        )
        for entry in records.read(lambda c: entries(c, _SHOWN))
    ]
    return shown(visit, "admin_audit.html", rows=listed, broken=broken, most=_SHOWN)


def figure_routes(console: Console, pages: APIRouter) -> None:
    """Add the routes."""
    route = guarded(console, pages)
    route("GET", "/usage", Deed.LOOK)(_usage)
    route("GET", "/feedback", Deed.LOOK)(_feedback)
    route("GET", "/audit", Deed.LOOK)(_audit)
