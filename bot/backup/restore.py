"""One .tar.gz → an installation: all is unpacked and compared beside the target first, then moved into place."""

import json
import shutil
import tarfile
import tempfile
import zlib
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path, PurePosixPath
from typing import IO

from bot.backup.types import CONFIG, CONTENTS, CORPUS, DATA, FORMAT, Kept
from bot.errors import InputError
from bot.privacy.pseudonyms import SALT
from index.errors import StoreError

_MAX_CONTENTS = 64 * 2**20  # bytes; some 400,000 files
_CHUNK = 2**20
_AWAY = ".before-restore"


def _is_safe(name: str) -> bool:
    parts = PurePosixPath(name).parts
    plain = "/".join(parts) == name and ".." not in parts and not name.startswith("/") and "\\" not in name
    return plain and "\0" not in name and (name == CONFIG or (len(parts) > 1 and parts[0] in {CORPUS, DATA}))


def _contents(archive: tarfile.TarFile, source: Path) -> dict[str, Kept]:
    """Read what the archive says it holds."""
    first = archive.next()
    file = archive.extractfile(first) if first and first.name == CONTENTS and first.isfile() else None
    if first is None or file is None or first.size > _MAX_CONTENTS:
        raise InputError(f"{source} 不是 policybot 的备份;请换一个文件")
    try:
        head = json.loads(file.read())
        found = head["format"]
        files = [Kept(str(row["name"]), int(row["size"]), str(row["sha256"])) for row in head["files"]]
    except (ValueError, KeyError, TypeError):
        raise InputError(f"{source} 的目录读不懂,可能坏了;请换一个备份") from None
    if found != FORMAT:
        raise InputError(f"{source} 是第 {found} 版格式,本程序只认识第 {FORMAT} 版;请升级 policybot")
    for file_ in files:
        if not _is_safe(file_.name):
            raise InputError(f"{source} 里有不该有的路径 {file_.name!r},没有恢复;这个备份被动过")
    return {file_.name: file_ for file_ in files}


def _write(content: IO[bytes], target: Path, expected: Kept, source: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    digest = sha256()
    with target.open("xb") as file:
        while chunk := content.read(_CHUNK):
            digest.update(chunk)
            file.write(chunk)
    if digest.hexdigest() != expected.sha256:
        raise InputError(f"{source} 里的 {expected.name} 与备份时不同,没有恢复;请换一个备份")


def _unpack(archive: tarfile.TarFile, wanted: Mapping[str, Kept], folder: Path, source: Path) -> None:
    left = dict(wanted)
    for member in archive:
        if member.name == CONTENTS:
            continue
        expected = left.pop(member.name, None)
        content = archive.extractfile(member) if expected and member.isfile() else None
        if expected is None or content is None or member.size != expected.size:
            raise InputError(
                f"{source} 里的 {member.name!r} 不在目录里或不是普通文件,没有恢复;这个备份被动过"
            )
        _write(content, folder / member.name, expected, source)
    if left:
        raise InputError(f"{source} 里少了 {next(iter(left))} 等 {len(left)} 个文件,没有恢复;请换一个备份")


def _move(source: Path, target: Path) -> None:
    """Put a file or folder in its place; what was there goes aside, and is not lost."""
    if target.exists():
        aside, count = target.with_name(target.name + _AWAY), 1
        while aside.exists():
            count += 1
            aside = target.with_name(f"{target.name}{_AWAY}-{count}")
        target.rename(aside)
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.move(source, target)


def _is_taken(path: Path) -> bool:
    return any(path.iterdir()) if path.is_dir() else path.exists()


def restore(source: Path, root: Path, data_dir: Path, *, force: bool) -> int:
    """Restore a backup; return how many files there were. Stop the service before.

    :param root: where ``config.yaml`` and ``docs_corpus/`` go
    :param force: what is in the way is renamed to ``….before-restore``; without, nothing may be
    :raises InputError: it is no backup, it is damaged or was tampered with, or something is in the way: then nothing
        is changed
    :raises StoreError: it cannot be read or written
    """
    places = {CONFIG: root / CONFIG, CORPUS: root / CORPUS, DATA: data_dir}
    taken = [str(path) for path in places.values() if _is_taken(path)]
    if taken and not force:
        raise InputError(f"{'、'.join(taken)} 已经有内容;换一个 --to 目录,或用 --force(原有的改名留着)")
    try:
        root.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".restore-", dir=root) as name:
            folder = Path(name)
            with tarfile.open(source, "r:gz") as archive:
                wanted = _contents(archive, source)
                need, free = sum(file.size for file in wanted.values()), shutil.disk_usage(root).free
                if need > free:
                    raise InputError(f"恢复要 {need} 字节,{root} 只剩 {free};请腾出空间")
                _unpack(archive, wanted, folder, source)
            if (folder / DATA / SALT).is_file():
                (folder / DATA / SALT).chmod(0o600)
            for part, place in places.items():
                if (folder / part).exists():
                    _move(folder / part, place)
    except (tarfile.TarError, EOFError, zlib.error) as error:
        raise InputError(f"{source} 读不了({type(error).__name__}),可能坏了;请换一个备份") from None
    except OSError as error:
        raise StoreError(
            f"恢复 {source} 时出错:{error.strerror or error};请检查路径、权限和磁盘空间"
        ) from None
    return len(wanted)
