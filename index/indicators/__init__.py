"""Indicator rows of a document: values read from its tables and sentences, each pointing to where it stands.

``tables`` and ``prose`` find the values, this file walks the lines and files each row under its clause. The rows
are a layer over the text: nothing here edits, computes or converts.
"""

import re
from collections.abc import Iterator, Sequence

from index.indicators.folding import fold, hide
from index.indicators.horizon import Horizon, horizon
from index.indicators.names import region_pattern
from index.indicators.outline import Outline, outline
from index.indicators.prose import Line, Reading, read_line
from index.indicators.tables import Surroundings, TableValue, caption_mark, is_row, read_table
from index.types import Clause, Document, Indicator, Span, Table

__all__ = ["extract"]

_LINE = re.compile(r"[^\n]+")
# A caption is a short line of its own; longer lines above a table are paragraphs.
_MAX_CAPTION = 60


def _blocks(folded: str) -> Iterator[tuple[Span, ...]]:
    """Yield the lines in order: the rows of a table together, every other line alone."""
    rows: list[Span] = []
    for found in _LINE.finditer(folded):
        if is_row(found[0]):
            rows.append(Span(*found.span()))
            continue
        if rows:
            yield tuple(rows)
            rows = []
        yield (Span(*found.span()),)
    if rows:
        yield tuple(rows)


def _from_prose(document: Document, text: str, path: str, reading: Reading) -> Indicator:
    measure = reading.measure
    return Indicator(
        document=document.id,
        clause=path,
        name=measure.name,
        role=reading.role,
        value=measure.amount.value.of(text),
        unit=measure.amount.unit,
        comparator=measure.amount.comparator,
        period=reading.period,
        attribute="",
        category="",
        span=reading.part,
        value_span=measure.amount.value,
    )


def _from_table(document: Document, text: str, path: str, found: TableValue) -> Indicator:
    return Indicator(
        document=document.id,
        clause=path,
        name=found.name,
        role=found.role,
        value=found.cell.value.of(text),
        unit=found.cell.unit,
        comparator=found.cell.comparator,
        period=found.period,
        attribute=found.attribute,
        category=found.category,
        span=found.row,
        value_span=found.cell.value,
    )


def _walk(
    document: Document, text: str, folded: str, view: str, tree: Outline, when: Horizon
) -> Iterator[Indicator]:
    region = region_pattern((document.region, *document.aliases))
    caption = ""
    for block in _blocks(folded):
        line = block[0].of(folded)
        path = tree.path_at(block[0].start)
        if is_row(line):
            around = Surroundings(caption_mark(caption), tree.roles.get(path), region)
            for cell in read_table(folded, view, block, around, when):
                yield _from_table(document, text, path, cell)
        else:
            caption = line.strip() if len(line) <= _MAX_CAPTION else ""
            for reading in read_line(folded, view, Line(block[0], tree.roles.get(path), region), when):
                yield _from_prose(document, text, tree.path_at(reading.part.start), reading)


def extract(
    document: Document, text: str, clauses: Sequence[Clause], tables: Sequence[Table] = ()
) -> tuple[Indicator, ...]:
    """Read every value ``text`` states, in document order.

    ``clauses`` is the document's clause tree over the same text; where it is empty, rows are filed under the
    root and roles rest on the sentences alone. Each row's ``span`` is the table line or the sentence part, its
    ``value_span`` the digits or words of the value: ``text[value_span] == value``. Never raises on odd text.

    :param tables: the grids that the file's format gives; rows without one are read by their lines
    """
    folded = fold(text)
    view = hide(folded, clauses)
    return tuple(_walk(document, text, folded, view, outline(clauses), horizon(document)))
