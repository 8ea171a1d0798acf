"""How a file becomes a version: reader, clause tree, passages, indicators."""

import json
import logging
from dataclasses import asdict, replace
from hashlib import sha256
from pathlib import Path

from index import address, corrections, indicators, overrides, passages, questions, readers, tree
from index.errors import StoreError
from index.rows import Version
from index.settings import IndexSettings
from index.types import Document, Span

LOG = logging.getLogger(__name__)
_SAID = 8  # warnings of one document that are printed in full


def fingerprint() -> str:
    """Return the digest of this package's own source: rows read by another program are read anew."""
    root = Path(__file__).parent
    digest = sha256()
    for path in sorted(root.rglob("*.py")):
        digest.update(path.relative_to(root).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def key_of(corpus_dir: Path, document: Document, settings: IndexSettings, program: str) -> str:
    """Return the digest of all that decides a version's rows: manifest entry, file, questions, corrections, settings, program.

    :param program: what :func:`fingerprint` returns
    """
    asked = questions.digest_of(corpus_dir, document.id)
    corrected = overrides.digest_of(corpus_dir, document.id)
    decisive = [asdict(document), asked, corrected, settings.max_passage_chars, program]
    return sha256(json.dumps(decisive, ensure_ascii=False, default=str).encode()).hexdigest()


def read_file(path: Path, document: Document, settings: IndexSettings) -> Version:
    """Read a file, wherever it lies, as a version of a document: without the questions and corrections of the corpus.

    :raises CorpusError: the file cannot be read
    :raises StoreError: a span that was read does not lie in the text
    """
    stored = readers.read(path, settings.max_file_mb)
    text = stored.text
    clauses = tree.parse(document.id, text, stored.headings)
    values = indicators.extract(document, text, clauses, stored.tables)
    version = Version(
        document=document,
        text=text,
        clauses=clauses,
        passages=passages.split(document.id, document.title, text, clauses, settings.max_passage_chars),
        indicators=values.rows,
        pages=stored.pages,
        warnings=values.warnings,
    )
    _check(version)
    return version


def read_version(corpus_dir: Path, document: Document, settings: IndexSettings) -> Version:
    """Read one document's file into a version, with the questions and corrections written for it.

    :raises CorpusError: the file cannot be read, or a correction points to words that are gone
    :raises StoreError: a span that was read does not lie in the text
    """
    read = read_file(corpus_dir / document.file, document, settings)
    asked = questions.load(corpus_dir, document.id)
    changes = overrides.load(corpus_dir, document.id)
    version = replace(
        read,
        questions=questions.attach(document.id, asked, read.passages, read.text),
        indicators=corrections.apply(changes, read.indicators, read.text, read.clauses),
    )
    _check(version)
    _say(version)
    return version


def _say(version: Version) -> None:
    """Log what was read with doubt, the first few of it in full."""
    for warning in version.warnings[:_SAID]:
        LOG.warning(
            "%s %s“%s…”:%s", warning.document, address.display(warning.clause), warning.quote, warning.message
        )
    left = len(version.warnings) - _SAID
    if left > 0:
        LOG.warning("%s 另有 %d 处读得没有把握", version.document.id, left)


def _check(version: Version) -> None:
    """Refuse to store a span outside the text, or words under a clause that is not there."""
    paths = {clause.path for clause in version.clauses}
    whole = Span(0, len(version.text))
    placed = [(passage.clause, passage.span) for passage in version.passages]
    placed += [(indicator.clause, indicator.span) for indicator in version.indicators]
    placed += [(indicator.clause, indicator.value_span) for indicator in version.indicators]
    for path, span in placed:
        if path not in paths or span not in whole or span.start >= span.end:
            raise StoreError(
                f"{version.document.file} 里读出的位置 {span.start}–{span.end}(条款 {path!r})不在原文或条款中,"
                "没有发布;这是程序的错误,请附上该文件报告"
            )
