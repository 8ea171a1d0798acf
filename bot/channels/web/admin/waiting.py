"""Uploaded files that wait to be published, each in a folder of its own with what is known of it.

They are on disk and not in a session: who has to sign in again, or comes back on another device, goes on with them.
"""

import json
import re
import shutil
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

from starlette.datastructures import UploadFile

from bot.admin.uploads import drop, place
from bot.errors import InputError
from index.archive import write_atomically

_NOTE = "upload.json"
_TOKEN = re.compile(r"[0-9a-f]{16}")
_GONE = "这份上传的文件已经处理过\uff0c或放了一天以上\uff0c没有了\uff1b请重新上传"


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that waits: ``target`` is the document it is a new version of, "" for none; ``given`` what was set.

    ``refused`` is what the gate found when it was to be published.
    """

    token: str
    name: str
    actor: str
    at: str
    target: str = ""
    supersedes: str = ""
    given: Mapping[str, str] = field(default_factory=dict)
    refused: tuple[str, ...] = ()


def _folder(uploads: Path, token: str) -> Path:
    if not _TOKEN.fullmatch(token):
        raise InputError(_GONE)
    return uploads / token


def path_of(uploads: Path, upload: Upload) -> Path:
    """Return where the file lies."""
    return _folder(uploads, upload.token) / upload.name


def _keep(uploads: Path, upload: Upload) -> None:
    note = json.dumps(asdict(upload), ensure_ascii=False).encode("utf-8", "replace")
    write_atomically(_folder(uploads, upload.token) / _NOTE, note)


def store(uploads: Path, sent: UploadFile) -> Path:
    """Put an uploaded file in a folder of its own; its name is cleaned, stale ones go.

    :raises InputError: it cannot be written
    """
    try:
        path = place(uploads, sent.filename)
        with path.open("wb") as file:
            shutil.copyfileobj(sent.file, file)
    except OSError as error:
        raise InputError(f"文件存不下来:{error.strerror};请检查数据目录的权限和磁盘空间") from None
    return path


def receive(uploads: Path, sent: UploadFile, actor: str, target: str = "") -> Upload:
    """Put an uploaded file where it waits.

    :raises InputError: it cannot be written
    :raises StoreError: what is known of it cannot be written
    """
    path = store(uploads, sent)
    at = datetime.now(UTC).replace(tzinfo=None).isoformat(timespec="seconds")
    upload = Upload(path.parent.name, path.name, actor, at, target)
    _keep(uploads, upload)
    return upload


def find(uploads: Path, token: str) -> Upload:
    """Return a file that waits.

    :raises InputError: it is not there any more
    """
    try:
        said = json.loads((_folder(uploads, token) / _NOTE).read_text(encoding="utf-8"))
        upload = Upload(**{**said, "refused": tuple(said["refused"])})
    except (OSError, ValueError, TypeError, KeyError):
        raise InputError(_GONE) from None
    if not path_of(uploads, upload).is_file():
        raise InputError(_GONE)
    return upload


def listed(uploads: Path) -> tuple[Upload, ...]:
    """Return the files that wait, the newest first."""
    found = []
    for folder in uploads.iterdir() if uploads.is_dir() else ():
        try:
            found.append(find(uploads, folder.name))
        except InputError:
            continue  # one that came another way, or has just gone
    return tuple(sorted(found, key=lambda upload: upload.at, reverse=True))


def changed(uploads: Path, upload: Upload, **changes: object) -> Upload:
    """Write down more about a file that waits."""
    new = replace(upload, **changes)  # type: ignore[arg-type]
    _keep(uploads, new)
    return new


def done(uploads: Path, upload: Upload) -> None:
    """Delete a file that has been decided about."""
    drop(path_of(uploads, upload))
