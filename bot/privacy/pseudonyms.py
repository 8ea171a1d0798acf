"""People are known by pseudonyms: a keyed hash of their id, whose key never leaves the data directory.

Ids of chat services are short numbers: without the key a plain hash of one could be found by trying them all.
"""

import hmac
import os
import secrets
from hashlib import sha256
from pathlib import Path

from index.errors import StoreError

SALT = "salt"
_BYTES = 32
_SHOWN = 32  # hex digits: 128 bits, so that two people never share one


def _make(path: Path) -> None:
    """Write a new salt unless another process is first; the file appears whole or not at all."""
    partial = path.with_name(f".{SALT}.{os.getpid()}.{secrets.token_hex(4)}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with os.fdopen(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(secrets.token_hex(_BYTES))
            file.flush()
            os.fsync(file.fileno())
        os.link(partial, path)
    except FileExistsError:
        pass  # the other one's is as good
    except OSError as error:
        raise StoreError(f"写不了 {path}:{error.strerror};请检查数据目录的权限和磁盘空间") from None
    finally:
        partial.unlink(missing_ok=True)


def open_salt(data_dir: Path) -> bytes:
    """Read this installation's salt; made on the first call, readable by its owner only.

    :raises StoreError: it cannot be written or read, or is damaged
    """
    path = data_dir / SALT
    if not path.exists():
        _make(path)
    try:
        salt = bytes.fromhex(path.read_text(encoding="ascii"))
    except (OSError, ValueError) as error:
        raise StoreError(
            f"读不了 {path}({type(error).__name__});请检查权限,或从备份恢复:没有它,存下的记录对不上人"
        ) from None
    if len(salt) != _BYTES:
        raise StoreError(f"{path} 坏了:有 {len(salt)} 字节,应有 {_BYTES};请从备份恢复,没有备份就删掉它")
    return salt


def asker_of(conversation: str) -> str:
    """Return the asker of a conversation, the same in every chat of a channel: telegram:42:7 → telegram:7."""
    channel, _, rest = conversation.partition(":")
    return f"{channel}:{rest.rpartition(':')[2]}"


def pseudonym(salt: bytes, name: str) -> str:
    """Return what stands for a person or a conversation (``telegram:42``): HMAC-SHA-256, 32 hex digits."""
    return hmac.new(salt, name.encode("utf-8", "surrogatepass"), sha256).hexdigest()[:_SHOWN]
