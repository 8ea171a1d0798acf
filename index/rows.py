"""Between the nouns of ``types`` and the rows of ``schema``: written once a version, read once a generation."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import ColumnElement, Connection, Row, Table, func, insert, select
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from index.measures import measure_digest
from index.schema import (
    clauses,
    documents,
    generation_documents,
    indicators,
    passages,
    similar_questions,
    texts,
)
from index.shapes import (
    CLAUSE_COLUMNS,
    INDICATOR_COLUMNS,
    PASSAGE_COLUMNS,
    clause_of,
    indicator_of,
    passage_of,
)
from index.types import (
    Clause,
    Document,
    Indicator,
    Passage,
    Period,
    ReadingWarning,
    SimilarQuestion,
)

_AT_A_TIME = 100  # documents whose texts are in memory together while they are checked


@dataclass(frozen=True, slots=True)
class Version:
    """One version of a document, read: what a ``documents`` row and the rows hanging on it hold."""

    document: Document
    text: str
    clauses: tuple[Clause, ...]
    passages: tuple[Passage, ...]
    indicators: tuple[Indicator, ...]
    questions: tuple[SimilarQuestion, ...] = ()
    warnings: tuple[ReadingWarning, ...] = ()  # not stored: said when the file is read
    pages: tuple[int, ...] = ()  # offsets in ``text`` at which the file's pages begin


def _clause_row(clause: Clause) -> dict[str, Any]:
    return {
        "path": clause.path,
        "parent": clause.parent,
        "marker": clause.marker,
        "heading": clause.heading,
        "kind": clause.kind.value,
        "depth": clause.depth,
        "span_start": clause.span.start,
        "span_end": clause.span.end,
        "own_start": clause.own.start,
        "own_end": clause.own.end,
    }


def _passage_row(passage: Passage) -> dict[str, Any]:
    return {
        "clause": passage.clause,
        "span_start": passage.span.start,
        "span_end": passage.span.end,
        "headings": list(passage.headings),
        "indexed_text": passage.indexed_text,
        "digest": passage.digest,
    }


def _indicator_row(indicator: Indicator) -> dict[str, Any]:
    return {
        "clause": indicator.clause,
        "name": indicator.name,
        "role": indicator.role.value,
        "value": indicator.value,
        "unit": indicator.unit,
        "comparator": indicator.comparator,
        "period": indicator.period,
        "attribute": indicator.attribute,
        "category": indicator.category,
        "span_start": indicator.span.start,
        "span_end": indicator.span.end,
        "value_start": indicator.value_span.start,
        "value_end": indicator.value_span.end,
        "corrected": indicator.corrected,
        "digest": measure_digest(indicator),
    }


def _question_row(question: SimilarQuestion) -> dict[str, Any]:
    return {
        "clause": question.clause,
        "first": question.first,
        "last": question.last,
        "text": question.text,
        "digest": question.digest,
    }


def _document_row(document: Document) -> dict[str, Any]:
    return {
        "document": document.id,
        "title": document.title,
        "region": document.region,
        "aliases": list(document.aliases),
        "issuer": document.issuer,
        "number": document.number,
        "published": document.published,
        "period_first": document.period.first if document.period else None,
        "period_last": document.period.last if document.period else None,
        "file": document.file,
        "sha256": document.sha256,
        "contacts": list(document.contacts),
        "effective": document.effective,
        "valid_until": document.valid_until,
        "superseded_by": document.superseded_by,
    }


def _document(row: Row[Any]) -> Document:
    return Document(
        id=row.document,
        title=row.title,
        region=row.region,
        aliases=tuple(row.aliases),
        issuer=row.issuer,
        number=row.number,
        published=row.published,
        period=None if row.period_first is None else Period(row.period_first, row.period_last),
        file=row.file,
        sha256=row.sha256,
        contacts=tuple(row.contacts),
        effective=row.effective,
        valid_until=row.valid_until,
        superseded_by=row.superseded_by,
    )


def write_version(connection: Connection, key: str, version: Version) -> int:
    """Write a version with all that hangs on it; return its number.

    :param key: digest of all that decides what was read, see ``schema.documents``
    """
    digest = sha256(version.text.encode()).hexdigest()
    connection.execute(
        # written again where it is there: what a bad disk made of it is mended by reading the file anew
        sqlite_insert(texts).on_conflict_do_update(index_elements=["digest"], set_={"text": version.text}),
        {"digest": digest, "text": version.text},
    )
    pages = {"pages": list(version.pages)}
    row = {"key": key, "text": digest, **pages, **_document_row(version.document)}
    number = int(connection.execute(insert(documents).values(row).returning(documents.c.id)).scalar_one())
    facts: tuple[tuple[Table, list[dict[str, Any]]], ...] = (
        (clauses, [_clause_row(clause) for clause in version.clauses]),
        (passages, [_passage_row(passage) for passage in version.passages]),
        (indicators, [_indicator_row(indicator) for indicator in version.indicators]),
        (similar_questions, [_question_row(question) for question in version.questions]),
    )
    for table, rows in facts:
        if rows:
            placed = [{"version": number, "position": at, **row} for at, row in enumerate(rows)]
            connection.execute(insert(table), placed)
    return number


@dataclass(frozen=True, slots=True)
class StoredDocument:
    """A document with its stored text, and the offsets in it at which the file's pages begin."""

    version: int  # the number of the version
    document: Document
    text: str
    pages: tuple[int, ...]
    digest: str  # SHA-256 the text had when it was stored


