"""The only builder: opens the store, loads the encoder, wires everything."""

from collections.abc import Callable
from dataclasses import dataclass

from bot.assistant import Assistant
from bot.config import Config
from index import lexicon
from index.build import BuildReport, build
from index.encoders import Encoder
from index.encoders import load as load_encoder
from index.lexicon import Lexicon
from index.store import Generation, Stamp, open_generation
from index.tokens import Tokenizer
from retrieval.pipeline import Answerer

LEXICON = "lexicon.yaml"
CACHE = "cache"


@dataclass(frozen=True, slots=True)
class Parts:
    """What a build and an answer share: the same encoder, tokenizer and thesaurus on both sides."""

    encoder: Encoder
    tokenizer: Tokenizer
    lexicon: Lexicon
    stamp: Stamp


def open_parts(config: Config) -> Parts:
    """Load encoder, tokenizer and thesaurus as the configuration names them."""
    cache = config.data_dir / CACHE
    encoder = load_encoder(config.settings.index.encoder, cache)
    words = lexicon.load(config.corpus_dir / LEXICON)
    tokenizer = Tokenizer(words.user_words, cache)
    stamp = Stamp.of(encoder, tokenizer, words.digest, config.settings.index)
    return Parts(encoder, tokenizer, words, stamp)


def open_store(config: Config, parts: Parts) -> Generation:
    """Open the live generation; refuses one that was built by something else."""
    return open_generation(config.data_dir, parts.stamp)


def build_index(
    config: Config, *, rebuild: bool, on_progress: Callable[[str, int, int], None]
) -> BuildReport:
    """Bring the index up to date with ``docs_corpus/``."""
    parts = open_parts(config)
    return build(
        config.corpus_dir,
        config.data_dir,
        config.settings.index,
        parts.encoder,
        parts.tokenizer,
        parts.lexicon.digest,
        rebuild=rebuild,
        on_progress=on_progress,
    )


def open_assistant(config: Config) -> Assistant:
    """Open everything an answer needs."""
    parts = open_parts(config)
    generation = open_store(config, parts)
    answerer = Answerer(generation, parts.encoder, parts.tokenizer, parts.lexicon, config.settings.retrieval)
    return Assistant(answerer, config.settings.bot)
