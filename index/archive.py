"""The files of published versions, by digest, so that no replacing or withdrawing loses one."""

import os
import shutil
from collections.abc import Collection, Iterable
from pathlib import Path

from index.errors import StoreError
from index.manifest import MANIFEST
from index.types import VERSION_CHARS, Document

ARCHIVE = "archive"


_PARTIAL = ".partial"  # of a file that is being written


def _kept(data_dir: Path, sha256: str, suffix: str) -> Path:
    return data_dir / ARCHIVE / sha256[:2] / f"{sha256}{suffix.lower()}"


def find(data_dir: Path, document: Document) -> Path:
    """Return the kept file of a version.

    :raises StoreError: it is not kept (any more)
    """
    kept = _kept(data_dir, document.sha256, Path(document.file).suffix)
    if not kept.is_file():
        raise StoreError(
            f"{document.id} 的版本 {document.version} 没有留存文件({kept});"
            "每份文档只留最近几版,份数由 config.yaml 的 index.keep_versions 定"
        )
    return kept


def keep(corpus_dir: Path, data_dir: Path, documents: Iterable[Document]) -> None:
    """Copy the files that are not kept yet.

    :raises StoreError: the archive cannot be written
    """
    for document in documents:
        target = _kept(data_dir, document.sha256, Path(document.file).suffix)
        if target.exists():
            continue
        partial = target.with_suffix(target.suffix + _PARTIAL)
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(corpus_dir / document.file, partial)
            partial.replace(target)
        except OSError as error:
            raise StoreError(
                f"存不下 {document.file} 的副本 {target}:{error.strerror};请检查权限和磁盘空间"
            ) from None


def keep_manifest(corpus_dir: Path, folder: Path) -> None:
    """Copy the manifest a generation is built from into the generation's folder."""
    try:
        shutil.copyfile(corpus_dir / MANIFEST, folder / MANIFEST)
    except OSError as error:
        raise StoreError(
            f"存不下文档清单的副本 {folder / MANIFEST}:{error.strerror};请检查磁盘空间"
        ) from None


def restore(corpus_dir: Path, data_dir: Path, documents: Iterable[Document]) -> None:
    """Put the files of documents back where they are missing or are other ones.

    :raises StoreError: a file is not kept, or cannot be written; then none is written
    """
    wanted = {document.file: find(data_dir, document).read_bytes() for document in documents}
    for name, content in wanted.items():
        target = corpus_dir / name
        if not target.is_file() or target.read_bytes() != content:
            write_atomically(target, content)


def prune(data_dir: Path, versions: Collection[str]) -> None:
    """Delete the kept files of all versions but these, and what an interrupted copy left."""
    for path in (data_dir / ARCHIVE).glob("*/*"):
        if path.suffix == _PARTIAL or path.name[:VERSION_CHARS] not in versions:
            path.unlink(missing_ok=True)


def partial_of(path: Path) -> Path:
    """Return where :func:`write_atomically` writes before the file is whole; a crash may leave it there."""
    return path.with_name(f".{path.name}{_PARTIAL}")


def write_atomically(path: Path, content: bytes) -> None:
    """Write a file so that a reader, or a power cut, finds the old one or the new one whole.

    :raises StoreError: it cannot be written
    """
    partial = partial_of(path)
    try:
        with partial.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        partial.replace(path)
    except OSError as error:
        partial.unlink(missing_ok=True)
        raise StoreError(f"写不了 {path}:{error.strerror};请检查权限和磁盘空间") from None
