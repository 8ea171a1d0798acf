"""Where the vectors and words of a generation live. The folder is the registry; ``parts/`` holds what its files share.

A backend is a file of this folder with ``open_backend(settings, token) -> Backend``; a new one is a new file, nothing else.
Whichever it is, rows, texts and the pointer to the live generation stay in the database.
"""

from collections.abc import Collection, Sequence
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from typing import Protocol, cast

import numpy as np
from numpy.typing import NDArray

from index.errors import StoreError
from index.settings import BackendSettings
from index.vocabulary import Vocabulary

Matrix = NDArray[np.float32]  # (rows, dimension)
Scores = NDArray[np.float32]  # (rows,)
Rows = NDArray[np.int64]


class Vectors(Protocol):
    """Vectors, row ``i`` that of passage ``i``. Threads may share them."""

    @property
    def rows(self) -> int:
        """How many vectors there are."""
        ...

    @property
    def dimension(self) -> int:
        """How many numbers a vector has."""
        ...

    def search(self, query: Matrix, k: int, rows: Rows | None = None) -> tuple[Rows, Matrix]:
        """Find the ``k`` rows of largest inner product with ``query``.

        :param query: float32 of shape (dimension,)
        :param k: how many at most; fewer come back where there are fewer
        :param rows: only these rows are looked at; all of them when None
        :return: row numbers and inner products, both best first; equal products by row number
        :raises StoreError: the engine does not answer
        """
        ...

    def reconstruct(self, rows: Rows) -> Matrix:
        """Return the vectors of ``rows``, float32 of shape (len(rows), dimension), in that order.

        :raises StoreError: the engine does not answer
        """
        ...


class Words(Protocol):
    """BM25 over token lists, row ``i`` that of passage ``i``. Threads may share it."""

    @property
    def rows(self) -> int:
        """How many token lists there are."""
        ...

    @property
    def vocabulary(self) -> Vocabulary:
        """The tokens it knows."""
        ...

    def scores(self, lists: Sequence[Sequence[str]], rows: Rows | None = None) -> NDArray[np.float32]:
        """Score every row for each list of tokens: float32 of shape (lists, rows), 0 where no token stands.

        A token given twice counts twice; one the index does not know counts nothing. An engine over very many rows may
        leave those at 0 that score least.

        :param rows: only these, ascending, and those beside them matter, the others may be left at 0; all when None

        :raises StoreError: the engine does not answer
        """
        ...

    def reach(
        self, groups: Sequence[Sequence[tuple[Sequence[str], float]]], rows: Rows | None = None
    ) -> NDArray[np.float32]:
        """Score every row by the best of each group's lists, each over its ceiling: float32 of shape (groups, rows).

        :param groups: lists of tokens with what reaching all of them would score, above 0
        :param rows: only these, ascending, and those beside them matter, the others may be left at 0; all when None
        :raises StoreError: the engine does not answer
        """
        ...

    def holding(self, tokens: Sequence[str]) -> Rows:
        """Return the rows that hold every one of ``tokens``, ascending; all rows where none is given.

        :raises StoreError: the engine does not answer
        """
        ...


class Backend(Protocol):
    """Writes and opens the indexes of a generation; each is called by the folder of the generation and its own name."""

    @property
    def fingerprint(self) -> str:
        """What an index is written to; one written to another place is not opened."""
        ...

    def write_vectors(self, folder: Path, name: str, matrix: Matrix) -> None:
        """Write vectors, (rows, dimension); no rows are fine.

        :raises StoreError: they cannot be written
        """
        ...

    def write_words(self, folder: Path, name: str, lists: Sequence[Sequence[str]]) -> None:
        """Write a word index over one list of tokens a row; empty lists, and no lists, are fine.

        :raises StoreError: it cannot be written
        """
        ...

    def open_vectors(self, folder: Path, name: str) -> Vectors:
        """Open what :meth:`write_vectors` wrote.

        :raises StoreError: it is missing, damaged, or the engine does not answer
        """
        ...

    def open_words(self, folder: Path, name: str) -> Words:
        """Open what :meth:`write_words` wrote.

        :raises StoreError: it is missing, damaged, or the engine does not answer
        """
        ...

    def announce(self, folder: Path) -> None:
        """Tell others that read the engine itself which generation is live now.

        :raises StoreError: they cannot be told
        """
        ...

    def keep_only(self, names: Collection[str]) -> None:
        """Delete what belongs to generations whose folder has none of ``names`` and lies outside the folder.

        :raises StoreError: it cannot be deleted now
        """
        ...


class _Module(Protocol):
    def open_backend(self, settings: BackendSettings, token: str) -> Backend: ...


def backends() -> tuple[str, ...]:
    """Return the names ``index.backend.name`` may take, sorted."""
    return tuple(sorted(module.name for module in iter_modules(__path__) if not module.ispkg))


def load(settings: BackendSettings, token: str = "") -> Backend:
    """Open the backend the settings name.

    :param token: the password of a server, from the environment
    :raises StoreError: no such backend, its packages are not installed, or its server does not answer
    """
    known = backends()
    if settings.name not in known:
        raise StoreError(
            f"没有索引后端 {settings.name!r}(config.yaml 的 index.backend.name);可用的有 {'、'.join(known)}"
        )
    try:
        module = cast(_Module, import_module(f"{__name__}.{settings.name}"))
    except ModuleNotFoundError as error:
        raise StoreError(
            f"索引后端 {settings.name} 要用的 {error.name} 没有安装;请运行 pip install 'policybot[{settings.name}]'"
        ) from None
    return module.open_backend(settings, token)
