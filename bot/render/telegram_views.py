"""Clauses, values and documents → runs of words for Telegram, each with address, document number and validity."""

from collections.abc import Iterable, Sequence
from datetime import date

from bot.render.parts import source_title
from bot.render.telegram import BOLD, CODE, PLAIN, TABLE, Run
from index.generation import Generation
from index.types import Clause, Document, Indicator, Span
from retrieval import wording
from retrieval.cite import cite

# A heading with all that stands below it can be a whole chapter: it is read page by page up to here.
_WHOLE_CHARS = 12_000


def shown_span(clause: Clause) -> Span:
    """What of a clause is shown: all of it, or only its own lines where that would be too much for a chat."""
    whole = bool(clause.path) and clause.span.end - clause.span.start <= _WHOLE_CHARS
    return clause.span if whole else clause.own


def _title(store: Generation, document: Document, clause: str, span: Span, today: date) -> str:
    return source_title(cite(document, clause, span, store, today))


def clause_to_copy(store: Generation, document: Document, clause: Clause, today: date) -> list[Run]:
    """Word a clause so that a tap copies it, and another tap where it stands."""
    span = shown_span(clause)
    words = span.of(store.texts[document.id]).strip()
    return [(words, TABLE), ("\n", PLAIN), (_title(store, document, clause.path, span, today), CODE)]


def _blocks(blocks: Iterable[Sequence[Run]]) -> list[Run]:
    runs: list[Run] = []
    for block in blocks:
        runs += [("\n\n", PLAIN)] * bool(runs) + [*block]
    return runs


def places(store: Generation, phrase: str, rows: Sequence[int], today: date) -> list[Run]:
    """Word all passages that hold a phrase, each with where it stands."""
    head: Sequence[Run] = [(f"“{phrase}”有 {len(rows)} 处", BOLD)]
    blocks = [head]
    for row in rows:
        passage = store.passages[row]
        document = store.documents[passage.document]
        words = passage.span.of(store.texts[passage.document]).strip()
        where = _title(store, document, passage.clause, passage.span, today)
        blocks.append([(words, TABLE), ("\n", PLAIN), (where, CODE)])
    return _blocks(blocks)


def _value(store: Generation, row: Indicator, today: date) -> list[Run]:
    document = store.documents[row.document]
    said = f"{document.region} {wording.value(row)}"
    where = _title(store, document, row.clause, row.span, today)
    corrected = [(f"\n{row.corrected}", PLAIN)] if row.corrected else []
    return [(said, CODE), *corrected, ("\n" + where, PLAIN)]


def values(store: Generation, name: str, rows: Sequence[Indicator], today: date) -> list[Run]:
    """Word indicator values, each with where it stands."""
    head: Sequence[Run] = [(f"“{name}”有 {len(rows)} 个值", BOLD)]
    return _blocks([head, *(_value(store, row, today) for row in rows)])


def compared(store: Generation, name: str, rows: Sequence[Indicator], today: date) -> list[Run]:
    """Word the values of a measure under their regions; a region without any is named."""
    blocks: list[Sequence[Run]] = [[(f"“{name}”各地对比", BOLD)]]
    for region in dict.fromkeys(document.region for document in store.documents.values()):
        own = [row for row in rows if store.documents[row.document].region == region]
        lines: list[Run] = [(region, BOLD)] + ([] if own else [(" 未提及", PLAIN)])
        for row in own:
            where = _title(store, store.documents[row.document], row.clause, row.span, today)
            lines += [("\n", PLAIN), (wording.value(row), CODE), ("\n" + where, PLAIN)]
        blocks.append(lines)
    return _blocks(blocks)


def documents(store: Generation, today: date) -> list[Run]:
    """List the documents with number, period and state."""
    blocks: list[Sequence[Run]] = [[(f"已收录 {len(store.documents)} 份文件", BOLD)]]
    for document in store.documents.values():
        facts = [
            document.region,
            document.number or "无文号",
            wording.validity(document, today) or "未写期限",
        ]
        blocks.append(
            [
                (f"《{document.title}》", PLAIN),
                ("\n" + " · ".join(facts), PLAIN),
                ("\n", PLAIN),
                (document.id, CODE),
            ]
        )
    return _blocks(blocks)
