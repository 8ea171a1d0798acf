"""Which questions a decision has dealt with: those asked before the publication that follows it."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from bot.records.types import Decision, DecisionKind, Logged
from index.lexicon import fold
from index.questions_edit import same_words


def settles(decision: Decision, row: Logged) -> bool:
    """Whether a row was asked before the decision could show: until then it says nothing new."""
    if row.at <= decision.at:
        return True
    return row.generation is None or decision.generation is None or row.generation <= decision.generation


def decision_on(
    text: str, cosines: NDArray[np.float32], decisions: Sequence[Decision], threshold: float
) -> Decision | None:
    """Return the last decision about a question, in these words or nearly the same.

    :param cosines: of the question with that of each decision, (decisions,)
    :param decisions: oldest first
    """
    for decision, cosine in zip(reversed(decisions), cosines[::-1], strict=True):
        if decision.kind is DecisionKind.SYNONYM and fold(decision.question) in fold(text):
            return decision
        if cosine >= threshold or same_words(decision.question, text):
            return decision
    return None
