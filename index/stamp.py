"""What an index was built with."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Protocol

from index.backends import Backend
from index.backends.local import FINGERPRINT, LOCAL
from index.errors import StoreError
from index.schema import REVISION
from index.settings import IndexSettings
from index.tokens import Tokenizer


class _Encoder(Protocol):
    @property
    def fingerprint(self) -> str: ...

    @property
    def dimension(self) -> int: ...


@dataclass(frozen=True, slots=True)
class Stamp:
    """What an index was built with; one built with anything else is not opened."""

    encoder: str  # fingerprint
    dimension: int
    tokenizer: str  # fingerprint
    lexicon: str  # digest
    schema: str  # revision of the tables
    max_passage_chars: int
    backend: str = FINGERPRINT

    @classmethod
    def of(
        cls,
        encoder: _Encoder,
        tokenizer: Tokenizer,
        lexicon_digest: str,
        settings: IndexSettings,
        backend: Backend = LOCAL,
    ) -> "Stamp":
        """Return the stamp of an index built, or about to be, with these parts."""
        return cls(
            encoder=encoder.fingerprint,
            dimension=encoder.dimension,
            tokenizer=tokenizer.fingerprint,
            lexicon=lexicon_digest,
            schema=REVISION,
            max_passage_chars=settings.max_passage_chars,
            backend=backend.fingerprint,
        )

    def stored(self) -> dict[str, object]:
        """Return what the database keeps of it; the default backend is not named, as in indexes of before there were others."""
        return {
            name: value for name, value in asdict(self).items() if (name, value) != ("backend", FINGERPRINT)
        }


_NAMES: Mapping[str, str] = {
    "encoder": "编码器",
    "dimension": "向量维数",
    "tokenizer": "分词器",
    "lexicon": "词典 lexicon.yaml",
    "schema": "表结构",
    "max_passage_chars": "max_passage_chars",
    "backend": "索引后端",
}


def check_stamp(stored: Mapping[str, object], expected: Stamp) -> None:
    """Compare what an index was built with to what the program would build with now.

    :raises StoreError: naming the part, and both values
    """
    for field, now in asdict(expected).items():
        then = stored.get(field, FINGERPRINT if field == "backend" else None)
        if then != now:
            raise StoreError(
                f"索引与当前设置不一致:{_NAMES[field]}建索引时是 {then!r},现在是 {now!r};"
                "请运行 policybot index --rebuild"
            )
