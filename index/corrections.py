"""The values read from a document → the same with what an admin corrected, hid or added."""

from collections.abc import Sequence
from dataclasses import replace

from index.errors import CorpusError
from index.nodes import BOX
from index.overrides import Action, Override
from index.types import Clause, Indicator, Span


def _once(text: str, words: str, within: Span) -> Span | None:
    """Return where words stand in a run of text, ``None`` where they do not or do more than once."""
    start = text.find(words, within.start, within.end)
    if start < 0 or text.find(words, start + 1, within.end) >= 0:
        return None
    return Span(start, start + len(words))


def _clause(path: str, clauses: Sequence[Clause]) -> Clause | None:
    """Find a clause; a box behind a list, and what it holds, may stand further out than when the entry was written."""
    by_path = {one.path: one for one in clauses}
    outer, box, inner = path.partition(f"/{BOX}")
    found = by_path.get(path)
    while box and outer and found is None:
        outer = outer.rpartition("/")[0]
        found = by_path.get(f"{outer}/{BOX}{inner}" if outer else f"{BOX}{inner}")
    return found


def _behind(words: str, text: str, clause: Clause, clauses: Sequence[Clause]) -> Span | None:
    """Find words that were read as the end of a clause once, and by now are of the clause that holds its list."""
    following = [one.span.start for one in clauses if one.span.start >= clause.span.end]
    return _once(text, words, Span(clause.span.end, min(following, default=len(text))))


def _find(override: Override, text: str, clauses: Sequence[Clause]) -> tuple[Span, Span]:
    """Return where an entry's words and its value in them stand."""
    clause = _clause(override.clause, clauses)
    if clause is None:
        raise CorpusError(
            f"{override.place}:{override.document} 里没有条款 {override.clause!r};文件换过版本的话,请改正或删去这一条"
        )
    words = _once(text, override.words, clause.span) or _behind(override.words, text, clause, clauses)
    if words is None:
        raise CorpusError(
            f"{override.place}:{override.document} 的条款 {override.clause!r} 里找不到这段原文,或不止一处:{override.words};"
            "请照现在的原文改写 words,或删去这一条"
        )
    value = _once(text, override.value, words)
    if value is None:
        raise CorpusError(
            f"{override.place}:“{override.value}”在“{override.words}”里不是正好出现一次;请把 words 写得更准"
        )
    return words, value


def _meant(override: Override, rows: Sequence[Indicator], value: Span) -> list[int]:
    """Return the rows an entry means: those read from its value, of its name where it gives one."""
    there = [
        at
        for at, row in enumerate(rows)
        if row.value_span.start < value.end and value.start < row.value_span.end
    ]
    if not there:
        raise CorpusError(f"{override.place}:没有从“{override.value}”读出值;要补上它,请把 action 改成 add")
    found = [at for at in there if override.name in {"", rows[at].name}]
    if not found:
        names = "、".join(rows[at].name for at in there)
        raise CorpusError(
            f"{override.place}:从“{override.value}”读出的是{names},没有{override.name};请改正 name"
        )
    return found


def _changed(row: Indicator, override: Override, text: str, words: Span) -> Indicator:
    fields = override.change.model_dump(exclude_none=True)
    if printed := fields.pop("value", None):
        span = _once(text, printed, words)
        if span is None:
            raise CorpusError(
                f"{override.place}:set 里的值“{printed}”在“{override.words}”里不是正好出现一次;值只能是原文里的字"
            )
        fields |= {"value": printed, "value_span": span}
        row = replace(row, span=Span(min(row.span.start, span.start), max(row.span.end, span.end)))
    return replace(row, **fields, corrected=override.note)


def _added(override: Override, words: Span, value: Span) -> Indicator:
    change = override.change
    # checked when the file was read
    assert change.name is not None
    assert change.role is not None
    return Indicator(
        document=override.document,
        clause=override.clause,
        name=change.name,
        role=change.role,
        value=override.value,
        unit=change.unit or "",
        comparator=change.comparator or "=",
        period=change.period or "",
        attribute=change.attribute or "",
        category=change.category or "",
        span=words,
        value_span=value,
        corrected=override.note,
    )


def apply(
    overrides: Sequence[Override], rows: Sequence[Indicator], text: str, clauses: Sequence[Clause]
) -> tuple[Indicator, ...]:
    """Return the rows of a document as its entries want them, in the order of the text.

    :raises CorpusError: the words an entry points to are gone or stand there twice, or no value was read from them
    """
    made = list(rows)
    for override in overrides:
        words, value = _find(override, text, clauses)
        if override.action is Action.ADD:
            made.append(_added(override, words, value))
            continue
        for at in reversed(_meant(override, made, value)):
            if override.action is Action.HIDE:
                del made[at]
            else:
                made[at] = _changed(made[at], override, text, words)
    return tuple(sorted(made, key=lambda row: row.span.start))
