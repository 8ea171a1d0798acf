"""Files that admins send: named safely, kept until somebody says yes or no, cleared away when nobody does."""

import re
import shutil
from pathlib import Path
from secrets import token_hex
from time import time

from bot.privacy.masking import mask

_KEPT_S = 24 * 3600  # a preview nobody confirmed within a day is stale: the live version may have changed
_LONGEST_NAME = 80  # characters: file systems take 255 bytes, three for each Chinese character
_UNSAFE = re.compile(r"[^\w\u3000-\u303f()《》“”〔〕.\- \uff08\uff09]")


def safe_name(name: str | None) -> str:
    """Return a file name without folders, control characters, personal data or anything a shell or a page takes amiss."""
    bare = (name or "").replace("\\", "/").rpartition("/")[2].strip(" .")
    stem, dot, suffix = bare.rpartition(".") if "." in bare else (bare, ".", "txt")
    stem, suffix = (_UNSAFE.sub("_", part).strip(" .") for part in (mask(stem).text, suffix))
    return f"{(stem or '文件')[:_LONGEST_NAME]}{dot}{suffix}"


def place(uploads: Path, name: str | None) -> Path:
    """Make a folder of its own for a file, and return the path to write it to; stale ones go first.

    :raises OSError: the folder cannot be made
    """
    uploads.mkdir(parents=True, exist_ok=True)
    for folder in uploads.iterdir():
        if folder.stat().st_mtime < time() - _KEPT_S:
            shutil.rmtree(folder, ignore_errors=True)
    folder = uploads / token_hex(8)
    folder.mkdir()
    return folder / safe_name(name)


def drop(path: Path) -> None:
    """Delete a file that has been decided about, and its folder."""
    shutil.rmtree(path.parent, ignore_errors=True)
