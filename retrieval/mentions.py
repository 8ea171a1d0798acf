"""Which documents can hold words to the letter: those that hold every pair of their characters.

Of very many documents nearly all are ruled out without a look at their text.
"""

import re
from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from index.generation import Generation

_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]+")


def documents_with(words: str, store: Generation) -> Sequence[str]:
    """Return the ids of the documents that may hold ``words``, in manifest order: every one that does is among them.

    Words without two Chinese characters side by side rule out none.
    """
    pairs = {first + second for run in _HAN.findall(words) for first, second in pairwise(run)}
    if not pairs:
        return tuple(store.documents)
    held = store.document_bigrams.scores([[pair] for pair in sorted(pairs)])
    ids = tuple(store.documents)
    return [ids[place] for place in np.flatnonzero((held > 0).all(axis=0))]
