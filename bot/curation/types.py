"""The nouns of curation."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.records.types import Decision, Statistics, Topic
from index.build import BuildReport


@dataclass(frozen=True, slots=True)
class Cluster:
    """Questions that are one and the same, as far as vectors can tell; every word is masked.

    ``id`` is stable for as long as ``question``, the wording asked most often, is. ``statuses`` counts questions by
    the status of their answer, ``reasons`` the thumbs down by reason. ``wordings`` are others, most frequent first.
    """

    id: str
    question: str
    count: int
    askers: int
    statuses: Mapping[str, int]
    useless: int  # questions whose answer somebody gave a thumbs down
    reasons: Mapping[str, int]
    comments: tuple[str, ...]
    wordings: tuple[str, ...]
    first: datetime
    last: datetime
    decided: Decision | None = None  # decided before, and asked again of a later index


@dataclass(frozen=True, slots=True)
class Open:
    """What waits for a decision, most askers first; ``left_out`` wordings were too many to be compared."""

    clusters: tuple[Cluster, ...]
    left_out: int = 0


@dataclass(frozen=True, slots=True)
class Overview:
    """Figures of the last ``days`` days; ``decisions`` counts what admins decided, by kind."""

    days: int
    statistics: Statistics
    topics: tuple[Topic, ...]
    decisions: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision that was made: the files of docs_corpus/ it changed, and the publication where there was one."""

    decision: Decision
    files: tuple[str, ...]
    report: BuildReport | None = None
