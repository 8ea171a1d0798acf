"""The recipe of a generation: written beside the live one, checked, then published."""

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from time import perf_counter

from sqlalchemy import Connection, func, insert, select

from index import archive, manifest, outside
from index.changes import Changes, Live, compare, describe, read_live
from index.cut import cut
from index.database import generation_folder, transaction, upgrade
from index.embed import Embedded, embed
from index.errors import StoreError
from index.history import versions_to_keep
from index.measures import measure_digest, measure_text
from index.order import BY_HAND, Order
from index.publish import prune, publish, untidy, writer_lock
from index.recipe import fingerprint, key_of, read_version
from index.rows import read_documents, read_indicators, read_passages, read_questions, write_version
from index.schema import State, documents, generation_documents, generations, passages
from index.settings import IndexSettings
from index.stamp import Stamp
from index.store import load_generation
from index.tools import Tools
from index.types import Document
from index.write import Embeddings, Facts, write_indexes

LOG = logging.getLogger(__name__)
Progress = Callable[[str, int, int], None]  # what is being done, how many are done, of how many

READING = "读取文档"
EMBEDDING = "计算向量"
NAMING = "计算指标名的向量"
ASKING = "计算相似问的向量"
INDEXING = "建立词索引"


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build did; the document ids are those of :class:`index.changes.Changes`.

    ``embedded`` counts the texts a vector was computed for, ``cached`` the other passages. Where nothing had changed
    nothing is published, and ``generation`` is the one that stays live.
    """

    added: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]
    reused: tuple[str, ...]
    reread: tuple[str, ...]
    passages: int
    embedded: int
    cached: int
    seconds: float
    embedding_seconds: float
    generation: int
    published: bool


@dataclass(frozen=True, slots=True)
class _Job:
    """What one build works with."""

    corpus_dir: Path
    data_dir: Path
    settings: IndexSettings
    tools: Tools
    stamp: Stamp
    beyond: tuple[str, ...]  # questions that are out of scope
    rebuild: bool
    on_progress: Progress
    order: Order


def _silent(_stage: str, _done: int, _total: int) -> None:
    return


def _known_version(connection: Connection, key: str) -> int | None:
    newest = select(func.max(documents.c.id)).where(documents.c.key == key)
    found: int | None = connection.execute(newest).scalar()
    return found


def _read_documents(job: _Job, listed: Sequence[Document], keys: Mapping[str, str]) -> list[int]:
    """Return the version of each document, read from its file where no earlier build read the same."""
    versions = []
    for done, document in enumerate(listed):
        job.on_progress(READING, done, len(listed))
        key = keys[document.id]
        with transaction(job.data_dir) as connection:
            known = None if job.rebuild else _known_version(connection, key)
            if known is None:
                known = write_version(connection, key, read_version(job.corpus_dir, document, job.settings))
        versions.append(known)
    job.on_progress(READING, len(listed), len(listed))
    return versions


def _begin(job: _Job, versions: Sequence[int]) -> tuple[int, Facts]:
    """Write the rows of a new, unfinished generation; return its number and what hangs on its versions."""
    row = {
        "created": datetime.now(UTC).replace(tzinfo=None),
        "state": State.BUILDING.value,
        "stamp": job.stamp.stored(),
        "files": {},
    }
    with transaction(job.data_dir) as connection:
        number = int(
            connection.execute(insert(generations).values(row).returning(generations.c.id)).scalar_one()
        )
        listed = [{"generation": number, "position": at, "version": v} for at, v in enumerate(versions)]
        if listed:
            connection.execute(insert(generation_documents), listed)
        return number, Facts(
            read_passages(connection, number),
            read_indicators(connection, number),
            read_questions(connection, number),
            tuple(read_documents(connection, number)),
        )


def _check(job: _Job, number: int, live: Live | None) -> str:
    """Open the generation as a reader will, before any reader can, and show it to the gate; return what it notes."""
    with transaction(job.data_dir) as connection:
        generation = load_generation(connection, job.data_dir, number, job.stamp, job.tools.backend)
    noted = job.order.gate(generation, live) if job.order.gate else ""
    return ";".join(filter(None, (job.order.note, noted)))


def _up_to_date(job: _Job, live: Live | None, keys: Mapping[str, str]) -> bool:
    return (
        live is not None
        and not job.rebuild
        and live.sound
        and list(live.keys.items()) == list(keys.items())
        and live.stamp == job.stamp.stored()
        and outside.kept(generation_folder(job.data_dir, live.number)) == job.beyond
    )


def _unchanged(job: _Job, changes: Changes, live: int, started: float) -> BuildReport:
    count = (
        select(func.count())
        .select_from(passages)
        .join(generation_documents, generation_documents.c.version == passages.c.version)
        .where(generation_documents.c.generation == live)
    )
    with transaction(job.data_dir) as connection:
        total = connection.execute(count).scalar_one()
    return BuildReport(
        **asdict(changes),
        passages=total,
        embedded=0,
        cached=total,
        seconds=perf_counter() - started,
        embedding_seconds=0.0,
        generation=live,
        published=False,
    )


def _embed(job: _Job, stage: str, keyed: Sequence[tuple[str, str]], *, questions: bool = False) -> Embedded:
    report = partial(job.on_progress, stage)
    return embed(
        job.data_dir, keyed, job.tools.encoder, anew=job.rebuild, on_progress=report, questions=questions
    )


def _embed_all(job: _Job, facts: Facts) -> Embeddings:
    return Embeddings(
        passages=_embed(job, EMBEDDING, [(p.digest, p.indexed_text) for p in facts.passages]),
        measures=_embed(job, NAMING, [(measure_digest(r), measure_text(r)) for r in facts.indicators]),
        questions=_embed(job, ASKING, [(q.digest, q.text) for q in facts.questions], questions=True),
    )


def _tidy(job: _Job) -> None:
    """Delete what no longer serves; what could not be deleted now is the next build's to delete."""
    try:
        prune(job.data_dir, job.settings.keep_generations, job.tools.backend)
        with transaction(job.data_dir) as connection:
            versions = versions_to_keep(connection, job.settings.keep_versions)
        archive.prune(job.data_dir, versions)
    except (StoreError, OSError) as error:
        LOG.warning("索引已发布,旧的没有清理完:%s", error)


