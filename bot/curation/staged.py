"""Several files of docs_corpus/ changed as one: all of them, or none, whatever happens in between.

How they were is noted in the data directory first. The next verb finds a note that a crash left, and keeps what was
written where the decision is on record, or else puts everything back. A file that somebody edited since then stays.
"""

import base64
import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from hashlib import sha256

from bot.config import Config
from bot.curation.edits import Files
from index.archive import partial_of, write_atomically
from index.errors import StoreError

NOTE = "decision.json"


@dataclass(frozen=True, slots=True)
class Staged:
    """What was changed, by path in docs_corpus/: the bytes before, the digest after.

    Bytes are in base64, None where there was no file; ``question`` and ``at`` name the decision.
    """

    question: str
    at: str
    before: Mapping[str, str | None]
    after: Mapping[str, str]


def _encoded(config: Config, name: str) -> str | None:
    path = config.corpus_dir / name
    return base64.b64encode(path.read_bytes()).decode() if path.is_file() else None


def begin(config: Config, files: Files, question: str, at: str) -> None:
    """Write the files, having noted how to take them back.

    :raises StoreError: one cannot be written; what was written is taken back
    """
    before = {name: _encoded(config, name) for name in files}
    after = {name: sha256(content).hexdigest() for name, content in files.items()}
    note = json.dumps(asdict(Staged(question, at, before, after)), ensure_ascii=False)
    write_atomically(config.data_dir / NOTE, note.encode())
    try:
        for name, content in files.items():
            _make_folder(config, name)
            write_atomically(config.corpus_dir / name, content)
    except StoreError:
        undo(config)
        raise


def _make_folder(config: Config, name: str) -> None:
    folder = (config.corpus_dir / name).parent
    try:
        folder.mkdir(exist_ok=True)
    except OSError as error:
        raise StoreError(f"建不了 {folder}:{error.strerror};请检查权限和磁盘空间") from None


def _read(config: Config) -> Staged | None:
    path = config.data_dir / NOTE
    try:
        return Staged(**json.loads(path.read_text(encoding="utf-8")))
    except FileNotFoundError:
        return None
    except (OSError, ValueError, TypeError) as error:
        raise StoreError(f"读不了 {path}:{error};请确认 docs_corpus/ 无误后删除它") from None


def undo(config: Config) -> None:
    """Put the files back as they were."""
    staged = _read(config)
    if staged is None:
        return
    for name, before in staged.before.items():
        path = config.corpus_dir / name
        partial_of(path).unlink(missing_ok=True)
        if not path.is_file() or sha256(path.read_bytes()).hexdigest() != staged.after[name]:
            continue
        if before is None:
            path.unlink()
        else:
            write_atomically(path, base64.b64decode(before))
    finish(config)


def finish(config: Config) -> None:
    """Forget how the files were."""
    (config.data_dir / NOTE).unlink(missing_ok=True)


def recover(config: Config, on_record: Callable[[str, str], bool]) -> bool:
    """Finish or undo what a crash broke off; whether there was anything.

    :param on_record: whether a decision, by question and time, was recorded
    """
    staged = _read(config)
    if staged is None:
        return False
    finish(config) if on_record(staged.question, staged.at) else undo(config)
    return True
