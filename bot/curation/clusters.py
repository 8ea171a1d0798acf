"""Rows of the question log → questions that are one, by the cosine of their vectors."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

import numpy as np
from numpy.typing import NDArray

from bot.curation.types import Cluster
from bot.records.types import Complaint, Decision, Logged, Verdict

_ID_CHARS = 8  # hex digits: 1,000 open questions collide with a chance of 1 in 8,000
_WORDINGS = 5
_COMMENTS = 10


@dataclass(frozen=True, slots=True)
class Wording:
    """Everyone who asked in the very same words."""

    text: str
    rows: tuple[Logged, ...]  # oldest first

    @property
    def askers(self) -> int:
        """How many different people."""
        return len({row.asker for row in self.rows})


def id_of(question: str) -> str:
    """Return the id by which a question is named in a list or a button."""
    return sha256(question.encode()).hexdigest()[:_ID_CHARS]


def wordings_of(rows: Sequence[Logged]) -> list[Wording]:
    """Group rows by their words, those of most people first, then the most frequent, then the latest."""
    groups: defaultdict[str, list[Logged]] = defaultdict(list)
    for row in rows:
        groups[row.question.strip()].append(row)
    found = [Wording(text, tuple(listed)) for text, listed in groups.items()]
    found.sort(key=lambda one: (one.askers, len(one.rows), one.rows[-1].at, one.text), reverse=True)
    return found


def group(vectors: NDArray[np.float32], threshold: float) -> list[list[int]]:
    """Put each row to the first row before it that leads a group and is nearest, else let it lead its own.

    :param vectors: (rows, dim), L2-normalised, the most important first
    :param threshold: cosine from which two are the same
    :return: rows of each group, its leader first; groups in the order of their leaders
    """
    leaders: list[int] = []
    groups: list[list[int]] = []
    for row, vector in enumerate(vectors):
        cosines = vectors[leaders] @ vector if leaders else np.empty(0, np.float32)
        nearest = int(np.argmax(cosines)) if len(cosines) else -1
        if nearest >= 0 and cosines[nearest] >= threshold:
            groups[nearest].append(row)
        else:
            leaders.append(row)
            groups.append([row])
    return groups


def cluster_of(
    wordings: Sequence[Wording], complaints: Mapping[str, Sequence[Complaint]], decided: Decision | None
) -> Cluster:
    """Sum up one group.

    :param wordings: its leader first
    :param complaints: by the id of the answer
    """
    rows = [row for wording in wordings for row in wording.rows]
    said = [complaint for row in rows for complaint in complaints.get(row.id, ())]
    times = [row.at for row in rows]
    return Cluster(
        id=id_of(wordings[0].text),
        question=wordings[0].text,
        count=len(rows),
        askers=len({row.asker for row in rows}),
        statuses=dict(Counter(row.status for row in rows).most_common()),
        useless=sum(row.verdict is Verdict.USELESS for row in rows),
        reasons=dict(Counter(one.reason for one in said if one.reason).most_common()),
        comments=tuple(dict.fromkeys(one.comment for one in said if one.comment))[-_COMMENTS:],
        wordings=tuple(wording.text for wording in wordings[1 : _WORDINGS + 1]),
        first=min(times),
        last=max(times),
        decided=decided,
    )
