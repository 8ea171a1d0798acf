"""Which indicator values are wanted: the filters that the command line, the API and the explorer share."""

from collections.abc import Callable
from dataclasses import dataclass

from bot.catalogue import find_document
from bot.errors import InputError
from index.generation import Generation
from index.types import Indicator
from retrieval.periods import era_of_period, era_of_row, eras_in
from retrieval.scope import regions_named

Test = Callable[[Indicator], bool]


@dataclass(frozen=True, slots=True)
class Filters:
    """What a value must be; None or "" lets any pass.

    ``name`` and ``category`` are parts of the printed words, ``words`` parts of the name or of the sentence, all of
    which must be there; ``role`` is target, baseline or actual; ``period`` a year, a plan's name or printed words.
    """

    document: str | None = None
    region: str | None = None
    name: str | None = None
    role: str | None = None
    period: str | None = None
    category: str | None = None
    attribute: str | None = None
    words: str | None = None


def _of_period(wanted: str, store: Generation) -> Test:
    """A year or a five-year plan by its name, or words of the printed period (每年)."""
    eras = set(eras_in(wanted, 0))

    def fits(row: Indicator) -> bool:
        own = store.documents[row.document].period
        era = era_of_row(row, era_of_period(own) if own else None)
        return era in eras if eras else wanted.removesuffix("年") in row.period

    return fits


def _of_region(wanted: str, store: Generation) -> Test:
    regions = regions_named(wanted, store.documents)
    if not regions:
        known = "、".join(dict.fromkeys(d.region for d in store.documents.values()))
        raise InputError(f"没有收录“{wanted}”;现有地区:{known or '无'}")
    return lambda row: store.documents[row.document].region in regions


def _of_words(wanted: str, store: Generation) -> Test:
    words = wanted.split()

    def fits(row: Indicator) -> bool:
        read = row.name + "\n" + row.span.of(store.texts[row.document])
        return all(word in read for word in words)

    return fits


def _tests(wanted: Filters, store: Generation) -> list[Test]:
    """One test a filter given."""
    tests: list[Test] = []
    if wanted.document:
        document = find_document(store, wanted.document)
        tests.append(lambda row: row.document == document.id)
    if wanted.region:
        tests.append(_of_region(wanted.region, store))
    if wanted.period:
        tests.append(_of_period(wanted.period, store))
    if name := wanted.name:
        tests.append(lambda row: name in row.name)
    if wanted.role:
        tests.append(lambda row: row.role.value == wanted.role)
    if category := wanted.category:
        tests.append(lambda row: category in row.category)
    if wanted.attribute:
        tests.append(lambda row: wanted.attribute == row.attribute)
    if wanted.words:
        tests.append(_of_words(wanted.words, store))
    return tests


def select(store: Generation, wanted: Filters) -> list[Indicator]:
    """Return the values that pass every filter, in the order of the documents.

    :raises InputError: no document, or no region, has the name given
    """
    tests = _tests(wanted, store)
    return [row for row in store.indicators if all(test(row) for test in tests)]


def title_of(wanted: Filters, rows: list[Indicator]) -> str:
    """What a chart of ``rows`` is called: the one measure's name, else the filters they were chosen by."""
    names = {row.name for row in rows}
    if len(names) == 1:
        return names.pop()
    given = (wanted.region, wanted.document, wanted.category, wanted.name, wanted.words, wanted.period)
    return " ".join(word for word in given if word) or "指标值"