def _make(
    job: _Job,
    listed: Sequence[Document],
    keys: Mapping[str, str],
    live: Live | None,
    changes: Changes,
) -> tuple[int, int, Embeddings]:
    """Build, check and publish; return the generation, its passages and what was embedded."""
    number, facts = _begin(job, _read_documents(job, listed, keys))
    embedded = _embed_all(job, facts)
    report = partial(job.on_progress, INDEXING)
    folder = generation_folder(job.data_dir, number)
    words = cut(job.data_dir, facts.passages, job.tools.tokenizer, anew=job.rebuild)
    write_indexes(folder, facts, embedded, words, job.tools.backend, report)
    beyond = _embed(job, ASKING, outside.keyed(job.beyond), questions=True)
    outside.write(folder, job.beyond, beyond.matrix)
    archive.keep(job.corpus_dir, job.data_dir, listed)
    archive.keep_manifest(job.corpus_dir, folder)
    note = _check(job, number, live)
    before = tuple(live.documents.values()) if live else ()
    order = job.order
    happened = order.happened or describe(changes, listed, before, order.actor, note)
    publish(job.data_dir, number, happened, job.tools.backend)
    _tidy(job)
    return number, len(facts.passages), embedded


def _build(job: _Job) -> BuildReport:
    started = perf_counter()
    listed = manifest.load(job.corpus_dir)
    program = fingerprint()
    keys = {document.id: key_of(job.corpus_dir, document, job.settings, program) for document in listed}
    with writer_lock(job.data_dir):
        upgrade(job.data_dir)
        with transaction(job.data_dir) as connection:
            live = read_live(connection, job.data_dir)
        changes = compare(listed, keys, live, job.rebuild)
        if live is not None and _up_to_date(job, live, keys):
            if untidy(job.data_dir):
                _tidy(job)
            return _unchanged(job, changes, live.number, started)
        number, total, embedded = _make(job, listed, keys, live, changes)
    return BuildReport(
        **asdict(changes),
        passages=total,
        embedded=embedded.passages.computed,
        cached=total - embedded.passages.computed,
        seconds=perf_counter() - started,
        embedding_seconds=embedded.seconds,
        generation=number,
        published=True,
    )


def build(
    corpus_dir: Path,
    data_dir: Path,
    settings: IndexSettings,
    tools: Tools,
    *,
    rebuild: bool = False,
    on_progress: Progress = _silent,
    order: Order = BY_HAND,
) -> BuildReport:
    """Bring the index of ``data_dir`` up to date with ``corpus_dir``.

    Only what changed is read, and only texts without a stored vector are embedded. A generation is written beside
    the live one, opened once as a check, and published; until then, whatever happens, the live one stays.

    :param rebuild: read every file and compute every vector anew
    :param on_progress: told the stage, what is done of it and what there is to do
    :param order: who asks, and what must hold before the result is published
    :raises CorpusError: the manifest, a document or another file of the corpus is unusable
    :raises EncoderError: the encoder gives no usable vectors
    :raises StoreError: ``data_dir`` cannot be written, another process is writing it, or the check failed
    """
    stamp = Stamp.of(tools.encoder, tools.tokenizer, tools.lexicon_digest, settings, tools.backend)
    beyond = outside.load(corpus_dir)
    return _build(_Job(corpus_dir, data_dir, settings, tools, stamp, beyond, rebuild, on_progress, order))
