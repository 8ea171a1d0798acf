"""Documents, clauses and values as the API shows them, and the link of a passage into the reader."""

from collections.abc import Sequence
from http import HTTPStatus
from typing import Any
from urllib.parse import quote

from bot.catalogue import find_clause, find_document
from bot.channels.web.problems import RequestError
from bot.errors import InputError
from index import address
from index.generation import Generation
from index.types import Clause, Document, Indicator, Span


def reader_path(document: Document, clause: str, span: Span | None = None) -> str:
    """Return the reader's address of a clause, relative to the site: ``d/ID/第三章/第三节?hl=9512-9571&v=…#hl``.

    The version goes along, so that a link to words of an older file is known for what it is.
    """
    path = "/".join(
        ["d", quote(document.id, safe=""), *(quote(part, safe="") for part in clause.split("/") if part)]
    )
    return path + (f"?hl={span.start}-{span.end}&v={document.version}#hl" if span else "")


def old_path(document: Document, hl: str, version: str) -> str:
    """Return the address of the same words in the version that a link was made for."""
    return f"versions/{quote(document.id, safe='')}/{quote(version, safe='')}?hl={quote(hl)}#hl"


def document_at(store: Generation, name: str) -> Document:
    """Find a document by id, title or region.

    :raises RequestError: 404, with what there is
    """
    try:
        return find_document(store, name)
    except InputError as error:
        raise RequestError(HTTPStatus.NOT_FOUND, str(error)) from None


def clause_at(store: Generation, document: Document, wanted: str) -> Clause:
    """Find a clause by its path (``三/(二)/1``) or as a person writes it (``三(二)1``); "" is the whole document.

    :raises RequestError: 404, with the top of the outline
    """
    clauses = store.clauses[document.id]
    exact = next((clause for clause in clauses if clause.path == wanted), None)
    if exact:
        return exact
    try:
        return find_clause(store, document, wanted.replace("/", ""))
    except InputError as error:
        raise RequestError(HTTPStatus.NOT_FOUND, str(error)) from None


def outline(clauses: Sequence[Clause]) -> list[dict[str, Any]]:
    """Return the clause tree below the root, each node with its place and ``children``."""
    nodes: dict[str, dict[str, Any]] = {}
    top: list[dict[str, Any]] = []
    for clause in clauses:
        node: dict[str, Any] = {
            "clause": clause.path,
            "address": address.display(clause.path),
            "marker": clause.marker,
            "heading": clause.heading,
            "kind": clause.kind.value,
            "start": clause.span.start,
            "end": clause.span.end,
            "children": [],
        }
        nodes[clause.path] = node
        if clause.parent is not None:
            # a parent stands before its children; what hangs below the root is the top of the tree
            (nodes[clause.parent]["children"] if clause.parent else top).append(node)
    return top


def facets(store: Generation) -> dict[str, list[str]]:
    """List what the values can be filtered by: the regions, categories and attributes there are."""

    def distinct(found: Sequence[str]) -> list[str]:
        return [word for word in dict.fromkeys(found) if word]

    rows: Sequence[Indicator] = store.indicators
    return {
        "regions": distinct([document.region for document in store.documents.values()]),
        "categories": distinct([row.category for row in rows]),
        "attributes": distinct([row.attribute for row in rows]),
    }
