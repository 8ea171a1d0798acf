"""Reads every document below a folder and prints what came of it.

    python benchmarks/readers.py FOLDER [--tables GOLD.jsonl] [--tree NAME] [--text NAME]

Per format: files read, characters, tables, clauses, seconds; each refusal with its reason. ``--tables`` compares
table grids with a gold file (one object a table: file, table, rows, cols, cells with row, col, rowspan, colspan,
text). ``--tree`` prints the clauses of the files whose name contains NAME, ``--text`` their stored text.
"""

import argparse
import json
import time
from collections import defaultdict
from dataclasses import asdict
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

from index.errors import CorpusError
from index.proposals import propose
from index.readers import read
from index.readers.types import StoredText
from index.tree import parse
from index.types import Clause, Table


def _squeeze(text: str) -> str:
    return "".join(text.split())


def _tree(stored: StoredText) -> tuple[Clause, ...]:
    return parse("d", stored.text, stored.headings)


def _read_all(folder: Path) -> dict[Path, StoredText]:
    found: dict[Path, StoredText] = {}
    totals: dict[str, list[float]] = defaultdict(lambda: [0, 0, 0, 0, 0.0])
    for path in sorted(p for p in folder.rglob("*") if p.is_file() and p.suffix not in (".tsv", ".jsonl")):
        begun = time.perf_counter()
        total = totals[f"{path.parent.name}/*{path.suffix}"]
        try:
            stored = found[path] = read(path)
        except CorpusError as error:
            print("refused:", error)
            continue
        counts = (1, len(stored.text), len(stored.tables), len(_tree(stored)), time.perf_counter() - begun)
        for at, value in enumerate(counts):
            total[at] += value
    print(f"{'format':28} {'read':>5} {'chars':>9} {'tables':>7} {'clauses':>8} {'seconds':>8}")
    for name, (count, chars, tables, clauses, seconds) in totals.items():
        print(f"{name:28} {count:5} {chars:9} {tables:7} {clauses:8} {seconds:8.2f}")
    return found


def _gold_cells(gold: dict[str, Any]) -> set[tuple[int, int, int, int, str]]:
    return {(c["row"], c["col"], c["rowspan"], c["colspan"], _squeeze(c["text"])) for c in gold["cells"]}


def _cells(stored: StoredText, table: Table) -> set[tuple[int, int, int, int, str]]:
    return {
        (c.row, c.column, c.rows, c.columns, _squeeze(c.span.of(stored.text)).replace("\uff5c", "|"))
        for c in table.cells
    }


def _score_tables(found: dict[Path, StoredText], gold_file: Path) -> None:
    """Give every gold table the table of its file it shares most cells with."""
    right = total = 0
    for line in gold_file.read_text(encoding="utf-8").splitlines():
        gold = json.loads(line)
        cells = _gold_cells(gold)
        stored = next((s for path, s in found.items() if path.name == gold["file"]), StoredText(""))
        best = max(
            (_cells(stored, table) for table in stored.tables), key=lambda c: len(c & cells), default=set()
        )
        right += len(best & cells)
        total += len(cells)
        print(f"{len(best & cells):4}/{len(cells):<4} {gold['file']} table {gold['table']}")
        for cell in sorted(cells - best)[:3]:
            print("      missed", cell)
    print(f"cells right: {right}/{total} = {right / total:.4f}")


def _score_twins(found: dict[Path, StoredText]) -> None:
    """Compare the clause paths of files that share their name's stem with those of the web page."""
    pages = {path.stem: stored for path, stored in found.items() if path.suffix == ".html"}
    for path, stored in found.items():
        if path.suffix not in (".docx", ".pdf") or path.stem not in pages:
            continue
        page = pages[path.stem]
        ours, theirs = [c.path for c in _tree(stored)], [c.path for c in _tree(page)]
        paths = SequenceMatcher(None, ours, theirs, autojunk=False).ratio()
        words = SequenceMatcher(
            None, _squeeze(stored.text), _squeeze(page.text), autojunk=False
        ).quick_ratio()
        print(f"paths {paths:.4f} ({len(ours)} / {len(theirs)}) words {words:.4f} {path.name}")


def _show(found: dict[Path, StoredText], tree: str | None, text: str | None) -> None:
    for path, stored in found.items():
        if tree and tree in path.name:
            print(f"\n== {path.name}")
            for clause in _tree(stored):
                own = clause.own.of(stored.text)[:40].replace("\n", "/")
                print(f"{'  ' * clause.depth}{clause.path}  [{clause.heading}]  {own}")
            for name, value in asdict(propose(stored, path)).items():
                print(f"  {name}: {value and value['value']}")
        if text and text in path.name:
            print(f"\n== {path.name}\n{stored.text}")


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--tables", type=Path)
    parser.add_argument("--tree")
    parser.add_argument("--text")
    options = parser.parse_args()
    found = _read_all(options.folder)
    if options.tables:
        _score_tables(found, options.tables)
    _score_twins(found)
    _show(found, options.tree, options.text)


if __name__ == "__main__":
    main()
