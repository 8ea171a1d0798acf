"""The nouns of administration."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from index.build import BuildReport
from index.diff import Difference
from index.errors import PolicybotError
from index.types import Document

_LISTED = 3  # problems an error spells out


class GateError(PolicybotError):
    """A generation that must not be published; ``problems`` says why, one line each."""

    def __init__(self, problems: tuple[str, ...]) -> None:
        self.problems = problems
        listed = ";".join(problems[:_LISTED]) + (f" 等 {len(problems)} 项" if len(problems) > _LISTED else "")
        super().__init__(f"没有发布,原来的索引不变:{listed}。确认无误可以加 --force 发布")


@dataclass(frozen=True, slots=True)
class Preview:
    """What was read from a file, and what publishing it would change; nothing has been written yet.

    ``document`` is what it becomes, ``entry`` that as the manifest writes it, ``sources`` the words each proposed
    key was read from, ``notes`` what the admin should look at.
    """

    file: Path
    document: Document
    entry: Mapping[str, Any]
    sources: Mapping[str, str]
    characters: int
    clauses: int
    passages: int
    indicators: int
    difference: Difference | None = None  # against the live version, for a replacement
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """A change that was published."""

    document: str
    report: BuildReport
    preview: Preview | None = None
    forced: tuple[str, ...] = field(default=())  # what the gate found and was overruled on
