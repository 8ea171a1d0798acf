"""Back to how things were before the last publication: the documents' folder and the index together."""

from typing import Any

from sqlalchemy import select

from bot import app
from bot.config import Config
from index import archive, publish
from index.changes import describe_rollback, read_live
from index.database import generation_folder, transaction, upgrade
from index.errors import StoreError
from index.manifest import MANIFEST
from index.order import Order
from index.publish import parent_of_live
from index.rows import read_documents
from index.schema import generations
from index.types import Document

NOTE = "回滚"


def _documents(config: Config) -> tuple[int, dict[str, Any], dict[str, Document], dict[str, Document]]:
    """Return the generation to go back to, its stamp, its documents and the live ones by id."""
    upgrade(config.data_dir)
    with transaction(config.data_dir) as connection:
        parent = parent_of_live(connection)
        live = read_live(connection, config.data_dir)
        if parent is None or live is None:
            raise StoreError(f"{config.data_dir} 里没有更早的一代索引,不能回滚;policybot index 可以重新建立")
        stamp = connection.execute(select(generations.c.stamp).where(generations.c.id == parent)).scalar_one()
        before = {stored.document.id: stored.document for stored in read_documents(connection, parent)}
    return parent, stamp, before, dict(live.documents)


def _restore(config: Config, parent: int, before: dict[str, Document], now: dict[str, Document]) -> None:
    """Put files and manifest back, the manifest last; take away the files only the newer one names."""
    kept = generation_folder(config.data_dir, parent) / MANIFEST
    if not kept.is_file():
        raise StoreError(
            f"索引 {parent} 没有存下当时的文档清单,不能回滚;请手工改回 docs_corpus/ 再运行 policybot index"
        )
    archive.keep(config.corpus_dir, config.data_dir, now.values())
    archive.restore(config.corpus_dir, config.data_dir, before.values())
    archive.write_atomically(config.corpus_dir / MANIFEST, kept.read_bytes())
    wanted = {document.file for document in before.values()}
    for document in now.values():
        if document.file not in wanted:
            (config.corpus_dir / document.file).unlink(missing_ok=True)


def roll_back(config: Config, actor: str, on_progress: app.Progress) -> int:
    """Go back to the generation that was live before the live one; return the number of the one that is live now.

    The old generation itself is made live again, at once, unless it was built by another program or with other
    settings: then the documents are indexed anew as they were.

    :raises StoreError: there is no earlier generation, or a file of it is not kept
    """
    parent, stamp, before, now = _documents(config)
    listed = (config.corpus_dir / MANIFEST).read_bytes()
    _restore(config, parent, before, now)
    happened = describe_rollback(tuple(before.values()), tuple(now.values()), actor, f"{NOTE}到索引 {parent}")
    try:
        parts = app.open_parts(config)
        if stamp == parts.stamp.stored():
            return publish.rollback(config.data_dir, happened, parts.backend)
        order = Order(actor, NOTE, happened=happened)
        return app.build_index(config, rebuild=False, on_progress=on_progress, order=order).generation
    except BaseException:
        archive.restore(config.corpus_dir, config.data_dir, now.values())
        archive.write_atomically(config.corpus_dir / MANIFEST, listed)
        raise
