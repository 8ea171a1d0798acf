"""Score extracted indicator rows against a gold set of the quantitative statements of some documents.

    python benchmarks/indicator_gold.py GOLD.jsonl ROWS.jsonl [--failures N]

A gold line is ``{document, name, value, unit, comparator, role, period, quote}``; it has no offsets. A row is an
entry of ``policybot indicators --json`` (``quote``, ``start`` and ``end`` are the row's span). A row matches a gold
line when document, value, unit and role agree and one quote lies within the other, blanks apart; each is used once.

Printed: precision, recall, F1; of the matched, how many agree in comparator and period, and the mean similarity of
names (longest common subsequence over the longer name, 1.0 = equal).
"""

import argparse
import json
import sys
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

Record = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Score:
    """The matched pairs ``(gold, row)`` and what is left on either side."""

    pairs: tuple[tuple[Record, Record], ...]
    missed: tuple[Record, ...]
    surplus: tuple[Record, ...]

    @property
    def precision(self) -> float:
        """Share of the rows that match a gold line; 0.0 where there is no row."""
        rows = len(self.pairs) + len(self.surplus)
        return len(self.pairs) / rows if rows else 0.0

    @property
    def recall(self) -> float:
        """Share of the gold lines that a row matches; 0.0 where there is no gold."""
        gold = len(self.pairs) + len(self.missed)
        return len(self.pairs) / gold if gold else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


def _squeeze(text: str) -> str:
    return "".join(text.split())


def _key(record: Record) -> tuple[str, str, str, str]:
    return record["document"], record["value"], record["unit"], record["role"]


def _overlap(gold: Record, row: Record) -> bool:
    """Whether the two quotes are the same place: one holds the other, blanks and closing marks apart."""
    wanted, found = (_squeeze(record["quote"]).rstrip("。;;|") for record in (gold, row))
    return wanted in found or found in wanted or any(part in found for part in _halves(wanted))


def _halves(quote: str) -> list[str]:
    """Cut a gold quote at its sentence ends: it may run over several parts of a row's sentence."""
    return [part for part in quote.replace(";", "。").replace(";", "。").split("。") if len(part) > 3]


def match(gold: Sequence[Record], rows: Sequence[Record]) -> Score:
    """Pair gold lines and rows greedily, the most alike names first, each used once."""
    by_key: dict[tuple[str, str, str, str], list[int]] = defaultdict(list)
    for at, row in enumerate(rows):
        by_key[_key(row)].append(at)
    candidates = sorted(
        (-similarity(wanted["name"], rows[at]["name"]), i, at)
        for i, wanted in enumerate(gold)
        for at in by_key[_key(wanted)]
        if _overlap(wanted, rows[at])
    )
    used_gold: dict[int, int] = {}
    used_rows: set[int] = set()
    for _, i, at in candidates:
        if i not in used_gold and at not in used_rows:
            used_gold[i] = at
            used_rows.add(at)
    return Score(
        tuple((gold[i], rows[at]) for i, at in sorted(used_gold.items())),
        tuple(wanted for i, wanted in enumerate(gold) if i not in used_gold),
        tuple(row for at, row in enumerate(rows) if at not in used_rows),
    )


def similarity(one: str, other: str) -> float:
    """Return the longest common subsequence of two names over the longer one, 0.0 to 1.0."""
    if not one or not other:
        return 0.0
    line = [0] * (len(other) + 1)
    for left in one:
        previous = 0
        for at, right in enumerate(other, 1):
            previous, line[at] = line[at], previous + 1 if left == right else max(line[at], line[at - 1])
    return line[-1] / max(len(one), len(other))


def _share(score: Score, *fields: str) -> float:
    agreed = sum(all(gold[f] == row[f] for f in fields) for gold, row in score.pairs)
    return agreed / len(score.pairs) if score.pairs else 0.0


def _print_figures(label: str, score: Score) -> None:
    names = [similarity(gold["name"], row["name"]) for gold, row in score.pairs]
    print(
        f"{label:<12} precision {score.precision:.3f}  recall {score.recall:.3f}  F1 {score.f1:.3f}"
        f"  matched {len(score.pairs)}  comparator {_share(score, 'comparator'):.3f}"
        f"  period {_share(score, 'period'):.3f}  names {sum(names) / max(1, len(names)):.3f}"
    )


def _print_records(title: str, records: Sequence[Record], limit: int) -> None:
    for record in records[:limit]:
        fields = " ".join(
            f"{record[f]}" for f in ("document", "name", "comparator", "value", "unit", "role", "period")
        )
        print(f"{title} {fields} | {record['quote'][:60]}")


def _read(path: Path) -> list[Record]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the figures for all documents together and for each; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("gold", type=Path)
    parser.add_argument("rows", type=Path)
    parser.add_argument(
        "--failures", type=int, default=0, metavar="N", help="print up to N of each kind of miss"
    )
    options = parser.parse_args(arguments)
    gold, rows = _read(options.gold), _read(options.rows)
    for document in sorted({record["document"] for record in gold}):
        mine = [[r for r in records if r["document"] == document] for records in (gold, rows)]
        _print_figures(document, match(*mine))
    total = match(gold, rows)
    _print_figures("all", total)
    _print_records("missed ", total.missed, options.failures)
    _print_records("surplus", total.surplus, options.failures)
    renamed = [
        (g, r) for g, r in total.pairs if similarity(g["name"], r["name"]) < 0.8 or g["period"] != r["period"]
    ]
    for wanted, row in renamed[: options.failures]:
        print(f"differs {wanted['name']} {wanted['period']} -> {row['name']} {row['period']}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
