"""The nouns of the doctor."""

from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    """How a part of the installation is."""

    OK = "ok"
    WARNING = "warning"  # it works, and should be looked at
    FAULT = "fault"  # questions are not answered, or records not kept


@dataclass(frozen=True, slots=True)
class Finding:
    """One line: which part, how it is, and what to do where it is not well."""

    part: str
    state: State
    words: str
