"""Indicator rows of a document: values read from its tables and sentences, each pointing to where it stands.

``tables`` and ``prose`` find the values, this file walks the lines and files each row under its clause. The rows
are a layer over the text: nothing here edits, computes or converts.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from index.indicators.doubts import Doubt
from index.indicators.folding import fold, hide
from index.indicators.headers import Header
from index.indicators.horizon import Horizon, horizon
from index.indicators.names import region_pattern
from index.indicators.outline import Outline, outline
from index.indicators.prose import Line, Reading, read_line
from index.indicators.rows import TableValue
from index.indicators.tables import is_row, read_table
from index.indicators.unread import find_unread
from index.table_grids import lay_out, read_lines
from index.table_plain import find_plain_tables
from index.types import Clause, Document, Indicator, ReadingWarning, Span, Table

__all__ = ["Extract", "extract"]

_LINE = re.compile(r"[^\n]+")
# A table goes on with the header of the one before it over no more than a page number and 续表.
_MAX_GAP = 40
# Characters of a doubtful place that a warning quotes.
_QUOTED = 24


@dataclass(frozen=True, slots=True)
class Extract:
    """The values of a document in the order of the text, and what was doubtful about them."""

    rows: tuple[Indicator, ...]
    warnings: tuple[ReadingWarning, ...]


@dataclass(frozen=True, slots=True)
class _Text:
    """A document while it is read."""

    document: Document
    text: str
    folded: str
    view: str
    tree: Outline
    when: Horizon
    region: re.Pattern[str]


def _blocks(folded: str, tables: Sequence[Table]) -> Iterator[Table | Span]:
    """Yield tables and other lines in order; runs of lines with bars that no grid covers are tables too."""
    rows: list[Span] = []
    begins = sorted(tables, key=lambda table: table.span)
    ahead = 0
    done = 0
    for found in _LINE.finditer(folded):
        if ahead < len(begins) and begins[ahead].span.start < found.end():
            yield from _grid_of(folded, rows)
            rows = []
            while ahead < len(begins) and begins[ahead].span.start < found.end():
                yield begins[ahead]
                done = max(done, begins[ahead].span.end)
                ahead += 1
        if found.start() < done:
            continue
        if is_row(found[0]):
            rows.append(Span(*found.span()))
            continue
        yield from _grid_of(folded, rows)
        rows = []
        yield Span(*found.span())
    yield from _grid_of(folded, rows)


def _grid_of(folded: str, rows: Sequence[Span]) -> Iterator[Table]:
    table = read_lines(folded, rows) if rows else None
    if table:
        yield table


def _from_prose(document: Document, text: str, path: str, reading: Reading) -> Indicator:
    measure = reading.measure
    return Indicator(
        document=document.id,
        clause=path,
        name=measure.title,
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


def _continues(source: _Text, last: Table | None, table: Table) -> bool:
    """Whether a table may go on with the header of the last one: as wide, and next to nothing between."""
    between = source.text[last.span.end : table.span.start].strip() if last else ""
    return last is not None and last.columns == table.columns and len(between) <= _MAX_GAP


def _walk(source: _Text, tables: Sequence[Table]) -> Iterator[Indicator | Doubt]:
    last: Table | None = None
    header: Header | None = None
    for block in _blocks(source.folded, tables):
        if isinstance(block, Table):
            path = source.tree.path_at(block.span.start)
            read = read_table(
                source.folded,
                source.view,
                block,
                source.tree.roles.get(path),
                source.region,
                source.when,
                header if _continues(source, last, block) else None,
            )
            yield from (_from_table(source.document, source.text, path, value) for value in read.values)
            yield from read.doubts
            last, header = block, read.header
        else:
            path = source.tree.path_at(block.start)
            line = Line(block, source.tree.roles.get(path), source.region)
            for reading in read_line(source.folded, source.view, line, source.when):
                at = source.tree.path_at(reading.part.start)
                yield _from_prose(source.document, source.text, at, reading)


def _plain_grids(text: str, tables: Sequence[Table]) -> list[Table]:
    """Return the tables printed without bars as grids, those aside that the format has given."""
    grids = [lay_out(plain.rows, plain.span, plain.lines) for plain in find_plain_tables(text)]
    return [
        grid
        for grid in grids
        if not any(t.span.start < grid.span.end and grid.span.start < t.span.end for t in tables)
    ]


def extract(
    document: Document, text: str, clauses: Sequence[Clause], tables: Sequence[Table] = ()
) -> Extract:
    """Read every value ``text`` states, in document order.

    ``clauses`` is the document's clause tree over the same text; where it is empty, rows are filed under the
    root and roles rest on the sentences alone. Each row's ``span`` is the table line or the sentence part, its
    ``value_span`` the digits or words of the value: ``text[value_span] == value``. Never raises on odd text.

    :param tables: the grids that the file's format gives; rows without one are read by their lines
    """
    folded = fold(text)
    region = region_pattern((document.region, *document.aliases))
    tree = outline(clauses)
    source = _Text(document, text, folded, hide(folded, clauses), tree, horizon(document), region)
    rows: list[Indicator] = []
    warnings: list[ReadingWarning] = []
    grids = [*tables, *_plain_grids(text, tables)]
    for found in (*_walk(source, grids), *find_unread(folded, [grid.span for grid in grids])):
        if isinstance(found, Indicator):
            rows.append(found)
        else:
            path, quote = tree.path_at(found.span.start), found.span.of(text).strip(" |\t")[:_QUOTED]
            warnings.append(ReadingWarning(document.id, path, found.span, quote, found.message))
    return Extract(tuple(rows), tuple(warnings))
