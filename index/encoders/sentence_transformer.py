"""Any model sentence-transformers can load, by name or folder."""

from collections.abc import Iterator, Sequence
from hashlib import sha256
from pathlib import Path

from index.encoders import Encoder, Matrix, Progress
from index.encoders.parts.cleaning import clean
from index.encoders.parts.transformer import Transformer, open_model
from index.errors import EncoderError
from index.settings import EncoderSettings

# Weights of gigabytes are not read through at every start: two trainings of a model differ at both ends.
_READ_OF_A_FILE = 1 << 20  # bytes from either end


def _ends(path: Path) -> Iterator[bytes]:
    """Yield a file's size, its first and its last bytes."""
    size = path.stat().st_size
    yield str(size).encode()
    with path.open("rb") as file:
        yield file.read(_READ_OF_A_FILE)
        file.seek(max(size - _READ_OF_A_FILE, 0))
        yield file.read(_READ_OF_A_FILE)


def _digest(folder: Path) -> str:
    """Return a digest of the model's files; hidden ones are the work of version control and editors."""
    digest = sha256()
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder)
        if path.is_file() and not any(part.startswith(".") for part in name.parts):
            digest.update(name.as_posix().encode() + b"\0")
            for part in _ends(path):
                digest.update(part)
    return digest.hexdigest()[:16]


def _identity(model: Transformer, name: str) -> str:
    """Return ``name@revision``, or the digest of the folder ``name`` is: a folder may move and stay itself."""
    if Path(name).is_dir():
        return f"folder@{_digest(Path(name))}"
    return f"{name}@{model.revision}"


class SentenceTransformerEncoder:
    """A model of sentence-transformers with the prefixes of the settings; threads may share it."""

    def __init__(self, model: Transformer, settings: EncoderSettings) -> None:
        self._model = model
        self._settings = settings
        self.dimension = model.dimension
        prefixes = f"{settings.query_prefix!r} {settings.passage_prefix!r}"
        self.fingerprint = f"{_identity(model, settings.model)} {self.dimension} {prefixes}"

    def encode_queries(self, texts: Sequence[str], on_progress: Progress | None = None) -> Matrix:
        """Encode questions: float32, (len(texts), dimension), L2-normalised."""
        return self._encode(self._settings.query_prefix, texts, on_progress)

    def encode_passages(self, texts: Sequence[str], on_progress: Progress | None = None) -> Matrix:
        """Encode passages: float32, (len(texts), dimension), L2-normalised. Longer texts than it takes are cut."""
        return self._encode(self._settings.passage_prefix, texts, on_progress)

    def _encode(self, prefix: str, texts: Sequence[str], on_progress: Progress | None) -> Matrix:
        prefixed = [prefix + clean(text) for text in texts]
        return self._model.encode(prefixed, self._settings.batch_size, on_progress)


def open_encoder(settings: EncoderSettings, cache_dir: Path) -> Encoder:
    """Open the model ``settings.model`` names.

    :raises EncoderError: no name is given, or the model is not there, cannot be fetched, or is no such model
    """
    if not settings.model:
        raise EncoderError(
            "config.yaml 没有写 index.encoder.model;backend 为 sentence_transformer 时请写模型名或文件夹"
        )
    return SentenceTransformerEncoder(open_model(settings.model), settings)
