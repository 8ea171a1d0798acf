"""What differs between two versions, in words."""

from collections.abc import Iterable, Iterator
from typing import Any

from index import address
from index.diff import ClauseChange, Difference, ValueChange
from index.types import Indicator
from index.words_diff import Run, differing_words
from retrieval.wording import ROLE_NAMES, amount, facts

_CONTEXT = 12  # characters of the unchanged words shown on either side of a change
_SHOWN_VALUES = 3  # values a summary spells out
_LONGEST = 80  # characters of an added or removed clause


def _role(change: ValueChange) -> str:
    row = change.after or change.before
    return f"{ROLE_NAMES[row.role]}值" if row else ""


def _value(row: Indicator | None) -> str:
    return amount(row) if row else "无"


def value_line(change: ValueChange) -> str:
    """Word a changed value: 目标值 年均新增就业岗位 450个→500个."""
    return f"{_role(change)} {change.name} {_value(change.before)}→{_value(change.after)}"


def summary(difference: Difference) -> str:
    """Word a difference in one line: +12 条,−3 条,2 条改动;目标值 年均新增就业岗位 450个→500个."""
    counts = (
        f"+{len(difference.added)} 条" if difference.added else "",
        f"−{len(difference.removed)} 条" if difference.removed else "",
        f"{len(difference.changed)} 条改动" if difference.changed else "",
        f"{len(difference.moved)} 条只改了编号" if difference.moved else "",
    )
    edited = [change for change in difference.values if change.before and change.after]
    shown = [value_line(change) for change in edited[:_SHOWN_VALUES]]
    others = len(difference.values) - len(shown)
    shown += [f"另有 {others} 个指标值增减或改动"] if others else []
    clauses = ",".join(filter(None, counts))
    return ";".join(filter(None, (clauses, *shown))) or "没有差别"


def _clip(run: Run, *, first: bool, last: bool) -> str:
    words = run.after
    if len(words) <= 2 * _CONTEXT:
        return words
    head = "" if first else words[:_CONTEXT]
    tail = "" if last else words[-_CONTEXT:]
    return f"{head}…{tail}"


def wording_line(before: str, after: str) -> str:
    """Word a change inside a clause: what stayed is shortened, [-gone-] and [+come+] are marked."""
    runs = differing_words(" ".join(before.split()), " ".join(after.split()))
    parts = []
    for at, run in enumerate(runs):
        if run.same:
            parts.append(_clip(run, first=at == 0, last=at == len(runs) - 1))
        else:
            parts.append(
                (f"[-{run.before}-]" if run.before else "") + (f"[+{run.after}+]" if run.after else "")
            )
    return "".join(parts)


def _short(words: str) -> str:
    line = " ".join(words.split())
    return line if len(line) <= _LONGEST else f"{line[:_LONGEST]}…"


def _where(change: ClauseChange) -> str:
    here = address.display(change.path) or "开头"
    return f"{here}(原{address.display(change.moved_from)})" if change.moved_from else here


def lines(difference: Difference) -> Iterator[str]:
    """Word a difference clause by clause, value by value."""
    yield from (f"+ {_where(c)}:{_short(c.after)}" for c in difference.added)
    yield from (f"− {_where(c)}:{_short(c.before)}" for c in difference.removed)
    yield from (f"~ {_where(c)}:{wording_line(c.before, c.after)}" for c in difference.changed)
    yield from (f"= {_where(c)}" for c in difference.moved)
    for change in difference.values:
        row = change.after or change.before
        said = f"({facts(row)})" if row and facts(row) else ""
        yield f"# {value_line(change)}{said}"


def _clauses(changes: Iterable[ClauseChange]) -> list[dict[str, str]]:
    return [
        {
            "clause": change.path,
            "address": address.display(change.path),
            "moved_from": change.moved_from,
            "before": change.before,
            "after": change.after,
        }
        for change in changes
    ]


def _cell(row: Indicator | None) -> dict[str, str] | None:
    return {"value": row.value, "unit": row.unit, "comparator": row.comparator} if row else None


def difference_object(difference: Difference) -> dict[str, Any]:
    """Render a difference as JSON."""
    values = [
        {
            "name": change.name,
            "role": row.role.value,
            "period": row.period,
            "before": _cell(change.before),
            "after": _cell(change.after),
        }
        for change in difference.values
        if (row := change.after or change.before)
    ]
    return {
        "summary": summary(difference),
        "added": _clauses(difference.added),
        "removed": _clauses(difference.removed),
        "changed": _clauses(difference.changed),
        "moved": _clauses(difference.moved),
        "values": values,
    }
