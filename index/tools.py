"""What a generation is made with; an index made with others is another index (``store.Stamp``)."""

from dataclasses import dataclass

from index.backends import Backend
from index.backends.local import LOCAL
from index.encoders import Encoder
from index.tokens import Tokenizer


@dataclass(frozen=True, slots=True)
class Tools:
    """The model of the vectors, what cuts words, the digest of the thesaurus, and where vectors and words are kept."""

    encoder: Encoder
    tokenizer: Tokenizer
    lexicon_digest: str
    backend: Backend = LOCAL
