"""Pages of a document's earlier versions: which there are, what one said, what differs between two."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from http import HTTPStatus
from typing import NoReturn

from bot.channels.web.problems import RequestError
from bot.channels.web.reader import Line, cut, read_span
from bot.errors import InputError
from index import address
from index.diff import ClauseChange, Difference
from index.errors import StoreError
from index.types import Document, Span
from index.words_diff import Run, differing_words


@dataclass(frozen=True, slots=True)
class Past:
    """Where earlier versions come from; each raises InputError for what never was, StoreError for what is gone.

    ``listed`` gives the versions of a document, the newest first; ``text`` what one says; ``difference`` the names
    of two versions and what differs, by default the newest and the one before.
    """

    listed: Callable[[str], tuple[Document, ...]]
    text: Callable[[str, str], str]
    difference: Callable[[str, str | None, str | None], tuple[str, str, Difference]]


def _nothing(name: str, *versions: str | None) -> NoReturn:
    raise InputError(f"没有留存 {name} 以前的版本")


NO_PAST = Past(_nothing, _nothing, _nothing)  # where no earlier versions are kept


@dataclass(frozen=True, slots=True)
class Change:
    """One clause of a diff: its place, what became of it, its words in runs that stayed, went or came."""

    address: str
    kind: str
    runs: tuple[Run, ...]


def _refusing(error: InputError | StoreError) -> RequestError:
    return RequestError(HTTPStatus.NOT_FOUND, str(error))


def _changes(kind: str, changes: tuple[ClauseChange, ...]) -> Iterator[Change]:
    for change in changes:
        where = address.display(change.path) or "正文"
        yield Change(where, kind, differing_words(change.before, change.after))


def changes_of(found: Difference) -> list[Change]:
    """Return the clauses that differ, word by word."""
    return [
        *_changes("改动", found.changed),
        *_changes("新增", found.added),
        *_changes("删除", found.removed),
    ]


def versions(past: Past, name: str) -> tuple[Document, ...]:
    """List the versions of a document, the newest first; none where nothing is kept."""
    try:
        return past.listed(name)
    except (InputError, StoreError):
        return ()


def old_lines(past: Past, name: str, version: str, hl: str) -> list[Line]:
    """Return the lines of a version, with the characters ``hl`` of it highlighted.

    :raises RequestError: 404, there is no such version or it is not kept any more
    """
    try:
        text = past.text(name, version)
    except (InputError, StoreError) as error:
        raise _refusing(error) from None
    marked = read_span(hl, Span(0, len(text)))
    lines, start = [], 0
    for line in text.split("\n"):
        if line.strip():
            lines.append(cut(text, Span(start, start + len(line)), marked))
        start += len(line) + 1
    return lines


def compared(
    past: Past, name: str, before: str | None, after: str | None
) -> tuple[str, str, Difference, list[Change]]:
    """Compare two versions, by default the newest with the one before it.

    :return: the names of the two, what differs, and the clauses that do
    :raises RequestError: 404, there are no such two versions
    """
    try:
        older, newer, found = past.difference(name, before, after)
    except (InputError, StoreError) as error:
        raise _refusing(error) from None
    return older, newer, found, changes_of(found)
