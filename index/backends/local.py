"""The default: FAISS and bm25s, in files of the generation's folder."""

from collections.abc import Collection, Sequence
from pathlib import Path

from index.backends import Backend, Matrix
from index.bm25 import WordIndex
from index.settings import BackendSettings
from index.vectors import VectorIndex

FINGERPRINT = "local"


class LocalBackend:
    """Everything a generation needs lies in its folder: nothing to announce, nothing to delete outside it."""

    fingerprint = FINGERPRINT

    def write_vectors(self, folder: Path, name: str, matrix: Matrix) -> None:
        """Write vectors."""
        VectorIndex.build(matrix).write(folder / name)

    def write_words(self, folder: Path, name: str, lists: Sequence[Sequence[str]]) -> None:
        """Write a word index."""
        WordIndex.build(lists).write(folder / name)

    def open_vectors(self, folder: Path, name: str) -> VectorIndex:
        """Open vectors."""
        return VectorIndex.open(folder / name)

    def open_words(self, folder: Path, name: str) -> WordIndex:
        """Open a word index."""
        return WordIndex.open(folder / name)

    def announce(self, folder: Path) -> None:
        """Do nothing: the pointer in the database says it all."""

    def keep_only(self, names: Collection[str]) -> None:
        """Do nothing: files go with their folder."""


LOCAL: Backend = LocalBackend()


def open_backend(_settings: BackendSettings, _token: str) -> Backend:
    """Return the backend."""
    return LOCAL
