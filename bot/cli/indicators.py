"""``policybot indicators``: the indicator values, filtered, as lines, JSON, CSV, an Excel sheet or a chart."""

import argparse
import sys
from collections.abc import Callable

from bot import app
from bot.catalogue import find_document
from bot.cli.listing import print_values
from bot.config import Config
from bot.errors import InputError
from index.store import Generation
from index.types import Indicator
from retrieval.periods import era_of_period, era_of_row, eras_in
from retrieval.scope import regions_named

Test = Callable[[Indicator], bool]


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


def _tests(options: argparse.Namespace, store: Generation) -> list[Test]:
    """One test a filter given."""
    tests: list[Test] = []
    if options.document:
        document = find_document(store, options.document)
        tests.append(lambda row: row.document == document.id)
    if options.region:
        tests.append(_of_region(options.region, store))
    if options.period:
        tests.append(_of_period(options.period, store))
    if options.name:
        tests.append(lambda row: options.name in row.name)
    if options.role:
        tests.append(lambda row: row.role.value == options.role)
    if options.category:
        tests.append(lambda row: options.category in row.category)
    if options.attribute:
        tests.append(lambda row: options.attribute == row.attribute)
    return tests


def _title(options: argparse.Namespace, rows: list[Indicator]) -> str:
    """What a chart is called: the one measure's name, else the filters it was asked with."""
    names = {row.name for row in rows}
    if len(names) == 1:
        return names.pop()
    given = (options.region, options.document, options.category, options.name, options.period)
    return " ".join(word for word in given if word) or "指标值"


def run(config: Config, options: argparse.Namespace) -> None:
    """List the values that pass every filter, or write them where a file is named."""
    store = app.open_for_lookup(config)
    tests = _tests(options, store)
    rows = [row for row in store.indicators if all(test(row) for test in tests)]
    if options.chart:
        from bot.charts.prepare import chart_of
        from bot.charts.save import save

        save(chart_of(rows, store.documents, _title(options, rows)), options.chart)
        print(f"已画好:{options.chart}", file=sys.stderr)
    elif options.xlsx:
        from bot.cli.workbook import write_workbook

        write_workbook(store, rows, options.xlsx)
        print(f"已存好 {len(rows)} 个指标值:{options.xlsx}", file=sys.stderr)
    else:
        print_values(store, rows, "json" if options.json else "csv" if options.csv else "text")
