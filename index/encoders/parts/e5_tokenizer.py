"""The bundled model's tokenizer, as the ``tokenizers`` package builds it."""

from tokenizers import AddedToken, Regex, Tokenizer
from tokenizers.models import Unigram
from tokenizers.normalizers import NFKC, Replace, Sequence
from tokenizers.pre_tokenizers import Metaspace
from tokenizers.processors import TemplateProcessing

from index.encoders.parts.e5_weights import Pieces


def build_tokenizer(pieces: Pieces) -> Tokenizer:
    """Return the XLM-R tokenizer of ``pieces``: NFKC, spaces folded, ``<s> … </s>`` around every text."""
    tokenizer = Tokenizer(Unigram(list(pieces.scored), unk_id=pieces.unknown))
    tokenizer.normalizer = Sequence([NFKC(), Replace(Regex(" {2,}"), " ")])
    tokenizer.pre_tokenizer = Metaspace(prepend_scheme="always")
    bos, eos, pad, unknown = (
        pieces.scored[number][0] for number in (pieces.bos, pieces.eos, pieces.pad, pieces.unknown)
    )
    tokenizer.post_processor = TemplateProcessing(
        single=f"{bos} $A {eos}", special_tokens=[(bos, pieces.bos), (eos, pieces.eos)]
    )
    tokenizer.add_special_tokens([AddedToken(token, special=True) for token in (bos, pad, eos, unknown)])
    return tokenizer
