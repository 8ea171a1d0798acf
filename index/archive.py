"""The files of every version ever published, by digest, so that no replacing or withdrawing loses one."""

import os
import shutil
from collections.abc import Iterable
from pathlib import Path

from index.errors import StoreError
from index.manifest import MANIFEST
from index.types import Document

ARCHIVE = "archive"


def _kept(data_dir: Path, sha256: str, suffix: str) -> Path:
    return data_dir / ARCHIVE / sha256[:2] / f"{sha256}{suffix.lower()}"


def find(data_dir: Path, version: str) -> Path | None:
    """Return the kept file whose digest begins with ``version``; None where there is none."""
    found = sorted((data_dir / ARCHIVE / version[:2]).glob(f"{version}*"))
    return found[0] if version and found else None


def keep(corpus_dir: Path, data_dir: Path, documents: Iterable[Document]) -> None:
    """Copy the files that are not kept yet.

    :raises StoreError: the archive cannot be written
    """
    for document in documents:
        target = _kept(data_dir, document.sha256, Path(document.file).suffix)
        if target.exists():
            continue
        partial = target.with_suffix(f"{target.suffix}.partial")
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

    :raises StoreError: a file is not kept, or cannot be written
    """
    for document in documents:
        kept = _kept(data_dir, document.sha256, Path(document.file).suffix)
        target = corpus_dir / document.file
        if not kept.exists():
            if target.exists():
                continue
            raise StoreError(f"档案里没有 {document.id} 的文件 {kept.name},不能恢复;请把原文件放回 {target}")
        write_atomically(target, kept.read_bytes())


def write_atomically(path: Path, content: bytes) -> None:
    """Write a file so that a reader, or a power cut, finds the old one or the new one whole.

    :raises StoreError: it cannot be written
    """
    partial = path.with_name(f".{path.name}.partial")
    try:
        with partial.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        partial.replace(path)
    except OSError as error:
        partial.unlink(missing_ok=True)
        raise StoreError(f"写不了 {path}:{error.strerror};请检查权限和磁盘空间") from None
