"""What an indicator is found by: the words of its category and name."""

from hashlib import sha256

from index.types import Indicator


def measure_text(row: Indicator) -> str:
    """Return the text whose vector stands for an indicator's measure."""
    return f"{row.category} {row.name}".strip()


def measure_digest(row: Indicator) -> str:
    """Return the SHA-256 of :func:`measure_text`, the key under which its vector is cached."""
    return sha256(measure_text(row).encode()).hexdigest()
