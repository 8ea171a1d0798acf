"""Which documents can hold words to the letter: those that hold every pair of their characters.

Of very many documents nearly all are ruled out without a look at their text.
"""

import re
from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from index.generation import Generation

MANY = 50  # texts that are looked through rather than asking the passages
_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]+")


def documents_with(words: str, store: Generation) -> Sequence[str]:
    """Return the ids of the documents that may hold ``words``, in manifest order: every one that does is among them.

    Words without two Chinese characters side by side rule out none. Where more than ``MANY`` hold every pair, only those
    count that hold them in one passage.
    """
    ids = tuple(store.documents)
    pairs = sorted({first + second for run in _HAN.findall(words) for first, second in pairwise(run)})
    if not pairs:
        return ids
    holding = store.document_bigrams.holding(pairs)
    if len(holding) > MANY:
        together = np.bincount(store.places[store.bigrams.holding(pairs)], minlength=len(ids))
        holding = holding[together[holding] > 0]
    return [ids[place] for place in holding]
