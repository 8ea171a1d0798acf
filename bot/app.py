"""The only builder: opens the store, loads the encoder, wires everything. ``bot.serving`` starts what it made."""

import logging
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from bot.assistant import Assistant
from bot.config import Config
from bot.live import LiveAnswerer, live_number
from index import backends, lexicon
from index.backends import Backend
from index.encoders import Encoder
from index.encoders import load as load_encoder
from index.errors import StoreError
from index.generation import Generation
from index.lexicon import Lexicon
from index.stamp import Stamp
from index.store import open_generation
from index.tokens import Tokenizer, open_tokenizer
from retrieval.pipeline import Answerer, Clock
from retrieval.remembered import RememberingEncoder
from retrieval.rerank import open_reranker
from retrieval.threads import calm_products
from retrieval.worded import Wording

if TYPE_CHECKING:
    from fastapi import APIRouter

    from bot.channels.telegram.office import Office
    from bot.curation.desk import Bench, Curation
    from bot.records.records import Records
    from index.build import BuildReport
    from index.order import Order

LOG = logging.getLogger(__name__)
LEXICON = "lexicon.yaml"
CACHE = "cache"
UPLOADS = "uploads"  # files that admins sent and nobody has confirmed yet

Progress = Callable[[str, int, int], None]  # what is being done, how many are done, of how many


@dataclass(frozen=True, slots=True)
class Parts:
    """What a build and an answer share: the same encoder, tokenizer and thesaurus on both sides."""

    encoder: Encoder
    tokenizer: Tokenizer
    lexicon: Lexicon
    backend: Backend
    stamp: Stamp


def open_encoder(config: Config) -> Encoder:
    """Load the encoder the configuration names; it remembers the vectors of questions."""
    calm_products()
    return RememberingEncoder(load_encoder(config.settings.index.encoder, config.data_dir / CACHE))


def open_parts(config: Config, encoder: Encoder | None = None, tokenizer: Tokenizer | None = None) -> Parts:
    """Load tokenizer and thesaurus as the configuration names them, and the encoder where none is given.

    :param tokenizer: one that was opened before, which stays where the thesaurus has no other words
    """
    cache = config.data_dir / CACHE
    encoder = encoder or open_encoder(config)
    words = lexicon.load(config.corpus_dir / LEXICON)
    tokenizer = open_tokenizer(words.user_words, cache, tokenizer)
    settings = config.settings.index
    backend = backends.load(settings.backend, config.milvus_token)
    stamp = Stamp.of(encoder, tokenizer, words.digest, settings, backend)
    return Parts(encoder, tokenizer, words, backend, stamp)


def open_for_lookup(config: Config) -> Generation:
    """Open the live generation; refuses one that was built by something else."""
    parts = open_parts(config)
    return open_generation(config.data_dir, parts.stamp, parts.backend)


def build_index(
    config: Config,
    *,
    rebuild: bool,
    on_progress: Progress,
    order: "Order | None" = None,
) -> "BuildReport":
    """Bring the index up to date with ``docs_corpus/``; ``order`` says for whom and after which checks."""
    from index.build import build
    from index.order import BY_HAND
    from index.tools import Tools

    parts = open_parts(config)
    return build(
        config.corpus_dir,
        config.data_dir,
        config.settings.index,
        Tools(parts.encoder, parts.tokenizer, parts.lexicon.digest, parts.backend),
        rebuild=rebuild,
        on_progress=on_progress,
        order=order or BY_HAND,
    )


def _open_wording(config: Config) -> Wording | None:
    """Open the optional model that words the evidence; None where none is configured."""
    settings = config.settings.retrieval.wording
    if not settings.url:
        return None
    from retrieval.worded.client import WordingModel

    return WordingModel(settings, config.wording_key)


def _answerer(config: Config, parts: Parts, store: Generation, today: Clock) -> Answerer:
    settings = config.settings.retrieval
    return Answerer(
        store,
        parts.encoder,
        parts.tokenizer,
        parts.lexicon,
        settings,
        today,
        reranker=open_reranker(settings.reranker),
        wording_model=_open_wording(config),
    )


def answerer_of(config: Config, store: Generation) -> Answerer:
    """Return what answers from a generation that is not live, or not yet."""
    return _answerer(config, open_parts(config), store, date.today)


