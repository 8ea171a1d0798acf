"""The characters a model gets to see, the same whichever program runs it."""

import re
from unicodedata import normalize

# C engines end a text at NUL, tokenizers refuse lone surrogates, and the others are invisible in a document:
# what is left of a layout, never part of a word.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\ud800-\udfff]"
)
# SentencePiece writes a space as U+2581; U+FFFD stands for bytes nobody could read.
_SPACE_LIKE = re.compile("[\u2581\ufffd]")


def clean(text: str) -> str:
    """Return ``text`` in NFKC, without invisible characters, runs of white space folded to one space, stripped.

    Idempotent. A character never becomes more than 18 by this, and the result has no NUL and no surrogate.
    """
    visible = _SPACE_LIKE.sub(" ", _INVISIBLE.sub("", text))
    return " ".join(normalize("NFKC", visible).split())
