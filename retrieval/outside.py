"""Whether a question is one that an admin decided is out of scope.

A mistake here hides an answer, and a cosine alone makes many: 零工市场建几个 and 零工市场谁来建 have 0.98. So another wording
counts only where it also has the same content words and asks for the same kind of thing, of the same place and time.
"""

import re
from collections.abc import Callable, Hashable
from dataclasses import dataclass

import numpy as np

from index.encoders import Encoder
from index.lexicon import bare, fold
from index.outside import Outside
from index.vectors import VectorIndex
from retrieval.types import Question

# Cosine from which the same words are the same question; docs/privacy.md has the figures.
SAME = 0.95
_NUMBER = re.compile(r"[0-9]+")


def meaning(question: Question) -> Hashable:
    """Return what two wordings of one question share: content words, kinds, period and numbers."""
    numbers = tuple(_NUMBER.findall(fold(question.text)))
    asked = frozenset(question.kinds), question.addresses, question.phrases
    return frozenset(question.terms), asked, question.period, question.years, question.eras, numbers


def _places(question: Question) -> frozenset[str]:
    return frozenset((*question.regions, *question.elsewhere, *question.documents))


@dataclass(frozen=True, slots=True)
class OutOfScope:
    """The questions of a generation that are out of scope, understood; row ``i`` of ``vectors`` is that of ``i``."""

    questions: tuple[Question, ...] = ()
    vectors: VectorIndex | None = None

    @classmethod
    def of(cls, outside: Outside, understand: Callable[[str], Question]) -> "OutOfScope":
        """Understand the questions as they are when someone asks them."""
        return cls(tuple(map(understand, outside.questions)), outside.vectors)

    def holds(self, question: Question, encoder: Encoder) -> bool:
        """Whether a question is one of them; one that was decided without a place holds for every place."""
        words, sense, places = bare(question.text), meaning(question), _places(question)
        alike = []
        for row, known in enumerate(self.questions):
            if bare(known.text) == words:
                return True
            if meaning(known) == sense and question.terms and _places(known) in (places, frozenset()):
                alike.append(row)
        if not alike or self.vectors is None:
            return False
        vector = encoder.encode_queries([question.text])[0]
        return bool(np.max(self.vectors.reconstruct(np.array(alike)) @ vector) >= SAME)
