"""What an indicator is found by: the words of its category and name."""

import re
from hashlib import sha256

from index.types import Indicator

_RHYTHM = re.compile(r"年均|每年|累计")


def same_measure(one: Indicator, other: Indicator) -> bool:
    """Whether two rows of a document are of one measure: 年均新增就业岗位 in its table, 新增就业岗位 in its prose."""
    names = {_RHYTHM.sub("", row.name) for row in (one, other)}
    return one.document == other.document and len(names) == 1


def measure_text(row: Indicator) -> str:
    """Return the text whose vector stands for an indicator's measure."""
    return f"{row.category} {row.name}".strip()


def measure_digest(row: Indicator) -> str:
    """Return the SHA-256 of :func:`measure_text`, the key under which its vector is cached."""
    return sha256(measure_text(row).encode()).hexdigest()