def each_document(connection: Connection, generation: int) -> Iterator[StoredDocument]:
    """Yield the documents of a generation with their stored texts, in manifest order, one at a time."""
    query = (
        select(documents, texts.c.text.label("stored"))
        .join(generation_documents, generation_documents.c.version == documents.c.id)
        .join(texts, texts.c.digest == documents.c.text)
        .where(generation_documents.c.generation == generation)
        .order_by(generation_documents.c.position)
        .execution_options(yield_per=_AT_A_TIME)
    )
    for row in connection.execute(query):
        yield StoredDocument(row.id, _document(row), row.stored, tuple(row.pages), row.text)


def read_documents(connection: Connection, generation: int) -> list[StoredDocument]:
    """Return the documents of a generation with their stored texts, in manifest order."""
    return list(each_document(connection, generation))


def find_text(connection: Connection, document: str, sha256: str) -> str | None:
    """Return the stored text of a document's file, as it was last read; None where no row holds it any more."""
    query = (
        select(texts.c.text)
        .join(documents, documents.c.text == texts.c.digest)
        .where(documents.c.document == document, documents.c.sha256 == sha256)
        .order_by(documents.c.id.desc())
    )
    found: str | None = connection.execute(query).scalar()
    return found


def _facts(
    connection: Connection, generation: int, table: Table, columns: Sequence[str]
) -> Iterator[tuple[Any, ...]]:
    """Yield ``document, position, *columns`` of ``table`` in manifest order, then order of the text."""
    chosen: list[ColumnElement[Any]] = [table.c[name] for name in columns]
    query = (
        select(documents.c.document, table.c.position, *chosen)
        .join(generation_documents, generation_documents.c.version == table.c.version)
        .join(documents, documents.c.id == table.c.version)
        .where(generation_documents.c.generation == generation)
        .order_by(generation_documents.c.position, table.c.position)
    )
    return (tuple(row) for row in connection.execute(query))


def read_clauses(connection: Connection, generation: int) -> dict[str, tuple[Clause, ...]]:
    """Return the clauses of a generation by document id, in the order of the text."""
    found: dict[str, list[Clause]] = {}
    for row in _facts(connection, generation, clauses, CLAUSE_COLUMNS):
        found.setdefault(row[0], []).append(clause_of(*row))
    return {document: tuple(listed) for document, listed in found.items()}


def read_passages(connection: Connection, generation: int) -> tuple[Passage, ...]:
    """Return the passages of a generation: manifest order, then order of the text."""
    return tuple(passage_of(*row) for row in _facts(connection, generation, passages, PASSAGE_COLUMNS))


def read_begins(connection: Connection, generation: int) -> NDArray[np.int32]:
    """Return the offset at which each passage of a generation begins in its document's text: int32, (passages,)."""
    return np.array([row[2] for row in _facts(connection, generation, passages, ("span_start",))], np.int32)


def read_indicators(connection: Connection, generation: int) -> tuple[Indicator, ...]:
    """Return the indicators of a generation: manifest order, then the order they were read in."""
    return tuple(indicator_of(*row) for row in _facts(connection, generation, indicators, INDICATOR_COLUMNS))


def read_questions(connection: Connection, generation: int) -> tuple[SimilarQuestion, ...]:
    """Return the similar questions of a generation: manifest order, then the order they were written in."""
    names = ("clause", "first", "last", "text", "digest")
    facts = _facts(connection, generation, similar_questions, names)
    return tuple(SimilarQuestion(document, *rest) for document, _, *rest in facts)


def read_counts(connection: Connection, generation: int) -> dict[str, tuple[int, int]]:
    """Return how many passages and indicators each document of a generation has, in manifest order."""
    counted = []
    for table in (passages, indicators):
        query = (
            select(documents.c.document, func.count(table.c.version))
            .join(generation_documents, generation_documents.c.version == documents.c.id)
            .outerjoin(table, table.c.version == documents.c.id)
            .where(generation_documents.c.generation == generation)
            .group_by(generation_documents.c.position, documents.c.document)
            .order_by(generation_documents.c.position)
        )
        counted.append({name: int(count) for name, count in connection.execute(query)})
    return {name: (count, counted[1][name]) for name, count in counted[0].items()}
