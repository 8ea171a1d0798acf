"""Which documents can hold words to the letter: those that hold every pair of their characters.

Of very many documents nearly all are ruled out without a look at their text.
"""

import re
from collections.abc import Collection, Iterable, Sequence
from itertools import islice, pairwise

import numpy as np

from index.generation import Generation
from index.paged import read_ahead
from index.tokens import Tokenizer

MANY = 50  # texts that are looked through rather than asking the passages
AT_ONCE = 5  # texts read together: most often the first holds them
_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]+")


def _pairs(words: str) -> list[str]:
    """The pairs of Chinese characters side by side."""
    return sorted({first + second for run in _HAN.findall(words) for first, second in pairwise(run)})


def stands(
    words: str, store: Generation, documents: Collection[str] | None = None, *, lower: bool = False
) -> bool:
    """Whether a document holds ``words`` to the letter.

    Of very many that hold each pair of their characters in one passage, ``MANY`` are looked through: where none of these
    holds the words, they are words that merely stand beside each other.

    :param documents: only these count; all when None
    :param lower: whether capital letters of the documents count as small ones
    """
    ids, pairs = tuple(store.documents), _pairs(words)

    def asked(may: Iterable[str], most: int | None = None) -> list[str]:
        return list(islice((each for each in may if documents is None or each in documents), most))

    def held(near: Sequence[str]) -> bool:
        read_ahead(store.texts, near)
        texts = (store.texts[document] for document in near)
        return any(words in (text.lower() if lower else text) for text in texts)

    # most often one of the first holds them: then the passages need not be asked
    if pairs and held(asked((ids[place] for place in store.document_bigrams.holding(pairs)), AT_ONCE)):
        return True
    near = asked(documents_with(words, store), MANY if pairs else None)
    return any(held(near[at : at + AT_ONCE]) for at in range(0, len(near), AT_ONCE))


def documents_with(words: str, store: Generation) -> Sequence[str]:
    """Return the ids of the documents that may hold ``words``, in manifest order: every one that does is among them.

    Words without two Chinese characters side by side rule out none. Where more than ``MANY`` hold every pair, only those
    count that hold them in one passage.
    """
    ids = tuple(store.documents)
    pairs = _pairs(words)
    if not pairs:
        return ids
    holding = store.document_bigrams.holding(pairs)
    if len(holding) > MANY and len(pairs) > 1:
        together = np.bincount(store.places[store.bigrams.holding(pairs)], minlength=len(ids))
        holding = holding[together[holding] > 0]
    return [ids[place] for place in holding]


def together(store: Generation, tokenizer: Tokenizer, words: Sequence[str]) -> bool:
    """Whether one passage, with its headings, holds all of some words."""
    tokens = [token for word in words for token in tokenizer.words(word)]
    return bool(tokens) and bool(len(store.words.holding(tokens)))
