"""What a reader returns."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class StoredText:
    """A document as it is stored: never edited afterwards; every span of the index counts its characters."""

    text: str
