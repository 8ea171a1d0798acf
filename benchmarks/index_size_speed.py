"""What an index takes on disk and in memory: python benchmarks/index_size_speed.py.

Megabytes of the live generation and of the database for a million characters of text, and the resident memory of a
process before and after it has opened the index and answered once. Needs a built index. Last, JSON.
"""

import json
import re
from pathlib import Path

from bot import app, config


def resident_mb() -> float:
    """Resident memory of this process."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    found = re.search(r"VmRSS:\s+(\d+) kB", status)
    return int(found[1]) / 1024 if found else 0.0


def size_mb(folder: Path) -> float:
    """Megabytes of the files of a folder."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 1e6


def main() -> None:
    """Print a table, then JSON."""
    found = config.load()
    before = resident_mb()
    answerer = app.open_answerer(found)
    answerer.ask("灵活就业补贴")
    characters = sum(map(len, answerer.texts.values()))
    live = max((found.data_dir / "generations").iterdir(), key=lambda path: int(path.name))
    figures = {
        "passages": len(answerer.store.passages),
        "characters": characters,
        "generation_mb": size_mb(live),
        "generation_mb_per_million_characters": size_mb(live) / characters * 1e6,
        "database_mb": sum(path.stat().st_size for path in found.data_dir.glob("policybot.sqlite3*")) / 1e6,
        "resident_before_mb": before,
        "resident_after_mb": resident_mb(),
    }
    for name, value in figures.items():
        print(f"{name:<40}{value:12.1f}")
    print(json.dumps({name: round(value, 1) for name, value in figures.items()}))


if __name__ == "__main__":
    main()
