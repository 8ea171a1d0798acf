"""``policybot indicators``: the indicator values, filtered, as lines, JSON, CSV, an Excel sheet or a chart."""

import argparse
import sys
from dataclasses import fields

from bot import app
from bot.cli.listing import print_values
from bot.config import Config
from bot.selection import Filters, select, title_of


def _filters(options: argparse.Namespace) -> Filters:
    return Filters(**{field.name: getattr(options, field.name, None) for field in fields(Filters)})


def run(config: Config, options: argparse.Namespace) -> None:
    """List the values that pass every filter, or write them where a file is named."""
    store = app.open_for_lookup(config)
    wanted = _filters(options)
    rows = select(store, wanted)
    if options.chart:
        from bot.charts.prepare import chart_of
        from bot.charts.save import save

        save(chart_of(rows, store.documents, title_of(wanted, rows)), options.chart)
        print(f"已画好:{options.chart}", file=sys.stderr)
    elif options.xlsx:
        from bot.cli.workbook import write_workbook

        write_workbook(store, rows, options.xlsx)
        print(f"已存好 {len(rows)} 个指标值:{options.xlsx}", file=sys.stderr)
    else:
        print_values(store, rows, "json" if options.json else "csv" if options.csv else "text")
