"""The nouns of administration."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from index.build import BuildReport
from index.diff import Difference
from index.errors import PolicybotError


class GateError(PolicybotError):
    """A generation that must not be published; ``problems`` says why, one line each."""

    def __init__(self, problems: tuple[str, ...]) -> None:
        self.problems = problems
        listed = ";".join(problems)
        super().__init__(f"没有发布,原来的索引不变:{listed}。确认无误可以加 --force 发布")


@dataclass(frozen=True, slots=True)
class Preview:
    """What was read from a file, and what publishing it would change; nothing has been written yet.

    ``entry`` is the manifest entry it would get, ``sources`` the words each proposed key was read from.
    """

    file: Path
    entry: Mapping[str, Any]
    sources: Mapping[str, str]
    characters: int
    clauses: int
    passages: int
    indicators: int
    difference: Difference | None = None  # against the live version, for a replacement


@dataclass(frozen=True, slots=True)
class Outcome:
    """A change that was published."""

    document: str
    report: BuildReport
    preview: Preview | None = None
    forced: tuple[str, ...] = field(default=())  # what the gate found and was overruled on
