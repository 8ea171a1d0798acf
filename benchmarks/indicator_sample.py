"""Reads every document below a folder, prints how many values each states, and draws a sample to check by hand.

    python benchmarks/indicator_sample.py FOLDER [--only TEXT …] [--sample N] [--seed S] [--most M]

A sample takes at most M values of a document, so that one long table does not fill it. What a document says of itself
(title, dates, period) is read from its text, as ``docs add`` would propose it.
"""

import argparse
import random
from collections.abc import Sequence
from pathlib import Path

from index.errors import CorpusError
from index.indicators import Extract, extract
from index.proposals import propose
from index.readers import read
from index.tree import parse
from index.types import Document, Indicator

_CONTEXT = 60  # characters printed before a value
_AFTER = 30


def _read(path: Path) -> tuple[str, Extract]:
    stored = read(path)
    said = propose(stored, path)
    document = Document(
        id=path.stem,
        title=said.title.value if said.title else path.stem,
        region=said.region.value if said.region else "",
        aliases=(),
        issuer=None,
        number=None,
        published=said.published.value if said.published else None,
        period=said.period.value if said.period else None,
        file=path.name,
        sha256="0" * 64,
    )
    clauses = parse(document.id, stored.text, stored.headings)
    return stored.text, extract(document, stored.text, clauses, stored.tables)


def _show(number: int, text: str, row: Indicator) -> None:
    start, end = row.value_span.start, row.value_span.end
    before, after = text[max(0, start - _CONTEXT) : start], text[end : end + _AFTER]
    words = f"{before}【{row.value}】{after}".replace("\n", "⏎")
    print(f"{number:3} {row.document[:30]}\n    {row.name} {row.comparator} {row.value}{row.unit}", end=" ")
    print(f"({row.role.value} {row.period} {row.category})\n    {words}")


def main(arguments: Sequence[str] | None = None) -> None:
    """Print a line a document, the doubts, and the sample."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--only", nargs="*", default=[], help="documents whose path holds one of these")
    parser.add_argument("--sample", type=int, default=0)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--most", type=int, default=5)
    options = parser.parse_args(arguments)
    draw = random.Random(options.seed)
    pool: list[tuple[str, Indicator]] = []
    documents = values = doubts = 0
    for path in sorted(p for p in options.folder.rglob("*") if p.is_file()):
        if options.only and not any(text in str(path) for text in options.only):
            continue
        try:
            text, found = _read(path)
        except CorpusError:
            continue
        documents, values, doubts = (
            documents + 1,
            values + len(found.rows),
            doubts + len(found.warnings),
        )
        print(f"{len(found.rows):5} {path.relative_to(options.folder)}")
        for warning in found.warnings:
            print(f"      ? {warning.quote}…: {warning.message}")
        taken = draw.sample(found.rows, min(options.most, len(found.rows)))
        pool += [(text, row) for row in taken]
    print(f"{documents} documents, {values} values, {doubts} doubts")
    for number, (text, row) in enumerate(draw.sample(pool, min(options.sample, len(pool))), start=1):
        _show(number, text, row)


if __name__ == "__main__":
    main()
