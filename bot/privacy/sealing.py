"""What must be read back as it was is stored sealed: without the salt of the installation it says nothing."""

import hmac
from base64 import urlsafe_b64encode
from hashlib import sha256

from cryptography.fernet import Fernet, InvalidToken

_PURPOSE = (
    b"policybot.sealing"  # pseudonyms are made with the salt, too: this key has nothing in common with them
)


class Seal:
    """Fernet (AES-128-CBC and HMAC-SHA-256) with a key of the installation's salt; threads may share it."""

    def __init__(self, salt: bytes) -> None:
        self._fernet = Fernet(urlsafe_b64encode(hmac.digest(salt, _PURPOSE, sha256)))

    def close(self, words: str) -> str:
        """Seal words; ASCII letters, twice as long and the same for nobody."""
        return self._fernet.encrypt(words.encode()).decode("ascii")

    def open(self, sealed: str) -> str | None:
        """Read what was sealed; None where another installation did it, or it is damaged."""
        try:
            return self._fernet.decrypt(sealed).decode()
        except InvalidToken:
            return None
