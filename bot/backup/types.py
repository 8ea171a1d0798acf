"""What a backup is made of: names inside the archive and what is noted of each file."""

from dataclasses import dataclass

FORMAT = 1
CONTENTS = "contents.json"  # the first member: format, time, and size and SHA-256 of all others
CONFIG, CORPUS, DATA = "config.yaml", "docs_corpus", "data"


@dataclass(frozen=True, slots=True)
class Kept:
    """One file of a backup."""

    name: str  # inside the archive, with /
    size: int  # bytes
    sha256: str
