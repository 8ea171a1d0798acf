"""What checking the files costs at the start: python benchmarks/seal_speed.py [DATA_DIR].

Opens the live generation again and again, with and without the check of its seals, in turn; then hashes its files with
each candidate. Prints medians in milliseconds.
"""

import hashlib
import sys
from collections.abc import Callable
from pathlib import Path
from statistics import median
from time import perf_counter

from bot import app, config
from index.database import generation_folder, transaction
from index.publish import live_generation
from index.store import load_generation, open_generation

TIMES = 15
HASHES = ("sha256", "blake2b", "sha1", "md5")


def milliseconds(work: Callable[[], object]) -> float:
    """How long one call takes."""
    begun = perf_counter()
    work()
    return (perf_counter() - begun) * 1000


def main(data_dir: Path | None) -> None:
    """Measure and print."""
    found = config.load(data_dir=data_dir)
    stamp = app.open_parts(found).stamp
    with transaction(found.data_dir) as connection:
        number = live_generation(connection) or 0
    folder = generation_folder(found.data_dir, number)
    files = [path for path in folder.rglob("*") if path.is_file()]

    def unchecked() -> None:
        with transaction(found.data_dir) as connection:
            load_generation(connection, found.data_dir, number, stamp)

    def hashed(name: str) -> None:
        for path in files:
            with path.open("rb") as file:
                hashlib.file_digest(file, name)

    pairs = [
        (milliseconds(unchecked), milliseconds(lambda: open_generation(found.data_dir, stamp)))
        for _ in range(TIMES)
    ]
    print(f"{len(files)} files, {sum(path.stat().st_size for path in files) / 1e6:.1f} MB")
    print(
        f"open unchecked {median(p[0] for p in pairs):.1f} ms, checked {median(p[1] for p in pairs):.1f} ms"
    )
    for name in HASHES:
        print(f"{name}: {median(milliseconds(lambda name=name: hashed(name)) for _ in range(TIMES)):.1f} ms")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else None)
