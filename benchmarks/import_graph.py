"""Prints how many imports lead from each package to each other: python benchmarks/import_graph.py."""

import ast
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("bot", "retrieval", "index")


def edges() -> Counter[tuple[str, str]]:
    """Count imports between packages, by file."""
    found: Counter[tuple[str, str]] = Counter()
    for package in PACKAGES:
        for path in (ROOT / package).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                names = [a.name for a in node.names] if isinstance(node, ast.Import) else []
                names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
                found.update((package, top) for name in names if (top := name.split(".")[0]) in PACKAGES)
    return found


def main() -> None:
    """Print one line an edge, inner imports left out."""
    for (source, target), count in sorted(edges().items()):
        if source != target:
            print(f"{source} → {target}  {count}")


if __name__ == "__main__":
    main()