def open_answerer(
    config: Config,
    today: Clock = date.today,
    encoder: Encoder | None = None,
    tokenizer: Tokenizer | None = None,
) -> Answerer:
    """Open the live generation and what answers from it; ``today`` decides which plans have ended.

    :param encoder: see :func:`open_parts`, as for ``tokenizer``
    """
    parts = open_parts(config, encoder, tokenizer)
    return _answerer(config, parts, open_generation(config.data_dir, parts.stamp, parts.backend), today)


def _live_answerer(config: Config, records: "Records | None" = None) -> LiveAnswerer:
    # one for all generations: what they are does not change while the process runs
    encoder = open_encoder(config)
    tokenizer: Tokenizer | None = None

    def opened() -> Answerer:
        nonlocal tokenizer
        answerer = open_answerer(config, encoder=encoder, tokenizer=tokenizer)
        tokenizer = answerer.context.tokenizer
        return answerer

    def alarm(words: str) -> None:
        if records:
            records.alarm("index.damaged", words)

    return LiveAnswerer(opened, lambda: live_number(config.data_dir), alarm=alarm)


def open_assistant(config: Config) -> Assistant:
    """Open what answers; it goes on with a new generation as soon as one is published, and stores nothing."""
    return Assistant(_live_answerer(config), config.settings.bot)


def open_records(config: Config) -> "Records":
    """Open what the service remembers.

    :raises StoreError: the database or the salt cannot be opened
    """
    from bot.records.records import open_records as opened

    settings = config.settings.bot
    return opened(settings.records, config.data_dir, settings.remembered_turns)


def open_bench(config: Config, records: "Records", store: Callable[[], Generation] | None = None) -> "Bench":
    """Return what an admin's decisions about questions are made with; ``bot.curation.desk.Curation`` takes it.

    :param store: tells the live generation, where something is open already that knows it
    """
    from bot.curation.desk import bench_of

    return bench_of(
        config, records, lambda: open_parts(config).encoder, store or (lambda: open_for_lookup(config))
    )


@contextmanager
def open_curation(config: Config, actor: str, on_progress: Progress) -> Iterator["Curation"]:
    """Open the question log for one who decides about questions.

    :raises StoreError: the log cannot be opened
    """
    from bot.curation.desk import Curation

    records = open_records(config)
    try:
        yield Curation(open_bench(config, records), actor, on_progress)
    finally:
        records.close()


def _readings(answerer: LiveAnswerer, records: "Records | None") -> Mapping[str, float]:
    """The values of the gauges of ``bot.telemetry.metrics``."""
    own = {
        "generation": answerer.generation,
        "generation_refused": float(answerer.refused is not None),
        "documents": len(answerer.store.documents),
    }
    return {**own, **(records.readings if records else {})}


@contextmanager
def open_service(config: Config) -> Iterator[Assistant]:
    """Open everything a channel needs, with a memory that outlives a restart; written out at the end.

    Where the memory cannot be opened the service answers without it, and the log says why.
    """
    from bot.records.shared_limits import open_shared_limits
    from bot.telemetry.metrics import Metrics

    try:
        records = open_records(config)
    except StoreError as error:
        LOG.error("这次运行不记问题,照常回答:%s", error)
        records = None
    answerer = _live_answerer(config, records)
    metrics = Metrics(lambda: _readings(answerer, records))
    settings = config.settings.bot
    with open_shared_limits(records if settings.shared_limits else None) as limiter:
        assistant = Assistant(answerer, settings, records, metrics, limiter)
        try:
            yield assistant
        finally:
            assistant.close()


def open_office(assistant: Assistant, config: Config) -> "Office":
    """Return what admins work with through Telegram."""
    from bot.admin import versions
    from bot.admin.library import Library
    from bot.channels.telegram.office import Office
    from bot.curation.desk import Curation

    records = assistant.records
    bench = open_bench(config, records, lambda: assistant.store) if records else None
    return Office(
        uploads=config.data_dir / UPLOADS,
        library=lambda actor, on_progress: Library(config, actor, on_progress),
        history=lambda name: versions.history(config, name),
        curation=(lambda actor: Curation(bench, actor)) if bench else None,
        audit=records.audit if records else lambda *_: None,
    )


def open_console(assistant: Assistant, config: Config) -> "list[APIRouter]":
    """Return the admin console, where there are records to keep its users in."""
    records = assistant.records
    if records is None:
        return []
    from bot.channels.web.admin.routes import console_routes

    bench = open_bench(config, records, lambda: assistant.store)
    return [console_routes(config, records, bench, lambda: assistant.store, assistant.limiter)]
