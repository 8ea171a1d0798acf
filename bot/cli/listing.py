"""How documents, clauses and values are listed on the command line."""

import csv
import json
import re
import sys
from collections.abc import Sequence
from datetime import date
from typing import Any, TextIO

from bot.render.clauses import clause_words
from bot.render.wire import indicator
from index import address
from index.generation import Generation
from index.types import Clause, Document, Indicator
from retrieval.cite import cite_value
from retrieval.wording import ROLE_NAMES, amount, facts, validity

_FORMULA = re.compile(r"\s*[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]")
_NUMBER = re.compile(r"[+-]?\d[\d.,]*%?")


def document_object(document: Document, store: Generation, today: date | None = None) -> dict[str, Any]:
    """A document as JSON; ``status`` is computed from its dates and what took its place."""
    period = document.period
    state = "superseded" if document.superseded_by else "effective"
    if not document.superseded_by and document.expired(today or date.today()):
        state = "expired"
    return {
        "id": document.id,
        "title": document.title,
        "region": document.region,
        "aliases": list(document.aliases),
        "issuer": document.issuer,
        "number": document.number,
        "published": document.published.isoformat() if document.published else None,
        "period": f"{period.first}-{period.last}" if period else None,
        "status": state,
        "version": document.version,
        "sha256": document.sha256,
        "characters": len(store.texts[document.id]),
        "clauses": len(store.clauses[document.id]),
        "passages": len(store.rows_of[document.id]),
        "indicators": len(store.values_of[document.id]),
    }


def document_line(document: Document) -> str:
    """A document in one line."""
    facts = [document.region, document.number or "无文号", validity(document, date.today())]
    return f"{document.id}  《{document.title}》  {' · '.join(fact for fact in facts if fact)}"


def _neighbour(clause: Clause | None) -> dict[str, str] | None:
    if clause is None:
        return None
    return {"clause": clause.path, "address": address.display(clause.path), "heading": clause.heading}


def clause_object(store: Generation, document: Document, clause: Clause) -> dict[str, Any]:
    """A clause as JSON: its own words with their place, its parent, neighbours and children."""
    clauses, text = store.clauses[document.id], store.texts[document.id]
    before, after = address.neighbours(clauses, clause.path)
    return {
        "document": document.id,
        "title": document.title,
        "region": document.region,
        "number": document.number,
        "validity": validity(document, date.today()),
        "version": document.version,
        "clause": clause.path,
        "address": address.display(clause.path),
        "heading": clause.heading,
        "text": clause.span.of(text),
        "start": clause.span.start,
        "end": clause.span.end,
        "parent": clause.parent,
        "previous": _neighbour(before),
        "next": _neighbour(after),
        "children": [c.path for c in clauses if c.parent == clause.path],
        "values": [
            indicator(cite_value(row, store, date.today()))
            for row in store.indicators
            if row.document == document.id and row.span in clause.span
        ],
    }


def clause_text(store: Generation, document: Document, clause: Clause) -> str:
    """A clause ready to copy: address, document, number, validity, words, neighbours."""
    before, after = address.neighbours(store.clauses[document.id], clause.path)
    lines = [clause_words(store, document, clause, date.today())]
    steps = [
        f"{label}:{address.display(c.path)} {c.heading}".rstrip()
        for label, c in (("上一条", before), ("下一条", after))
        if c is not None
    ]
    return "\n".join([*lines, "", *steps] if steps else lines)


def value_objects(store: Generation, rows: Sequence[Indicator]) -> list[dict[str, Any]]:
    """Indicator values as JSON, each with the words it was read from."""
    return [indicator(cite_value(row, store, date.today())) for row in rows]


def _harmless(value: Any) -> Any:
    """A cell that a spreadsheet does not take for a formula: such words get an apostrophe in front, numbers stay."""
    is_formula = isinstance(value, str) and _FORMULA.match(value) and not _NUMBER.fullmatch(value)
    return f"'{value}" if is_formula else value


def write_csv(objects: Sequence[dict[str, Any]], file: TextIO) -> None:
    """Write values as CSV with a header line; words that begin like a formula get an apostrophe in front."""
    fields = list(objects[0]) if objects else ["document"]
    table = csv.DictWriter(file, fields, lineterminator="\n")
    table.writeheader()
    table.writerows({key: _harmless(value) for key, value in row.items()} for row in objects)


def print_values(store: Generation, rows: Sequence[Indicator], form: str) -> None:
    """Print indicator values as ``json`` (one object a line), ``csv`` or ``text``."""
    objects = value_objects(store, rows)
    if form == "json":
        for item in objects:
            print(json.dumps(item, ensure_ascii=False))
    elif form == "csv":
        write_csv(objects, sys.stdout)
    else:
        for row, item in zip(rows, objects, strict=True):
            where = address.display(row.clause)
            parts = (
                item["region"],
                row.name,
                amount(row),
                facts(row) or ROLE_NAMES[row.role],
                row.attribute,
                where,
                row.corrected,
            )
            print("  ".join(part for part in parts if part))
