"""Two wordings of a clause → the runs of words that differ."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

# A number, a Latin word, or one character: 450→500 is one change, not two digits
_TOKEN = re.compile(r"\d+(?:\.\d+)?|[A-Za-z]+|\s+|.", re.DOTALL)
_BRIDGED = 2  # tokens in common between two changes that are told as one: single characters meet by chance


@dataclass(frozen=True, slots=True)
class Run:
    """Words before and after: equal where they stayed, one "" where they came or went."""

    before: str
    after: str

    @property
    def same(self) -> bool:
        """Whether the words stayed."""
        return self.before == self.after


def _joined(runs: list[Run]) -> list[Run]:
    """Join changes that only a few common characters hold apart."""
    joined: list[Run] = []
    for at, run in enumerate(runs):
        inside = 0 < at < len(runs) - 1
        bridged = run.same and inside and len(_TOKEN.findall(run.after)) <= _BRIDGED
        if joined and not joined[-1].same and (bridged or not run.same):
            joined[-1] = Run(joined[-1].before + run.before, joined[-1].after + run.after)
        else:
            joined.append(run)
    return joined


def differing_words(before: str, after: str) -> tuple[Run, ...]:
    """Cut two wordings into the runs they share and the runs that differ; joined they give each wording back."""
    old, new = _TOKEN.findall(before), _TOKEN.findall(after)
    runs = [
        Run("".join(old[i:j]), "".join(new[k:m]))
        for _, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    ]
    return tuple(_joined(runs))
