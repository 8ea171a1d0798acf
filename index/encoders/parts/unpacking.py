"""Folders made from the bundled weights: made once, whole or not at all, checked on every opening."""

import fcntl
import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from hashlib import file_digest
from pathlib import Path
from shutil import rmtree

from index.errors import EncoderError

_MANIFEST = "manifest.json"


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()


def _finish(folder: Path, stamp: Mapping[str, object]) -> None:
    """Write the manifest, which makes a folder whole."""
    files = {
        path.relative_to(folder).as_posix(): _digest(path) for path in folder.rglob("*") if path.is_file()
    }
    (folder / _MANIFEST).write_text(json.dumps({**stamp, "files": files}, indent=1), encoding="utf-8")


def _is_whole(folder: Path, stamp: Mapping[str, object]) -> bool:
    """Whether the folder is of this stamp and every file is what was written; reads all of it."""
    try:
        manifest = json.loads((folder / _MANIFEST).read_text(encoding="utf-8"))
        files = manifest.pop("files")
        return manifest == stamp and all(_digest(folder / name) == digest for name, digest in files.items())
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return False


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    """Hold a lock between processes; the system frees it when its holder dies."""
    with path.open("a") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def unpacked(
    folder: Path, stamp: Mapping[str, object], write: Callable[[Path], None], megabytes: int
) -> Path:
    """Return ``folder``, writing it where it is missing, damaged or of another stamp.

    A reader sees the whole folder or none: it is written beside its place and renamed. One process writes,
    others wait for it.

    :param stamp: what decides the content; strings and numbers
    :param write: fills the empty folder it is given
    :param megabytes: what the folder takes, for the message where there is no room
    :raises EncoderError: it cannot be written
    """
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with _alone(folder.with_suffix(".lock")):
            if not _is_whole(folder, stamp):
                unfinished = folder.with_suffix(".part")
                for leftover in (unfinished, folder):
                    rmtree(leftover, ignore_errors=True)
                unfinished.mkdir()
                write(unfinished)
                _finish(unfinished, stamp)
                unfinished.rename(folder)
    except OSError as error:
        raise EncoderError(
            f"模型解包不到 {folder}:{error.strerror or error};请检查该目录的写权限和磁盘空间(约需 {megabytes} MB)"
        ) from None
    return folder
